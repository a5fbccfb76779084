"""Where pupils live on a day, from their dated addresses.

Both forms below say the same: the current residence of the day, else the permanent one, and of
several the one that began last.
"""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.db.models import F, OuterRef, Q, Subquery

from khuevan.kernel.periods import not_over
from khuevan.platform.areas.api import Standing, standing_on
from khuevan.registry.people.api import Address, AddressKind

KINDS = (AddressKind.CURRENT, AddressKind.PERMANENT)
"""Where somebody lives, by the first that is known; the order of their codes too."""

HOME_AT = f"""(
    SELECT a.area_id FROM people_address a
    WHERE a.person_id = {{person}} AND a.kind IN ('{KINDS[0].value}', '{KINDS[1].value}')
        AND (a.starts_on IS NULL OR a.starts_on <= {{day}})
        AND (a.ends_on IS NULL OR a.ends_on > {{day}})
    ORDER BY a.kind, a.starts_on DESC NULLS LAST, a.id DESC LIMIT 1
)"""  # noqa: S608 (constants of this module)
"""The area in which a person lives on a day, in SQL."""

MOVES = f"""
    SELECT e.id, moved.day FROM e
        JOIN people_address a ON a.person_id = e.person_id
            AND a.kind IN ('{KINDS[0].value}', '{KINDS[1].value}')
        CROSS JOIN LATERAL (VALUES (a.starts_on), (a.ends_on)) AS moved(day)
    WHERE moved.day > e.starts_on AND moved.day < e.ends_on
"""  # noqa: S608 (constants of this module)
"""The days within enrollments `e` on which an address begins or ends."""


_LIVED_IN = """
    WITH RECURSIVE used AS (
        SELECT min(area_id) AS area_id FROM people_address
        UNION ALL
        SELECT (SELECT min(a.area_id) FROM people_address a WHERE a.area_id > used.area_id)
        FROM used WHERE used.area_id IS NOT NULL
    )
    SELECT area_id FROM used WHERE area_id IS NOT NULL
"""
"""Each area that any address names: one look into the index for each, whatever their number."""


def homes_on(on: date) -> dict[int, Standing]:
    """Return the areas in which anybody lives or lived, told as those of a day."""
    with connection.cursor() as cursor:
        cursor.execute(_LIVED_IN)
        ids = [row[0] for row in cursor.fetchall()]
    return standing_on(on, ids)


def home_on(on: date) -> Subquery:
    """Return the area in which the person of an enrollment lives on a day, nothing if unknown."""
    rows = Address.objects.unscoped(because="only narrows rows whose addresses the caller may see")
    began = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
    held = rows.filter(began, not_over(on), person_id=OuterRef("person_id"), kind__in=KINDS)
    return Subquery(
        held.order_by("kind", F("starts_on").desc(nulls_last=True), "-pk").values("area_id")[:1]
    )


__all__ = ["HOME_AT", "KINDS", "MOVES", "home_on", "homes_on"]
