"""Reads of areas: public facts, so nobody's scope."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet

from khuevan.kernel.periods import in_force
from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.models import Area, AreaKind, AreaSuccession


def areas_on(on: date) -> QuerySet[Area]:
    """Return every area that existed on a day, in Vietnamese order."""
    return Area.objects.filter(in_force(on)).order_by("sort_key", "code")


def provinces(on: date) -> QuerySet[Area]:
    """Return the provinces of a day, in Vietnamese order."""
    return areas_on(on).filter(kind=AreaKind.PROVINCE)


def districts_of(province_code: str, on: date) -> QuerySet[Area]:
    """Return the districts of a province on a day, in Vietnamese order: none since 1/7/2025."""
    return areas_on(on).filter(kind=AreaKind.DISTRICT, parent_code=province_code)


def communes_of(code: str, on: date) -> QuerySet[Area]:
    """Return the communes of a province, or of a district, on a day, in Vietnamese order."""
    above = [code, *districts_of(code, on).values_list("code", flat=True)]
    return areas_on(on).filter(kind=AreaKind.COMMUNE, parent_code__in=above)


def successors_of(former_code: str, *, on: date) -> QuerySet[Area]:
    """Return the communes that a commune went into on a day of change, in Vietnamese order."""
    pairs = AreaSuccession.objects.filter(former_code=former_code, on=on)
    return areas_on(on).filter(kind=AreaKind.COMMUNE, code__in=pairs.values("code"))


def predecessors_of(code: str, *, on: date) -> QuerySet[Area]:
    """Return the communes that a commune was made of on a day of change, in Vietnamese order."""
    pairs = AreaSuccession.objects.filter(code=code, on=on)
    before = areas_on(on - timedelta(days=1))
    return before.filter(kind=AreaKind.COMMUNE, code__in=pairs.values("former_code"))


def areas_named(text: str, on: date) -> QuerySet[Area]:
    """Return the areas of a day whose name contains a text, whatever its case and diacritics."""
    return areas_on(on).filter(search_name__contains=fold(text))
