"""A school's pupils as the rows of the list in which they come in: read back, nothing changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.api import format_date
from khuevan.registry.students.code_lists import disabilities, policy_groups
from khuevan.registry.students.imports.compare import SEX_NAMES
from khuevan.registry.students.imports.known import Known, roster
from khuevan.registry.students.imports.wanted import ADDRESS_FIELDS, GUARDIAN_FIELDS
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.student_layout import ethnic_groups, student_states

STUDYING = "STUDYING"


def rows(actor: Actor, unit_id: int, on: date) -> Iterator[Mapping[str, str]]:
    """Yield the pupils on a school's roll, by class and name.

    :raises NotFound: for who may not load the school's lists either: it holds all that one says
    """
    if unit_id not in actor.reach(IMPORT_STUDENTS, "school"):
        raise NotFound
    for number, one in enumerate(roster(actor, unit_id, on), start=1):
        yield {"ordinal": str(number), **_row(one)}


def _row(one: Known) -> dict[str, str]:
    person, student = one.person, one.student
    code = person.ethnicity_code
    return {
        "moet_code": student.moet_code or "",
        "full_name": person.full_name,
        "birth_date": format_date(person.birth_date) if person.birth_date else "",
        "sex": SEX_NAMES.get(person.sex, ""),
        "ethnicity": ethnic_groups().name_of(code) if code else "",
        "state": student_states().name_of(STUDYING),
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
        **_guardians(one),
    }


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
