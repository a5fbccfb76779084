"""What this app refuses, in sentences."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class NotYourRemarks(DomainError):
    """Somebody comments on a subject that somebody else gives."""

    code = "remarks.not_yours"
    message = _(
        "Only whoever teaches the subject in this class comments on it; on the class as a whole, "
        "its homeroom teacher."
    )


class NotRead(DomainError):
    """What was sent is not a list of comments."""

    code = "remarks.not_read"
    message = _("These comments can't be read. Load the page again; the text is still here.")
    status = 400


class WordRefused(DomainError):
    """A phrase has a word that no comment may have."""

    code = "remarks.word_refused"
    message = _("“%(word)s” (word %(place)s) can't stand in a comment.")


class PhraseThere(DomainError):
    """The phrase is in the list already."""

    code = "remarks.phrase_there"
    message = _("“%(text)s” is in the list already.")


class PlaceUnknown(DomainError):
    """A phrase has a place in braces that nothing is put into."""

    code = "remarks.place_unknown"
    message = _("“%(place)s” is no place that is filled in. Known: {em}, {tên}.")


class NoPhrases(DomainError):
    """Nothing was pasted."""

    code = "remarks.no_phrases"
    message = _("No phrase was found in what was pasted.")
