"""What the transfers app refuses, and how it says so."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import Conflict, DomainError


class DoneAlready(Conflict):
    """Somebody was quicker."""

    code = "transfers.done_already"
    message = _("%(who)s was first: “%(what)s”, %(when)s. Look at the case again.")


class NotNow(DomainError):
    """The step doesn't follow on where the case stands."""

    code = "transfers.not_now"
    message = _("This step is not possible now: the case stands at “%(state)s”.")


class DecisionsOpen(DomainError):
    """An office has to decide first."""

    code = "transfers.decisions_open"
    message = _("The decision of %(office)s is still open. The pupil can be released after it.")


class PapersMissing(DomainError):
    """The file isn't complete."""

    code = "transfers.papers_missing"
    message = _(
        "The file lacks: %(papers)s. Add them, or note that the originals were handed over."
    )


class AlreadyAsked(DomainError):
    """There is an open transfer of the pupil."""

    code = "transfers.already_asked"
    message = _(
        "A transfer of this pupil is open already. It has to be finished or withdrawn first."
    )


class PupilNotFound(DomainError):
    """Nobody of these facts at that school; the same answer for a wrong name and a stranger."""

    code = "transfers.pupil_not_found"
    message = _(
        "%(school)s has no pupil with this name, date of birth and number."
        " Compare with the parents' request."
    )


class SameSchool(DomainError):
    """The pupil is there already."""

    code = "transfers.same_school"
    message = _("The pupil is at that school already.")


class LevelNotTaught(DomainError):
    """The new school has no such grade."""

    code = "transfers.level_not_taught"
    message = _("%(school)s does not teach %(grade)s.")


class SchoolIsClosed(DomainError):
    """The school no longer exists on that day."""

    code = "transfers.school_closed"
    message = _("%(school)s has been closed since %(day)s. Withdraw the case, or choose another.")


class LeftMeanwhile(DomainError):
    """The pupil is no longer at the old school, or not yet."""

    code = "transfers.left_meanwhile"
    message = _("The pupil is no longer on the roll of the old school. Withdraw the case.")


class DayBeforeEntry(DomainError):
    """The release lies before the pupil came."""

    code = "transfers.before_entry"
    message = _("The pupil came to the old school on %(day)s. The release has to be after it.")


class DayBeforeRelease(DomainError):
    """Received before released."""

    code = "transfers.before_release"
    message = _(
        "The pupil is on the roll of the old school until %(day)s. Choose that day or later."
    )


class DayTooFar(DomainError):
    """A day that is more than a year away."""

    code = "transfers.day_too_far"
    message = _("The day has to be within a year of today.")


class OutsideUsualTime(DomainError):
    """A release on a day for which an exception is needed, in a case without one."""

    code = "transfers.outside_usual_time"
    message = _(
        "%(day)s is outside the usual time of moves, and this case has no exception."
        " Choose another day, or withdraw the case and ask again for that day."
    )


class DecidedTooEarly(DomainError):
    """A decision or letter dated before the request, or after today."""

    code = "transfers.decision_day"
    message = _("A decision is dated from %(first)s, the day of the request, to today.")


class OtherSchoolsClass(DomainError):
    """A class of another school, year or grade."""

    code = "transfers.class_of_another_grade"
    message = _("Class %(class)s is not of %(grade)s this year. Choose a class of that grade.")


class ClassIsFull(DomainError):
    """More pupils than the circular lets a class have."""

    code = "transfers.class_full"
    message = _(
        "Class %(class)s has %(size)s pupils, the limit is %(limit)s."
        " Choose another class, or confirm that the pupil joins it all the same."
    )


class ReasonNeeded(DomainError):
    """A refusal without a reason."""

    code = "transfers.reason_needed"
    message = _("Please say why.")


class LetterNotWhole(DomainError):
    """A school's letter with a number and no day, or the other way round."""

    code = "transfers.letter_not_whole"
    message = _("A letter has a number and a day. Give both, or leave both empty.")


class BeforeTheDayWished(DomainError):
    """A release or reception before the day that was asked for, not confirmed."""

    code = "transfers.before_the_day_wished"
    message = _(
        "The request asks for %(wished)s; %(day)s is before that."
        " Choose another day, or confirm that it is right so."
    )


class PlaceUnknown(DomainError):
    """No province of that day, and no country."""

    code = "transfers.place_unknown"
    message = _("On %(day)s there is no province, and no country, “%(place)s”.")


class MatterNeeded(DomainError):
    """One side decides several matters apart, and none is named."""

    code = "transfers.matter_needed"
    message = _(
        "This office decides several matters, each on a paper of its own: %(matters)s. Say which."
    )


class NotOnesOwn(DomainError):
    """Somebody takes the school's or office's steps in their own move."""

    code = "transfers.not_ones_own"
    message = _("Nobody keeps the case of their own move. Please ask a colleague.")


class ColleagueLeftMeanwhile(DomainError):
    """The colleague no longer holds a main position at the old school."""

    code = "transfers.colleague_left"
    message = _("No main position at the old school stands for that day. Withdraw the case.")


class DayBeforeAppointment(DomainError):
    """The release lies before the position began."""

    code = "transfers.before_appointment"
    message = _("The position at the old school began later. Choose a day after its first.")


class WorksElsewhere(DomainError):
    """A main position at another place holds on one of the days."""

    code = "transfers.works_elsewhere"
    message = _("Another main position stands for some of those days. Nobody has two on one day.")


class ReturnTooEarly(DomainError):
    """A secondment that would be over before it begins."""

    code = "transfers.return_too_early"
    message = _("The secondment ends on %(day)s. Choose an earlier first day.")


class ReturnNeeded(DomainError):
    """A secondment without a day of return, or a move with one."""

    code = "transfers.return_needed"
    message = _("A secondment has a first day back after its beginning; other moves have none.")


class AlreadyMoving(DomainError):
    """There is an open case of the colleague."""

    code = "transfers.already_moving"
    message = _(
        "A move of this colleague is open already. It has to be finished or withdrawn first."
    )


class ColleagueNotFound(DomainError):
    """Nobody of these facts works there; the same answer for a wrong name and a stranger."""

    code = "transfers.colleague_not_found"
    message = _(
        "%(school)s has no colleague with this name, date of birth and number."
        " Compare with the application."
    )


class WorksThere(DomainError):
    """The colleague works there already."""

    code = "transfers.works_there"
    message = _("The main position is at that school already.")


class LeadersAreAppointed(DomainError):
    """Leaders move by neither law: they are appointed at the new school."""

    code = "transfers.leaders_are_appointed"
    message = _(
        "%(position)s: leaders of schools do not move by such a case. %(who)s decides: that office"
        " ends the position here; the office that appoints at the new school records it there."
    )


class GroundsNeeded(DomainError):
    """From a private to a public upper secondary school in defined cases only."""

    code = "transfers.grounds_needed"
    message = _(
        "From a private to a public upper secondary school a pupil may move in certain cases only."
        " Say which."
    )


class OfficeNotRecorded(DomainError):
    """Nobody is recorded who could decide for a school."""

    code = "transfers.office_not_recorded"
    message = _(
        "Which office decides for %(school)s on %(on)s is not recorded, so the case can't be"
        " opened. Ask the Department to record who manages the school."
    )


class NotTheSigner(DomainError):
    """Whoever may only write decisions down names themself as the signer."""

    code = "transfers.not_the_signer"
    message = _("You record what %(office)s signed. Name who signed it.")
