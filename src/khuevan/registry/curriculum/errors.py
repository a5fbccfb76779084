"""What the curriculum app refuses."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class NormUnknown(DomainError):
    """No text is known that says how much a teacher of this level owes."""

    code = "curriculum.norm_unknown"
    message = _("No norm of periods is known for this level on that day.")


class FactorUnfit(DomainError):
    """A period of this work counts for more or less than the law allows."""

    code = "curriculum.factor_unfit"
    message = _(
        "A factor of %(factor)s isn't allowed: from %(least)s to %(most)s by law (%(source)s)."
    )


class WeeksUnfit(DomainError):
    """A plan names periods for each week of teaching."""

    code = "curriculum.weeks_unfit"
    message = _("The year has %(asked)s weeks of teaching; the plan names %(found)s.")


class PeriodsUnfit(DomainError):
    """A week has too many periods of one subject."""

    code = "curriculum.periods_unfit"
    message = _("A subject has from 0 to %(most)s periods a week.")


class IntegratedUnfit(DomainError):
    """More periods are said to be learnt within a subject than it has."""

    code = "curriculum.integrated_unfit"
    message = _("%(subject)s has %(most)s periods a year; no more can be within it.")


class SubjectPlanned(DomainError):
    """The class has the subject already."""

    code = "curriculum.subject_planned"
    message = _("Class %(room)s has %(subject)s in its plan already.")


class NoSuchLanguage(DomainError):
    """A minority language that isn't in the list, or of a subject that is none."""

    code = "curriculum.no_such_language"
    message = _("This subject can't be that language.")


class StillTaught(DomainError):
    """Somebody has the lessons of a subject that is to leave the plan."""

    code = "curriculum.still_taught"
    message = _("%(name)s teaches %(subject)s in class %(room)s. Please end that first.")


class MoreThanPlanned(DomainError):
    """The teachers of a subject would give more periods than the plan has."""

    code = "curriculum.more_than_planned"
    message = _(
        "Class %(room)s has %(planned)s periods of %(subject)s a week; this would be %(given)s."
    )


class NotItsTeacher(DomainError):
    """Who is to answer for the marks of a subject doesn't teach it in the class."""

    code = "curriculum.not_its_teacher"
    message = _("%(name)s doesn't teach %(subject)s in class %(room)s on that day.")


class DutyHeld(DomainError):
    """Somebody holds the duty at that time."""

    code = "curriculum.duty_held"
    message = _("%(name)s holds this duty at that time already.")


class UnknownDuty(DomainError):
    """A duty that the law of the day doesn't name."""

    code = "curriculum.unknown_duty"
    message = _("No text of that day names this duty.")


class GroupNamed(DomainError):
    """The school has a group of this name in the year."""

    code = "curriculum.group_named"
    message = _("The school has a group called %(name)s this year already.")


class GroupUnplanned(DomainError):
    """A class of a group doesn't learn its subject."""

    code = "curriculum.group_unplanned"
    message = _("Class %(room)s doesn't have %(subject)s in its plan.")


class PupilNotInClasses(DomainError):
    """A pupil sits in none of the classes of a group."""

    code = "curriculum.pupil_not_in_classes"
    message = _("%(count)s of these pupils sit in none of the classes %(classes)s.")


class PupilInAnotherGroup(DomainError):
    """A pupil is in another group of the subject, or in one that runs at the same time."""

    code = "curriculum.pupil_in_another_group"
    message = _("%(name)s is in the group %(group)s at that time. Please end that first.")


class TeacherInBlock(DomainError):
    """A teacher has another group that runs at the same time."""

    code = "curriculum.teacher_in_block"
    message = _("%(name)s teaches the group %(group)s at the same time (%(block)s).")


class UnknownWork(DomainError):
    """A kind of converted work that the law of the day doesn't name."""

    code = "curriculum.unknown_work"
    message = _("No text of that day names this work.")


class AgreementNeeded(DomainError):
    """The factor is chosen, and nothing says that the council agreed."""

    code = "curriculum.agreement_needed"
    message = _(
        "The principal chooses this factor after the school council agreed. Please name the "
        "minutes or the resolution."
    )


class ZoneKnown(DomainError):
    """The zone is recorded so already."""

    code = "curriculum.zone_known"
    message = _("That is the zone which is recorded for that day.")


class DutyWhatNeeded(DomainError):
    """A duty that is held for each of something, and nothing says for what."""

    code = "curriculum.duty_what_needed"
    message = _("%(duty)s: please say of what.")


class InformaticsRoom(DomainError):
    """The informatics room goes with the duty of IT."""

    code = "curriculum.informatics_room"
    message = _("The informatics room goes with the duty of IT (%(source)s leaves it out).")


class DutyPeriodsNeeded(DomainError):
    """The principal says how many periods a duty takes off, and nobody said."""

    code = "curriculum.duty_periods_needed"
    message = _("The principal says how many periods this takes off: above 0, at most %(most)s.")


class DecisionNeeded(DomainError):
    """The principal decides how many periods, and no decision is named."""

    code = "curriculum.decision_needed"
    message = _("Please name the decision or the minutes by which it is so many (%(source)s).")


class PoolSpent(DomainError):
    """All who do some work at a school would have more periods than the school may use for it."""

    code = "curriculum.pool_spent"
    message = _(
        "The school may use %(most)s periods a week for this; %(left)s are left (%(source)s)."
    )
