"""What this app refuses, in sentences."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class NotYourBook(DomainError):
    """Somebody enters marks of a subject that somebody else gives."""

    code = "not_your_book"
    message = _("Only whoever teaches the subject in this class enters its marks.")


class BookLocked(DomainError):
    """Nothing is entered: the period is locked."""

    code = "book_locked"
    message = _("The marks of this period are locked. Ask for a correction instead.")


class NothingPlanned(DomainError):
    """No class has a plan, so no gradebook can be opened."""

    code = "nothing_planned"
    message = _("No class of this year has a plan of subjects yet. Plan them first.")


class NoSuchMark(DomainError):
    """What was typed is no mark."""

    code = "no_such_mark"
    message = _("“%(typed)s” is no mark: 0 to 10, one decimal.")


class NoSuchTest(DomainError):
    """What was typed is no whole mark."""

    code = "no_such_test_mark"
    message = _("“%(typed)s” is no mark of a test: a whole number from 0 to 10.")


class NoSuchLevel(DomainError):
    """What was typed is none of the levels."""

    code = "no_such_level"
    message = _("“%(typed)s” is no level: %(known)s.")
