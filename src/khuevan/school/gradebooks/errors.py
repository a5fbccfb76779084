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


class WindowsBackwards(DomainError):
    """A window closes before it opens."""

    code = "windows_backwards"
    message = _("%(period)s: the last day has to be after the first.")


class PeriodLocked(DomainError):
    """The period is locked."""

    code = "period_locked"
    message = _("%(period)s is locked. The principal can open it again.")


class PeriodNotLocked(DomainError):
    """There is nothing to open."""

    code = "period_not_locked"
    message = _("The period is not locked.")


class NoWindow(DomainError):
    """A period without a window has no end to put off."""

    code = "no_window"
    message = _("No days are set for this period, so it stays open.")


class ExtensionTooShort(DomainError):
    """More days are asked for than which the window ends later."""

    code = "extension_too_short"
    message = _("Choose a day after the last day of the period, and after today.")


class MakeUpsNotOver(DomainError):
    """Missed tests may still be made up."""

    code = "make_ups_not_over"
    message = _("Missed tests may be made up until %(day)s.")


class NothingDue(DomainError):
    """What was shown is not what is there."""

    code = "nothing_due"
    message = _("The missed tests have changed since you opened the page. Look again.")


class NoSuchColumn(DomainError):
    """The gradebook has no such column, or none that this may be done to."""

    code = "no_such_column"
    message = _("The gradebook has no such column.")


class ColumnHasGaps(DomainError):
    """A column is finished while pupils have nothing in it."""

    code = "column_has_gaps"
    message = _("%(count)s pupils have no mark here yet: %(names)s.")


class ColumnsFull(DomainError):
    """A term holds no more regular marks."""

    code = "columns_full"
    message = _("A term has at most %(most)s regular marks.")


class ColumnNeeded(DomainError):
    """The circular requires the column."""

    code = "column_needed"
    message = _("The circular requires %(count)s regular marks, so this column stays.")


class ColumnHolds(DomainError):
    """Marks stand in the column."""

    code = "column_holds"
    message = _("Marks stand in this column. Clear them first.")


class NobodyToRemind(DomainError):
    """Nothing is missing, or nobody answers for what is."""

    code = "nobody_to_remind"
    message = _("No teacher has marks missing in this period.")


class RemindedToday(DomainError):
    """Teachers are told once a day."""

    code = "reminded_today"
    message = _("The teachers were reminded today already.")


class StillOpen(DomainError):
    """The cell may be entered, so nothing has to be asked."""

    code = "still_open"
    message = _("This column is open: change the mark in the gradebook.")


class SameValue(DomainError):
    """The correction would change nothing."""

    code = "same_value"
    message = _("The new value is the one that stands there.")


class CorrectionWaits(DomainError):
    """A correction of this mark is under way."""

    code = "correction_waits"
    message = _("A correction of this mark is under way already.")


class MarkChanged(DomainError):
    """The mark was changed since the correction was asked."""

    code = "mark_changed"
    message = _("This mark was changed meanwhile. Look at its history, then ask anew.")


class CorrectionOver(DomainError):
    """The correction was decided or withdrawn."""

    code = "correction_over"
    message = _("This correction was settled already.")


class NotYourCorrection(DomainError):
    """Somebody else asked for it."""

    code = "not_your_correction"
    message = _("Only whoever asked withdraws it.")


class NotTheHomeroomTeacher(DomainError):
    """The class is somebody else's."""

    code = "not_the_homeroom_teacher"
    message = _("Only the homeroom teacher, or who stands in, confirms what somebody else asked.")


class HomeroomFirst(DomainError):
    """The homeroom teacher has not confirmed yet."""

    code = "homeroom_first"
    message = _("The homeroom teacher confirms first.")


class TwoPeopleNeeded(DomainError):
    """One person would ask and approve."""

    code = "two_people_needed"
    message = _("Nobody approves what they asked and confirmed alone. Somebody else has to.")


class SubjectNeeded(DomainError):
    """Of what a pupil is exempt is not said."""

    code = "subject_needed"
    message = _("Choose the subject.")


class NoPracticeHere(DomainError):
    """Theory stands in for practice in two subjects only."""

    code = "no_practice_here"
    message = _("Only physical education, and defense and security have a practice part.")


class ArrangedAlready(DomainError):
    """The pupil is assessed that way already."""

    code = "arranged_already"
    message = _("This is recorded for the pupil already.")


class NothingToCarry(DomainError):
    """No mark of a former gradebook fits, or others than were shown."""

    code = "nothing_to_carry"
    message = _("There is nothing to take over, or it changed since you opened the page.")


class NoSuchAverage(DomainError):
    """What was typed is no average or verdict."""

    code = "no_such_average"
    message = _("%(subject)s: “%(typed)s” is no result of a term.")
