"""What the schools app refuses."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class ClassNameTaken(DomainError):
    """The school has a class of this name in the year."""

    code = "schools.class_name_taken"
    message = _("The school already has class %(name)s this year.")


class GradeNotTaught(DomainError):
    """The school does not teach the grade's level."""

    code = "schools.grade_not_taught"
    message = _("This school does not teach %(grade)s.")


class CodeTaken(DomainError):
    """Another unit has this code."""

    code = "schools.code_taken"
    message = _("Code %(code)s already belongs to another unit.")


class FactsNotRecorded(DomainError):
    """Nothing says what the school was by law on that day."""

    code = "schools.facts_not_recorded"
    message = _("What this school was on %(on)s is not recorded.")
    status = 404


class LevelsDontFit(DomainError):
    """A school of this type teaches other levels."""

    code = "schools.levels_dont_fit"
    message = _("%(type)s: choose the levels it teaches: %(levels)s.")
    status = 400


class OwnershipDoesntFit(DomainError):
    """A school of this type has other owners."""

    code = "schools.ownership_doesnt_fit"
    message = _("Only preschools are people-founded.")
    status = 400
