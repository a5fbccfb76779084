"""What the staff app refuses."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class AlreadyAppointed(DomainError):
    """The person has a main position for that time."""

    code = "staff.already_appointed"
    message = _("This person already has a main position for that time.")


class NotOneself(DomainError):
    """Nobody appoints themself."""

    code = "staff.not_oneself"
    message = _("Nobody records an appointment of their own. Please ask a colleague.")


class NotYoursToFill(DomainError):
    """The position is filled by the level above."""

    code = "staff.not_yours_to_fill"
    message = _("%(position)s: the level above appoints, and records it.")


class LeadersElsewhere(DomainError):
    """Another office appoints the leaders of the school."""

    code = "staff.leaders_elsewhere"
    message = _(
        "%(position)s: %(who)s appoints (%(source)s). That office records it; please ask there."
    )


class SchoolRecordsIt(DomainError):
    """The school records its own staff but for its leaders."""

    code = "staff.school_records_it"
    message = _("%(position)s: the school itself records its staff.")


class PaperNeeded(DomainError):
    """A leader is appointed by a decision."""

    code = "staff.paper_needed"
    message = _(
        "Somebody who leads a school is appointed by decision. Please give its number and date, "
        "such as 412/QĐ-UBND, 15/08/2026, and who signed it."
    )


class PaperToCome(DomainError):
    """The decision would be signed on a day to come."""

    code = "staff.paper_to_come"
    message = _("The decision is dated %(day)s. It is recorded once it is signed.")


class PositionNotHere(DomainError):
    """The unit has no such position."""

    code = "staff.position_not_here"
    message = _("There is no such position in this unit.")


class IdentityChanged(DomainError):
    """Somebody else changed the record since it was read."""

    code = "staff.identity_changed"
    message = _("Somebody changed this record meanwhile. Open it again, then correct it.")


class NotANumber(DomainError):
    """Digits that are no personal number."""

    code = "staff.not_a_number"
    message = _("A personal number has 12 digits. Please check it.")


class NumberOfAnother(DomainError):
    """The personal number is somebody else's."""

    code = "staff.number_of_another"
    message = _(
        "This personal number is kept with another name or date of birth. Please check all three."
    )


class MoetCodeTaken(DomainError):
    """The ministry code is somebody else's."""

    code = "staff.moet_code_taken"
    message = _("Somebody else has this ministry code.")


class PerhapsKnown(DomainError):
    """Somebody of the same name and birth date is on the unit's staff already."""

    code = "staff.perhaps_known"
    message = _("%(name)s, born %(born)s, is or was on the staff here. Is this somebody else?")


class AlreadyTakenOn(DomainError):
    """The same form was sent before."""

    code = "staff.already_taken_on"
    message = _("This was recorded already.")


class BadPeriod(DomainError):
    """A period that has no day or lies where it can't."""

    code = "staff.bad_period"
    message = _("The last day must come after the first.")


class DayTooEarly(DomainError):
    """A day before the fact itself began."""

    code = "staff.day_too_early"
    message = _("This began on %(day)s. Please choose a later day.")


class DayTooLate(DomainError):
    """A day on which the fact no longer held."""

    code = "staff.day_too_late"
    message = _("This ends on %(day)s. Please choose an earlier day.")


class ImpossibleDay(DomainError):
    """A day no record of staff can hold."""

    code = "staff.impossible_day"
    message = _("Please choose a day between %(earliest)s and %(latest)s.")


class AlreadyEnded(DomainError):
    """The fact has an end already."""

    code = "staff.already_ended"
    message = _("This has ended already.")


class NothingToUndo(DomainError):
    """The appointment has not ended, or not by a recorded deed."""

    code = "staff.nothing_to_undo"
    message = _("There is nothing to undo here.")


class NoMainPosition(DomainError):
    """A second workplace needs a first."""

    code = "staff.no_main_position"
    message = _("A second school needs a main position on all of those days.")


class SameSchool(DomainError):
    """A second workplace at the main one."""

    code = "staff.same_school"
    message = _("This is the school of the main position. Please choose another.")


class NotOnStaff(DomainError):
    """Somebody who does not work at the school."""

    code = "staff.not_on_staff"
    message = _("%(name)s is not on the staff of this school on %(day)s.")


class SchoolClosed(DomainError):
    """The school has closed."""

    code = "staff.school_closed"
    message = _("The school closed on %(day)s. Nobody can be assigned there after that.")


class OutsideTheYear(DomainError):
    """A day outside the academic year of the class."""

    code = "staff.outside_the_year"
    message = _("Class %(name)s has lessons from %(first)s to %(last)s.")


class AlreadyTeaches(DomainError):
    """The same lessons twice."""

    code = "staff.already_teaches"
    message = _("%(name)s teaches %(subject)s in class %(room)s on those days already.")


class SubjectTaken(DomainError):
    """Somebody else teaches the subject in the class."""

    code = "staff.subject_taken"
    message = _("%(name)s teaches %(subject)s in class %(room)s on those days.")


class UnknownSubject(DomainError):
    """A subject that no list knows."""

    code = "staff.unknown_subject"
    message = _("%(subject)s is not in the list of subjects.")


class UnknownTitle(DomainError):
    """A professional title that no list knows."""

    code = "staff.unknown_title"
    message = _("%(code)s is not in the list of professional titles.")


class SubjectTwice(DomainError):
    """The subject stands there already."""

    code = "staff.subject_twice"
    message = _("This subject stands there for that time already.")


class TitleTwice(DomainError):
    """Another title holds in that time."""

    code = "staff.title_twice"
    message = _("A title that begins on that day or later stands there already.")


class OnLeaveAlready(DomainError):
    """A leave on some of those days stands there already."""

    code = "staff.on_leave_already"
    message = _("Is on leave on some of those days already.")


class LeaveIsOver(DomainError):
    """The leave has ended."""

    code = "staff.leave_is_over"
    message = _("This leave ended on %(day)s.")


class NotTheirDuty(DomainError):
    """Somebody stands in for what the absent one does not do."""

    code = "staff.not_their_duty"
    message = _("%(name)s has no such duty in this class on those days.")


class StandsInAlready(DomainError):
    """Somebody stands in on those days already."""

    code = "staff.stands_in_already"
    message = _("Somebody stands in for this on those days already.")


class AwayToo(DomainError):
    """Who would stand in is on leave as well, or is the absent one."""

    code = "staff.away_too"
    message = _("%(name)s is away on some of those days too.")


class NotOfThisSchool(DomainError):
    """A campus of another school."""

    code = "staff.not_of_this_school"
    message = _("This site is not one of the school's.")
