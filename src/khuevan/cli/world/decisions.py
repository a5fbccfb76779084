"""Decisions on schools of the demo: one permitted to operate, one founded for a coming day."""

from __future__ import annotations

from datetime import datetime, timedelta

from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import Signed, UnitKind, manager_on, unit_by_code
from khuevan.registry.schools.api import SchoolData, open_school, permit_operation, school_decisions

CHAIR = "Trần Đình Phúc"
COMING = "99999"
"""The end of the coming school's code, which no school of the plan has."""


def record_decisions(school_code: str, *, actor: Actor, now: datetime) -> None:
    """Write down what the commune of a school decided; once."""
    school, today = unit_by_code(school_code), actor.today
    place = manager_on(school.pk, on=today)
    if place.unit.kind != UnitKind.COMMUNE or school_decisions(school.pk):
        return
    permitted = today - timedelta(days=110)
    permit_operation(
        actor=actor,
        school_id=school.pk,
        on=permitted,
        signed=Signed("118/QĐ-UBND", permitted, CHAIR, "Chủ tịch"),
        now=now,
    )
    open_school(
        actor=actor,
        data=SchoolData(
            code=f"{school_code[:3]}{COMING}",
            name="Trường TH Ánh Dương",
            short_name="TH Ánh Dương",
            school_type="PRIMARY",
            levels=("TH",),
            parent_id=place.unit_id,
            area_id=place.area_id,
            founding=Signed("131/QĐ-UBND", today - timedelta(days=9), CHAIR, "Chủ tịch"),
        ),
        starts_on=today + timedelta(days=60),
        now=now,
    )
