"""What the schools app refuses when schools are founded, corrected, merged and closed."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class CodeReserved(DomainError):
    """The code is a word of the addresses."""

    code = "schools.code_reserved"
    message = _("A school can't have the code %(code)s. Choose one with a digit.")
    status = 400


class NameNeeded(DomainError):
    """A school has a name that can be read."""

    code = "schools.name_needed"
    message = _("Give the school a name and a short name.")
    status = 400


class PhoneUnfit(DomainError):
    """Nobody can call that number."""

    code = "schools.phone_unfit"
    message = _("A phone number has 10 digits and begins with 0.")
    status = 400


class AreaElsewhere(DomainError):
    """A commune founds schools in its own territory."""

    code = "schools.area_elsewhere"
    message = _("A school of %(unit)s stands in the commune itself. Choose that commune.")
    status = 400


class AreaNeeded(DomainError):
    """A school stands in a commune, whoever manages it."""

    code = "schools.area_needed"
    message = _("Choose the commune in which the school stands.")
    status = 400


class FacilityOwnershipUnfit(DomainError):
    """The state owns no independent facility."""

    code = "schools.facility_ownership_unfit"
    message = _("An independent preschool facility is people-founded or private.")
    status = 400


class FacilityBoardingUnfit(DomainError):
    """Children of a facility go home in the evening."""

    code = "schools.facility_boarding_unfit"
    message = _("An independent preschool facility is no boarding school.")
    status = 400


class FacilityStandardUnfit(DomainError):
    """National standards are of schools."""

    code = "schools.facility_standard_unfit"
    message = _("National standards are of schools, not of independent preschool facilities.")
    status = 400


FACILITY_UNFIT: dict[str, type[DomainError]] = {
    "ownership": FacilityOwnershipUnfit,
    "boarding": FacilityBoardingUnfit,
    "national_standard": FacilityStandardUnfit,
}
"""What refuses a fact of such a facility, by its name."""


class SuccessorIsItself(DomainError):
    """A school merges into another one."""

    code = "schools.successor_is_itself"
    message = _("A school doesn't merge into itself. Give the code of another school.")
    status = 400


class SuccessorNotOpen(DomainError):
    """Only a school that is there takes registers."""

    code = "schools.successor_not_open"
    message = _("School %(code)s is not open on %(on)s. Choose a school that is.")


class OpensLater(DomainError):
    """A school is changed and closed once it is open."""

    code = "schools.opens_later"
    message = _(
        "The school opens on %(on)s. It can be closed from the day after on; before, its founding"
        " is withdrawn."
    )


class OperatesBeforeFounding(DomainError):
    """A school operates after it was founded."""

    code = "schools.operates_before_founding"
    message = _(
        "The school is there from %(since)s, founded by a decision of %(signed)s. The permission"
        " can't be earlier."
    )
    status = 400


class ConversionNotCorrection(DomainError):
    """Type, levels and owner change by a decision."""

    code = "schools.conversion_not_correction"
    message = _(
        "Type, levels and ownership are corrected in the first %(days)s days only. After that they"
        " change by a decision: choose “Change from a day on”."
    )


class MoveBeforeConversion(DomainError):
    """A commune doesn't manage a school of the province."""

    code = "schools.move_before_conversion"
    message = _(
        "%(kind)s: founded by %(who)s, so it does not stand under a commune. Move the school under"
        " the province's unit first."
    )


class SuccessorTeachesOther(DomainError):
    """Registers go to a school that teaches such pupils."""

    code = "schools.successor_teaches_other"
    message = _(
        "School %(code)s doesn't teach %(levels)s. A school merges into one of its level: convert"
        " that school first, or dissolve this one."
    )


class PermittedAlready(DomainError):
    """A school operates by one permission at a time."""

    code = "schools.permitted_already"
    message = _(
        "Permission %(number)s counts from %(on)s already. Correct or withdraw it, or choose"
        " another day."
    )


class ReasonNeeded(DomainError):
    """Whoever puts something right says why."""

    code = "schools.reason_needed"
    message = _("Say what was wrong.")
    status = 400


class RestsOnIt(DomainError):
    """What was written down since rests on the decision."""

    code = "schools.rests_on_it"
    message = _("This rests on the decision: %(what)s. Take that back first.")


class SchoolIsOpen(DomainError):
    """A founding is withdrawn before its day."""

    code = "schools.school_is_open"
    message = _(
        "The school is open since %(on)s, so its founding stays. Correct the decision, or close"
        " the school."
    )


class ComingSchoolInUse(DomainError):
    """Something is written down of a school that is to open."""

    code = "schools.coming_school_in_use"
    message = _(
        "%(school)s has staff, accounts or other records already. Take them back first, then"
        " withdraw the founding."
    )


class FoundedAfterRecords(DomainError):
    """A school was there before the day it would have been founded."""

    code = "schools.founded_after_records"
    message = _("%(school)s is on record since %(since)s: it was not founded in %(year)s.")
    status = 400
