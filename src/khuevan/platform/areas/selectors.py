"""Reads of areas: public facts, so nobody's scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.models import Area, AreaKind


def areas_on(on: date) -> QuerySet[Area]:
    """Return every area that existed on a day, in Vietnamese order."""
    held = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return Area.objects.filter(held, starts_on__lte=on).order_by("sort_key", "code")


def area_on(code: str, on: date) -> Area:
    """Return the area that bore a code on a day.

    :raises NotFound: if none did
    """
    area = areas_on(on).filter(code=code).first()
    if area is None:
        raise NotFound
    return area


def provinces(on: date) -> QuerySet[Area]:
    """Return the provinces of a day, in Vietnamese order."""
    return areas_on(on).filter(kind=AreaKind.PROVINCE)


def communes_of(province_code: str, on: date) -> QuerySet[Area]:
    """Return the communes of a province on a day, in Vietnamese order."""
    return areas_on(on).filter(kind=AreaKind.COMMUNE, parent_code=province_code)


def areas_named(text: str, on: date) -> QuerySet[Area]:
    """Return the areas of a day whose name contains a text, whatever its case and diacritics."""
    return areas_on(on).filter(search_name__contains=fold(text))


def birth_registration_province(personal_number: str) -> Area | None:
    """Return the province that the first three digits of a personal number name, if they name one.

    The digits are those of the 63 provinces; a number given since 1 July 2025 bears one of the
    34 codes that remained.
    """
    if not personal_number.startswith("0"):
        return None
    code = personal_number[1:3]
    return Area.objects.filter(code=code, kind=AreaKind.PROVINCE).order_by("starts_on").first()
