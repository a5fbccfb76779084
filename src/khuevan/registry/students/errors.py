"""What the students app refuses, and how it says so."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import Conflict, DomainError
from khuevan.platform.audit.api import LIST_PURPOSES, codes_of


class RecordChanged(Conflict):
    """Somebody changed the pupil's record after it was opened."""

    code = "students.record_changed"
    message = _("Someone else changed this record since you opened it. Compare, then save again.")


class PersonalNumberTaken(DomainError):
    """Another person has this personal number."""

    code = "students.personal_number_taken"
    message = _("Another person already has this personal number. Check the papers of both.")


class MoetCodeTaken(DomainError):
    """Another pupil has this ministry code."""

    code = "students.moet_code_taken"
    message = _("Another pupil already has this ministry code.")


class RegistryNumberTaken(DomainError):
    """Another pupil of the school has this number of the registry book."""

    code = "students.registry_number_taken"
    message = _("Another pupil of the school has this number of the registry book.")


class KnownHere(DomainError):
    """A program registers somebody who may be a former pupil of the school."""

    code = "students.known_here"
    message = _(
        "%(name)s was at this school until %(day)s. Send known=GOES_ON to go on with that record, "
        "or known=ANOTHER for another pupil."
    )


class OnRollAlready(DomainError):
    """A program registers somebody of the name and birth date of a pupil on roll."""

    code = "students.on_roll_already"
    message = _(
        "The school has a pupil of this name and date of birth: %(name)s. "
        "Send known=ANOTHER if it is another pupil."
    )


class NotOfAge(DomainError):
    """Somebody under 18 decides about the family's reading."""

    code = "students.not_of_age"
    message = _("Until you are 18 your guardians read your record. Afterwards you decide.")


class AlreadyEnrolled(DomainError):
    """The pupil is in another school on those days."""

    code = "students.already_enrolled"
    message = _(
        "This pupil is on the roll of another school on those days."
        " Ask that school to record the leaving first."
    )


class AlreadyRegistered(DomainError):
    """The same form was sent before, and the pupil is there."""

    code = "students.already_registered"
    message = _("This pupil has been registered already.")


class NothingToUndo(DomainError):
    """What was to be taken back is gone, too old, or somebody else's."""

    code = "students.nothing_to_undo"
    message = _("This can no longer be undone. Change the class by hand instead.")


class AlreadyThere(DomainError):
    """The pupil sits in this class already."""

    code = "students.already_in_class"
    message = _("The pupil is already in this class.")


class GoesByCase(DomainError):
    """A leaving that would go round the two schools and their offices."""

    code = "students.goes_by_case"
    message = _(
        "A pupil who goes to another school leaves by a transfer case: open it on the record,"
        " with “Changes schools”."
    )


class BackByCase(DomainError):
    """A release to another school that would be taken back without the other school."""

    code = "students.back_by_case"
    message = _(
        "This pupil left for another school. The release is taken back on the transfer case."
    )


class NotInMainSchool(DomainError):
    """A second school stands beside a main one."""

    code = "students.not_in_main_school"
    message = _("The pupil is in no school on that day, so there is none beside it.")


class SecondIsMain(DomainError):
    """The second school is the main one."""

    code = "students.second_is_main"
    message = _("This is the pupil's main school. Choose another one.")


class SecondAlready(DomainError):
    """The pupil is at that school already."""

    code = "students.second_already"
    message = _("The pupil is at that school already on some of those days.")


class GradeNotTaughtHere(DomainError):
    """The pupil's grade is none of those the class teaches."""

    code = "students.grade_not_taught_here"
    message = _("The class does not teach this grade. Choose one of the grades of the class.")


class NoSuchDay(DomainError):
    """The day lies before the pupil came."""

    code = "students.before_entry"
    message = _("That day is before the pupil came to the school.")


class SitsLater(DomainError):
    """A day that would wipe out a later place in a class."""

    code = "students.sits_later"
    message = _(
        "%(name)s has a place in class %(class)s from %(day)s. Choose a later day,"
        " or move the pupil back on %(day)s first."
    )


class SatSince(DomainError):
    """A return taken back after the pupil was given another class: that place would be lost."""

    code = "students.sat_since"
    message = _(
        "%(name)s has a place in class %(class)s from %(day)s, which would be lost."
        " Record a new leave instead."
    )


