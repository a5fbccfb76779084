"""Pupils whom a list brings and no number or code knows: compared with everybody recorded."""

from __future__ import annotations

from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.api import PlannedRow
from khuevan.registry.people.api import LookalikeDoubts, Newcomer
from khuevan.registry.students.data import StudentData
from khuevan.registry.students.imports.wanted import FIRST_TO_CALL


def newcomer(row: PlannedRow, unit: OrgUnit) -> Newcomer | None:
    """Return what the row says of a pupil who is new to the records."""
    if "new" not in row.values:
        return None
    data: StudentData = row.values["new"].data
    if not (data.full_name and data.birth_date):
        return None
    by_relation = {one.relation: one for one in data.guardians}
    first = next((by_relation[one] for one in FIRST_TO_CALL if one in by_relation), None)
    return Newcomer(
        full_name=data.full_name,
        birth_date=data.birth_date,
        unit_id=unit.pk,
        unit_code=unit.code,
        sex=data.sex,
        personal_number=data.personal_number or "",
        guardian_name=first.full_name if first else "",
        guardian_phone=first.phone if first else "",
    )


DOUBTS = LookalikeDoubts(newcomer, ("full_name", "family_middle_name", "given_name"))
