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
    "ESTABLISH_SCHOOL": _("Establish a school"),
    "PERMIT_OPERATION": _("Permit a school to operate"),
    "CONVERT_SCHOOL_TYPE": _("Convert the type of a school"),
    "APPOINT_PRINCIPAL": _("Appoint a principal"),
    "RECRUIT_TEACHER": _("Recruit teachers"),
    "MOVE_TEACHER_INSIDE_COMMUNE": _("Move a teacher inside a commune"),
    "MOVE_TEACHER_ACROSS_COMMUNES": _("Move a teacher to another commune"),
    "CONFIRM_LOWER_SECONDARY": _("Confirm the completion of lower secondary"),
    "ISSUE_LOWER_SECONDARY_DIPLOMA": _("Issue the lower-secondary diploma"),
    "CORRECT_DIPLOMA": _("Correct or reissue an old diploma"),
    "TRANSFER_STUDENT": _("Transfer a pupil"),
    "OVERSEE_ASSESSMENT": _("Oversee assessment"),
    "SET_TUITION_BASE": _("Set the base of tuition"),
    "SUPERVISE_DX": _("Supervise the digital transformation of schools"),
}
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
    "ETHNIC_BOARDING": _("Ethnic boarding"),
    "GIFTED": _("For the gifted"),
}


def topic_label(code: str) -> str:
    """Return what a topic is called."""
    return str(TOPICS.get(code, code))


def power_label(code: str) -> str:
    """Return what a power is called."""
    return str(POWERS.get(code, code))


def value_text(value: Mapping[str, object]) -> str:
    """Return what a setting sets, as one line: "At most, pupils: 35"."""
    return "; ".join(_part(name, part) for name, part in value.items())


def _part(name: str, part: object) -> str:
    label = str(VALUES.get(name, name))
    if isinstance(part, Mapping):
        inner = ", ".join(f"{VALUES.get(key, key)}: {one}" for key, one in part.items())
        return f"{label}: {inner}"
    return f"{label}: {str(part).replace('.', ',')}"
