"""Reads of areas: public facts, so nobody's scope."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from khuevan.kernel.vietnamese import fold
from khuevan.platform.areas.models import Area, AreaKind


def areas_on(on: date) -> QuerySet[Area]:
    """Return every area that existed on a day, in Vietnamese order."""
    held = Q(ends_on__isnull=True) | Q(ends_on__gt=on)
    return Area.objects.filter(held, starts_on__lte=on).order_by("sort_key", "code")


def provinces(on: date) -> QuerySet[Area]:
    """Return the provinces of a day, in Vietnamese order."""
    return areas_on(on).filter(kind=AreaKind.PROVINCE)


def areas_named(text: str, on: date) -> QuerySet[Area]:
    """Return the areas of a day whose name contains a text, whatever its case and diacritics."""
    return areas_on(on).filter(search_name__contains=fold(text))
