"""A school's pupils as the rows of the list in which they come in: read back, nothing changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.api import Area, AreaKind
from khuevan.platform.sheets.api import format_date
from khuevan.registry.students.code_lists import disabilities, policy_groups
from khuevan.registry.students.imports.compare import SEX_NAMES
from khuevan.registry.students.imports.known import Known, roster
from khuevan.registry.students.imports.states import ON_LEAVE, STUDYING
from khuevan.registry.students.imports.wanted import (
    ADDRESS_FIELDS,
    FIRST_TO_CALL,
    GUARDIAN_FIELDS,
)
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.state_words import student_states
from khuevan.registry.students.student_layout import ethnic_groups, nationalities

PROVINCE_WORDS = ("tinh ", "thanh pho ", "tp. ", "tp ")


def rows(actor: Actor, unit_id: int, on: date) -> Iterator[Mapping[str, str]]:
    """Yield the pupils on a school's roll, by class and name.

    :raises NotFound: for who may not load the school's lists either: it holds all that one says
    """
    if unit_id not in actor.reach(IMPORT_STUDENTS, "school"):
        raise NotFound
    provinces = Area.objects.filter(kind=AreaKind.PROVINCE).values_list("name", flat=True)
    names = {fold(name) for name in provinces}
    for number, one in enumerate(roster(actor, unit_id, on), start=1):
        yield {"ordinal": str(number), **_row(one, names)}


def _row(one: Known, provinces: AbstractSet[str]) -> dict[str, str]:
    person, student = one.person, one.student
    code, country = person.ethnicity_code, person.nationality_code
    return {
        "moet_code": student.moet_code or "",
        "full_name": person.full_name,
        "birth_date": format_date(person.birth_date) if person.birth_date else "",
        "sex": SEX_NAMES.get(person.sex, ""),
        "ethnicity": ethnic_groups().name_of(code) if code else "",
        "nationality": nationalities().name_of(country) if country else "",
        "state": student_states().name_of(ON_LEAVE if one.is_on_leave else STUDYING),
        "contact_phone": _contact(one),
        "pupil_phone": person.phone,
        "class_name": one.class_name,
        "grade_level": one.grade_name,
        "personal_number": person.personal_number or "",
        "registry_number": one.registry_number,
        "policy_groups": "; ".join(policy_groups().name_of(code) for code in one.policy_codes),
        "disability": disabilities().name_of(student.disability_code)
        if student.disability_code
        else "",
        **{names[0]: one.addresses.get(kind, "") for kind, names in ADDRESS_FIELDS.items()},
        **_hometown(one.addresses.get("HOMETOWN", ""), provinces),
        **_guardians(one),
    }


def _contact(one: Known) -> str:
    """Return the phone to call first: the mother's, the father's, the guardian's, else the pupil's.

    It is one of the phones that the list has in other columns too, so read back it is nobody's new.
    """
    phones = (one.guardians[who].phone for who in FIRST_TO_CALL if who in one.guardians)
    return next(filter(None, phones), one.person.phone)


def _hometown(text: str, provinces: AbstractSet[str]) -> dict[str, str]:
    """Return a home town by the ministry's two columns; what names no province is the commune's."""
    commune, _comma, last = text.rpartition(", ")
    name = fold(last)
    bare = next((name.removeprefix(word) for word in PROVINCE_WORDS if name.startswith(word)), name)
    if bare not in provinces:
        commune, last = text, ""
    return {"home_commune": commune, "home_province": last}


def _guardians(one: Known) -> dict[str, str]:
    told = {}
    for relation, prefix in GUARDIAN_FIELDS.items():
        row = one.guardians.get(relation)
        if row is not None:
            told[f"{prefix}_name"] = row.full_name
            told[f"{prefix}_birth_year"] = str(row.birth_year or "")
            told[f"{prefix}_job"] = row.occupation
            told[f"{prefix}_phone"] = row.phone
    return told
