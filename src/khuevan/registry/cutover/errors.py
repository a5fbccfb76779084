"""What the cutover app refuses, each with a sentence that says what next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import Conflict, DomainError


class AlreadyMovingOver(DomainError):
    """The school has a move-over that is not finished."""

    code = "cutover.already_moving_over"
    message = _("This school is moving over already. Finish or give up that move-over first.")


class DayUnfit(DomainError):
    """The day lies ahead, or outside the academic year."""

    code = "cutover.day_unfit"
    message = _("The day has to be in the school year %(year)s and not later than today.")


class NotLive(DomainError):
    """The move-over was signed or given up."""

    code = "cutover.not_live"
    message = _("This move-over is finished; nothing in it changes any more.")


class CutoverChanged(Conflict):
    """Somebody changed it since it was read."""

    code = "cutover.changed"
    message = _("Somebody changed this move-over meanwhile. Look at it again, then go on.")


class NumbersMoved(Conflict):
    """Figures, explanations or lists changed since they were read."""

    code = "cutover.numbers_moved"
    message = _("Numbers, explanations or lists changed meanwhile. Look at them again, then sign.")


class TotalTwice(DomainError):
    """A class, grade or position is given two totals."""

    code = "cutover.total_twice"
    message = _("%(name)s stands twice. Leave one of the two.")


class TotalUnfit(DomainError):
    """Girls or pupils of minorities are more than all pupils."""

    code = "cutover.total_unfit"
    message = _("%(name)s: no part can be more than the total of %(total)s.")


class TotalUnknown(DomainError):
    """A total is of a grade or position that there is not."""

    code = "cutover.total_unknown"
    message = _("%(name)s is no grade, position or class a total could be of.")
    status = 422


class SentenceNeeded(DomainError):
    """A difference is explained by nothing."""

    code = "cutover.sentence_needed"
    message = _("Say in a sentence why the numbers differ.")


class NothingDiffers(DomainError):
    """The line has no difference to be explained."""

    code = "cutover.nothing_differs"
    message = _("The numbers agree by now; nothing is left to be explained.")


class NoTotals(DomainError):
    """There is nothing to reconcile with."""

    code = "cutover.no_totals"
    message = _("Enter the school's own totals of its classes first.")


class ListsUnwritten(DomainError):
    """A list of the move-over waits to be written."""

    code = "cutover.lists_unwritten"
    message = _("These lists are not written yet: %(files)s. Write them or give them up first.")


class ListsUndoing(DomainError):
    """A list of the move-over is being taken back: its numbers are about to change."""

    code = "cutover.lists_undoing"
    message = _("These lists are being taken back: %(files)s. Wait until that is done.")


class Unexplained(DomainError):
    """Lines differ and nobody says why."""

    code = "cutover.unexplained"
    message = _("Differences are not explained yet: %(names)s.")


class NotSubmitted(DomainError):
    """The reconciliation was not submitted, or was changed since."""

    code = "cutover.not_submitted"
    message = _("It has not been submitted for signature, or was changed since.")


class ReasonNeeded(DomainError):
    """Nobody says why."""

    code = "cutover.reason_needed"
    message = _("Say why.")


class NotSigned(DomainError):
    """There is no signature to be withdrawn."""

    code = "cutover.not_signed"
    message = _("This move-over is not signed.")


class UnreadableTotals(DomainError):
    """What was pasted or uploaded holds no totals."""

    code = "cutover.unreadable_totals"
    message = _("No totals found. Each line needs a name and a number, such as 6A and 38.")
    status = 422