class AwayLater(DomainError):
    """A day that would wipe out a later long leave."""

    code = "students.away_later"
    message = _(
        "%(name)s has a long leave from %(day)s. Choose a later day, or take that leave back first."
    )


class OtherYearsClass(DomainError):
    """A place in a class on a day outside its school year."""

    code = "students.other_years_class"
    message = _(
        "Class %(class)s is of school year %(year)s, and %(day)s is not in it."
        " Choose a class of the school year of that day."
    )


class YearUnknown(DomainError):
    """A day in no school year that is known."""

    code = "students.year_unknown"
    message = _("No school year that is known has this day. Choose another day.")


class DiedAhead(DomainError):
    """A death on a day to come."""

    code = "students.died_ahead"
    message = _("The day of a death cannot be after today.")


class ImpossibleDay(DomainError):
    """A day long before the records, or more than a year ahead."""

    code = "students.impossible_day"
    message = _("The day has to be from %(earliest)s to %(latest)s.")


class TooManyGuardians(DomainError):
    """More guardians than anybody has."""

    code = "students.too_many_guardians"
    message = _("A pupil has at most %(most)s guardians.")


class UnknownEthnicGroup(DomainError):
    """A code that the list of ethnic groups doesn't have."""

    code = "students.unknown_ethnic_group"
    message = _("The list of ethnic groups has no such code.")


class UnknownPolicyGroup(DomainError):
    """A code that the list of policy groups doesn't have."""

    code = "students.unknown_policy_group"
    message = _("The list of policy groups has no such code.")


class UnknownDisability(DomainError):
    """A code that the list of disabilities doesn't have."""

    code = "students.unknown_disability"
    message = _("The list of disabilities has no such code.")


class NotAPhone(DomainError):
    """Not a phone number."""

    code = "students.not_a_phone"
    message = _("A phone number has 10 digits and begins with 0.")


class SensitiveNotYours(DomainError):
    """Personal number and ethnic group are written by those who may see them."""

    code = "students.sensitive_not_yours"
    message = _("Only those who may see personal number and ethnic group may write them.")
    status = 403


class PaperNeeded(DomainError):
    """What a court or an office decided is written down without the paper that says so."""

    code = "students.paper_needed"
    message = _("Say which paper this follows: its number, date and who issued it.")


class ReasonNeeded(DomainError):
    """Something is ended without saying why."""

    code = "students.reason_needed"
    message = _("Say why.")


class WrongPeriod(DomainError):
    """An end that is not after its beginning, or of something that is over."""

    code = "students.wrong_period"
    message = _("The day is before the beginning, or it is over by then.")


class LimitedAlready(DomainError):
    """The guardian is limited on some of those days already."""

    code = "students.limited_already"
    message = _("This guardian is limited already on some of those days. End that limit first.")


class GuardianKnown(DomainError):
    """The pupil has this guardian already."""

    code = "students.guardian_known"
    message = _("%(name)s is a guardian of this pupil already.")


class GuardianWasEnded(DomainError):
    """Somebody names a guardian again whose guardianship was ended for a reason."""

    code = "students.guardian_was_ended"
    message = _(
        "The guardianship of %(name)s was ended for a reason. "
        "If that was a mistake, restore it on the page Family."
    )


class WrongOrder(Conflict):
    """An order of contact that is not exactly the guardians of today."""

    code = "students.wrong_order"
    message = _("The guardians have changed since you opened the page. Look again.")


class OnLeaveAlready(DomainError):
    """The pupil is on leave on some of those days, or sits in a class."""

    code = "students.on_leave_already"
    message = _("On some of those days the pupil is in another state. Look at Schooling first.")


class ListPurposeNeeded(DomainError):
    """An office's program asks for names of pupils without saying why."""

    code = "students.list_purpose_needed"
    message = _(
        "Say first what you need the list of pupils for: the parameter purpose in the address, as"
        " ?purpose=REPORT. It is one of %(codes)s, or words, and is kept."
    )
    status = 428

    def __init__(self) -> None:
        super().__init__(codes=codes_of(LIST_PURPOSES))
