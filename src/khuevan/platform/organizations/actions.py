"""Creating units and moving them in the tree."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from khuevan.kernel.vietnamese import fold, text_sort_key
from khuevan.platform.organizations.models import OrgUnit, OrgUnitVersion


@transaction.atomic
def create_unit(
    *,
    code: str,
    kind: str,
    name: str,
    short_name: str,
    parent_id: int | None,
    area_id: int | None,
    starts_on: date,
) -> OrgUnit:
    """Create a unit with its first name and place; a step inside the caller's action, which checks who may."""
    unit = OrgUnit.objects.create(code=code, kind=kind)
    OrgUnitVersion.objects.create(
        unit=unit,
        name=name,
        short_name=short_name,
        search_name=fold(name),
        sort_key=text_sort_key(name),
        parent_id=parent_id,
        area_id=area_id,
        starts_on=starts_on,
    )
    return unit
