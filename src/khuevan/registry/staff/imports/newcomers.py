"""Colleagues whom a list brings and no number or code knows: compared with all staff recorded."""

from __future__ import annotations

from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.api import PlannedRow
from khuevan.registry.people.api import LookalikeDoubts, Newcomer
from khuevan.registry.staff.actions import NewMember


def newcomer(row: PlannedRow, unit: OrgUnit) -> Newcomer | None:
    """Return what the row says of somebody who is new to the school."""
    if "hire" not in row.values:
        return None
    who: NewMember = row.values["hire"].who
    return Newcomer(
        full_name=who.full_name,
        birth_date=who.birth_date,
        unit_id=unit.pk,
        unit_code=unit.code,
        sex=who.sex,
        personal_number=who.personal_number,
        guardian_phone=who.phone,
        is_staff=True,
    )


DOUBTS = LookalikeDoubts(newcomer, ("full_name",))
