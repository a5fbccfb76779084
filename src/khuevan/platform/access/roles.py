"""The roles a province starts with. Code never asks for a role; it asks for a permission.

Which permissions a role holds at first is written beside each permission; both are data afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class RoleSeed:
    """A role's code, label, the hat it is worn under, and the roles its holders may give."""

    code: str
    label: str | Promise
    hat: str
    needs_second_factor: bool = False
    gives: tuple[str, ...] = ()
    starts_as: str = ""
    """Another role whose permissions it starts with; data of its own afterwards."""


HATS: dict[str, str | Promise] = {
    "officer": _("Department or commune officer"),
    "admin": _("System administrator"),
    "protection": _("Data protection officer"),
    "principal": _("School leadership"),
    "clerk": _("School office"),
    "teacher": _("Teacher"),
    "student": _("Pupil"),
    "guardian": _("Family"),
    "support": _("Support"),
}

# These follow from facts (enrollment, guardianship), from a session or from the server itself.
NEVER_BY_HAND = frozenset({"student", "guardian", "support_session", "operator"})

FAMILY_HATS = frozenset({"student", "guardian"})
"""Hats that reach oneself or one's own children only: shorter passwords, no idle limit."""

DELEGABLE_HATS = frozenset({"officer", "principal", "clerk", "teacher"})

OWN_HATS = {
    "officer": "department_specialist",
    "principal": "principal",
    "clerk": "school_clerk",
    "teacher": "school_staff",
}
"""Hats a role of a province's own may be worn under, each with its usual role."""

DEPUTIES = {
    "department_director": frozenset({"deputy_director"}),
    "commune_chair": frozenset({"commune_vice_chair"}),
    "principal": frozenset({"vice_principal"}),
}
"""Heads of units and who is their deputy: KT. goes from the one to the other only."""

DIVISION_HEADS = {
    "department_director": frozenset({"division_head"}),
    "commune_chair": frozenset({"commune_division_head"}),
}
"""Heads of units and who heads a division under them: TL. goes from the one to the other only.

A school has no divisions, so nobody signs by order of its principal.
"""

_ABOVE = frozenset({"PROVINCE", "DEPARTMENT"})
_IN_COMMUNE = frozenset({"COMMUNE"})
_IN_SCHOOL = frozenset({"SCHOOL"})

PLACES: dict[str, frozenset[str]] = {
    "department_director": _ABOVE,
    "deputy_director": _ABOVE,
    "division_head": _ABOVE,
    "department_specialist": _ABOVE,
    "data_officer": _ABOVE,
    "commune_chair": _IN_COMMUNE,
    "commune_vice_chair": _IN_COMMUNE,
    "commune_division_head": _IN_COMMUNE,
    "commune_officer": _IN_COMMUNE,
    "system_admin": _ABOVE,
    "data_protection_officer": _ABOVE,
    "principal": _IN_SCHOOL,
    "vice_principal": _IN_SCHOOL,
    "school_clerk": _IN_SCHOOL,
    "school_staff": _IN_SCHOOL,
    "homeroom_teacher": _IN_SCHOOL,
    "subject_teacher": _IN_SCHOOL,
    "support_engineer": _ABOVE,
}
"""The kinds of units on which a role makes sense; one that is not named may stand anywhere."""

_SCHOOL = ("school_clerk", "school_staff", "homeroom_teacher", "subject_teacher")
_OFFICE = (
    "division_head",
    "department_specialist",
    "data_officer",
    "commune_chair",
    "commune_vice_chair",
    "commune_division_head",
    "commune_officer",
    "principal",
    "vice_principal",
    *_SCHOOL,
    "support_engineer",
)
_TOP = ("department_director", "system_admin", "data_protection_officer")

ROLES: tuple[RoleSeed, ...] = (
    RoleSeed(
        "department_director",
        _("Director of the department"),
        "officer",
        needs_second_factor=True,
        gives=(*_OFFICE, "deputy_director", "system_admin", "data_protection_officer"),
    ),
    RoleSeed(
        "deputy_director",
        _("Deputy director of the department"),
        "officer",
        needs_second_factor=True,
        gives=_OFFICE,
        starts_as="department_director",
    ),
    RoleSeed(
        "division_head",
        _("Head of a division of the department"),
        "officer",
        needs_second_factor=True,
        starts_as="department_specialist",
    ),
    RoleSeed(
        "department_specialist", _("Department specialist"), "officer", needs_second_factor=True
    ),
    RoleSeed(
        "data_officer",
        _("Data officer of the department"),
        "officer",
        needs_second_factor=True,
        starts_as="department_specialist",
    ),
    RoleSeed(
        "commune_chair",
        _("Chair of the commune's People's Committee"),
        "officer",
        needs_second_factor=True,
    ),
    RoleSeed(
        "commune_vice_chair",
        _("Vice chair of the commune's People's Committee"),
        "officer",
        needs_second_factor=True,
        starts_as="commune_chair",
    ),
    RoleSeed(
        "commune_division_head",
        _("Head of the commune's division of culture and society"),
        "officer",
        needs_second_factor=True,
        starts_as="commune_officer",
    ),
    RoleSeed(
        "commune_officer", _("Commune education officer"), "officer", needs_second_factor=True
    ),
    RoleSeed(
        "system_admin",
        _("System administrator"),
        "admin",
        needs_second_factor=True,
        gives=_OFFICE,
    ),
    RoleSeed(
        "data_protection_officer",
        _("Data protection officer"),
        "protection",
        needs_second_factor=True,
    ),
    RoleSeed("principal", _("Principal"), "principal", gives=_SCHOOL),
    RoleSeed(
        "vice_principal",
        _("Vice principal"),
        "principal",
        gives=_SCHOOL,
        starts_as="principal",
    ),
    RoleSeed("school_clerk", _("School clerk"), "clerk"),
    RoleSeed("school_staff", _("Member of the school's staff"), "teacher"),
    RoleSeed("homeroom_teacher", _("Homeroom teacher"), "teacher"),
    RoleSeed("subject_teacher", _("Subject teacher"), "teacher"),
    RoleSeed("student", _("Pupil"), "student"),
    RoleSeed("guardian", _("Guardian"), "guardian"),
    RoleSeed("support_engineer", _("Support engineer"), "support", needs_second_factor=True),
    RoleSeed("support_session", _("Support session"), "support", needs_second_factor=True),
    RoleSeed("operator", _("Server operator"), "admin", gives=(*_TOP, *_OFFICE)),
)

ROLE_LABELS: dict[str, str | Promise] = {role.code: role.label for role in ROLES}
