"""What topics, powers and values of the regulations are called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

TOPICS: Words = {
    "SCHOOL_CHARTER": _("School charter"),
    "ASSESSMENT": _("Assessment of pupils"),
    "CLASS_SIZE": _("Class size"),
    "TEACHERS_PER_CLASS": _("Teachers for each class"),
    "SECTOR_DATA": _("Data of the sector"),
    "RETENTION": _("Keeping of records"),
    "TEACHERS": _("Teachers"),
    "LOCAL_AUTHORITY": _("Duties of local authorities"),
    "REWARDS_DISCIPLINE": _("Rewards and discipline of pupils"),
    "PERSONAL_DATA": _("Personal data"),
}
POWERS: Words = {
    "establish_school": _("Establish a school"),
    "permit_operation": _("Permit a school to operate"),
    "convert_school_type": _("Convert the type of a school"),
    "appoint_principal": _("Appoint a principal"),
    "recruit_teacher": _("Recruit teachers"),
    "move_teacher": _("Move a teacher to another school"),
    "move_staff": _("Move other school staff to another school"),
    "appoint_graduation_council": _("Set up the lower-secondary graduation council"),
    "recognise_lower_secondary_graduation": _("Recognize lower-secondary graduation"),
    "issue_lower_secondary_diploma": _("Issue the lower-secondary diploma"),
    "reissue_correct_diploma": _("Correct or reissue an old lower-secondary diploma"),
    "issue_upper_secondary_diploma": _("Issue the upper-secondary diploma"),
    "transfer_student": _("Issue the letter for a pupil's transfer"),
    "check_transfer_file": _("Receive and check a transfer file"),
    "approve_transfer_outside_window": _("Approve a transfer outside the usual time"),
    "oversee_assessment": _("Oversee assessment"),
    "tuition_base": _("Set the base of tuition"),
    "supervise_dx_self_assessment": _("Supervise the digital transformation of schools"),
}
"""In the order in which they are listed."""
OTHER_NAMES = {
    "lower_secondary_graduation": "recognise_lower_secondary_graduation",
    "recognize_lower_secondary_graduation": "recognise_lower_secondary_graduation",
}
"""Names and spellings under which a power is asked for too."""
KINDS: Words = {
    "INDEPENDENT_PRESCHOOL": _("Independent preschool facility"),
    "LANGUAGE_IT_CENTER": _("Foreign language and IT center"),
    "SPECIAL_NEEDS": _("School for pupils with disabilities"),
    "COMMUNITY_LEARNING": _("Community learning center"),
    "VOCATIONAL_SECONDARY": _("Vocational secondary school"),
    "INTERMEDIATE_COLLEGE": _("Intermediate college"),
    "COLLEGE": _("College"),
    "CONTINUING_CENTER": _("Continuing education center"),
    "TALENT": _("School for talents in arts or sports"),
    "PUBLIC": _("Public"),
    "COMMUNITY": _("People-founded"),
    "PRIVATE": _("Private"),
    "PRIVATE_NFP": _("Private, not for profit"),
    "FOREIGN": _("Foreign-invested"),
}
"""Types and owners of schools that rules are written for."""
VALUES: Words = {
    "max": _("At most, pupils"),
    "max_by_age": _("At most, pupils by age"),
    "max_by_type": _("At most, pupils by type of school"),
    "rate": _("Teachers a class"),
    "two_sessions": _("Two sessions a day"),
    "one_session": _("One session a day"),
    "kindergarten": _("Kindergarten classes"),
    "nursery": _("Nursery groups"),
    "ethnic_boarding": _("Ethnic boarding"),
    "gifted": _("For the gifted"),
    "ETHNIC_BOARDING": _("Ethnic boarding"),
    "GIFTED": _("For the gifted"),
}


def topic_label(code: str) -> str:
    """Return what a topic is called."""
    return str(TOPICS.get(code, code))


def power_label(code: str) -> str:
    """Return what a power is called."""
    return str(POWERS.get(code, code))


def order_of(code: str) -> tuple[int, str]:
    """Return where a power stands in lists: as the words above, unknown ones last."""
    names = list(POWERS)
    return (names.index(code) if code in POWERS else len(names), code)


def kind_label(code: str) -> str:
    """Return what a type or owner of schools is called."""
    return str(KINDS.get(code, code))


def power_named(text: str) -> str:
    """Return the name of a power as it is recorded, whatever its case or older name."""
    name = text.strip().lower()
    return OTHER_NAMES.get(name, name)


def value_text(value: Mapping[str, object]) -> str:
    """Return what a setting sets, as one line: "At most, pupils: 35"."""
    return "; ".join(_part(name, part) for name, part in value.items())


def _part(name: str, part: object) -> str:
    label = str(VALUES.get(name, name))
    if isinstance(part, Mapping):
        inner = ", ".join(f"{VALUES.get(key, key)}: {one}" for key, one in part.items())
        return f"{label}: {inner}"
    return f"{label}: {str(part).replace('.', ',')}"
