"""What the people app refuses, each with a sentence that says what next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import Conflict, DomainError


class PersonChanged(Conflict):
    """The person's row is no longer at the version that was read."""

    code = "people.person_changed"
    message = _("Someone else changed this person meanwhile. Open the page again.")


class KeptElsewhere(DomainError):
    """The person is known here as a parent, or in a second school: others keep the row."""

    code = "people.kept_elsewhere"
    message = _(
        "This is changed where the person mainly studies or works. Correct a parent's name and"
        " phone on the child's record."
    )
    status = 403


class SameName(DomainError):
    """The new name is the old one."""

    code = "people.same_name"
    message = _("This is the name on record already.")


class NotAName(DomainError):
    """A name without letters, or with digits."""

    code = "people.not_a_name"
    message = _("A name has letters only.")


class ImpossibleBirth(DomainError):
    """Nobody of the kind is born on this day."""

    code = "people.impossible_birth"
    message = _("Choose a date of birth from %(earliest)s to %(latest)s.")


class NoSuchDay(DomainError):
    """A day on which this can't have happened."""

    code = "people.no_such_day"
    message = _("Choose a day after %(earliest)s and not after %(latest)s.")


class NumberTaken(DomainError):
    """Somebody has the number; who and where is told to nobody."""

    code = "people.number_taken"
    message = _("Another person already has this personal number. Check the papers of both.")


class NotANumber(DomainError):
    """No twelve digits."""

    code = "people.not_a_number"
    message = _("A personal number has 12 digits.")


class NotACode(DomainError):
    """Something no code looks like."""

    code = "people.not_a_code"
    message = _("A code has letters and digits only, 4 to 20 of them.")


class CodeTaken(DomainError):
    """Somebody has the code; who and where is told to nobody."""

    code = "people.code_taken"
    message = _("Another person already has this code. Check the papers of both.")


class NumberKnown(DomainError):
    """A temporary code is for those without a number."""

    code = "people.number_known"
    message = _("A temporary code is for whoever has neither a personal number nor a code yet.")


class NoTemporaryCode(DomainError):
    """There is nothing to replace."""

    code = "people.no_temporary_code"
    message = _("There is no temporary code in force.")


class NothingDoubted(DomainError):
    """Nothing in the number contradicts the record."""

    code = "people.nothing_doubted"
    message = _("Nothing in this number contradicts the record any more.")


class ReasonNeeded(DomainError):
    """Why is not said."""

    code = "people.reason_needed"
    message = _("Say why, in a few words.")


class NotAContact(DomainError):
    """A phone or an address for mail that nobody can reach."""

    code = "people.not_a_contact"
    message = _("Line %(line)s: write a phone number of 10 digits, or an e-mail address.")


class TwiceTheSame(DomainError):
    """A contact is named twice."""

    code = "people.twice_the_same"
    message = _("Line %(line)s repeats a line above.")


class NotACommune(DomainError):
    """No commune of that day has the code."""

    code = "people.not_a_commune"
    message = _("There was no such commune on %(day)s.")


class NotOfOldAreas(DomainError):
    """The address needs no carrying over."""

    code = "people.not_of_old_areas"
    message = _("This address is in a commune of today, or in none that is known.")


class WhichCommune(DomainError):
    """The former commune went into several."""

    code = "people.which_commune"
    message = _("%(former)s went into several communes. Choose one: %(names)s.")


class NotToAnswer(DomainError):
    """Whoever answers has no say here."""

    code = "people.not_to_answer"
    message = _("This person has no say here: no custody, too young, or the child is of age.")


class NoController(DomainError):
    """No unit asks for consent."""

    code = "people.no_controller"
    message = _("The person is at no school at present, so nobody asks for this.")


class PaperNeeded(DomainError):
    """An answer on paper names it."""

    code = "people.paper_needed"
    message = _("Name the paper: its number or where it is kept.")


class UnknownCode(DomainError):
    """A code that the list of that day does not have."""

    code = "people.unknown_code"
    message = _("This code is not on the list. Choose one of those offered.")


class ReligionNotYours(DomainError):
    """Religion written by somebody who may not see it."""

    code = "people.religion_not_yours"
    message = _("Religion is a sensitive fact. Your role may not change it here.")
    status = 403


class NotAPhoto(DomainError):
    """A picture nobody can show."""

    code = "people.not_a_photo"
    message = _("This file is no picture that can be shown. Choose a whole JPEG or PNG.")


class PhotoTooLarge(DomainError):
    """A picture that weighs too much, or unpacks to too many pixels."""

    code = "people.photo_too_large"
    message = _(
        "The picture is too large: at most %(megabytes)s MB and %(megapixels)s million pixels."
        " Make it smaller, then send it again."
    )


class PhotoTooSmall(DomainError):
    """A picture on which nobody is recognized."""

    code = "people.photo_too_small"
    message = _("The picture is too small: each side needs at least %(least)s pixels.")
