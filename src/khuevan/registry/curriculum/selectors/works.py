"""Reading what teachers do beside lessons, and in which zone a school lies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.curriculum.load_rules import Taught
from khuevan.registry.curriculum.models import ConvertedWork, Pace, SchoolZone
from khuevan.registry.curriculum.norms import USUAL_ZONE, conversion_label, conversion_row
from khuevan.registry.curriculum.permissions import VIEW_LOADS
from khuevan.registry.schools.api import School

BECAUSE = "of a school that the caller reached, or the reader's own"
TENTHS = 10


def converted_works(*, actor: Actor, school: School) -> ScopedQuerySet[ConvertedWork]:
    """Return the converted work recorded at a school in reach, newest first."""
    rows = ConvertedWork.objects.visible_to(actor, VIEW_LOADS).filter(school=school)
    return rows.select_related("person", "staff_member", "school").order_by("-starts_on", "-pk")


def get_work_for(actor: Actor, uuid: UUID, permission: Permission) -> ConvertedWork:
    """Return converted work with this uuid, or raise `NotFound`."""
    rows = ConvertedWork.objects.visible_to(actor, permission)
    return rows.select_related("person", "staff_member", "school").one(uuid)


def works_in(school_id: int, first: date, last: date) -> ScopedQuerySet[ConvertedWork]:
    """Return the converted work of a school in a span of days."""
    rows = ConvertedWork.objects.unscoped(because=BECAUSE).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=first), school_id=school_id, starts_on__lte=last
    )
    return rows.order_by("starts_on", "pk")


def taught_of(work: ConvertedWork) -> Taught:
    """Return converted work as a load counts it, with its text."""
    row = conversion_row(work.code, work.starts_on)
    label = conversion_label(work.code)
    return Taught(
        f"{label}: {work.what}" if work.what else label,
        Fraction(work.periods),
        Fraction(work.tenths, TENTHS),
        row.source if row else "",
        row.confidence if row else "",
    )


def weekly_works(school_id: int, on: date) -> dict[int, list[Taught]]:
    """Return what is done each week beside lessons on a day, by staff member."""
    found: defaultdict[int, list[Taught]] = defaultdict(list)
    for work in works_in(school_id, on, on):
        if work.pace == Pace.WEEK:
            found[work.staff_member_id].append(taught_of(work))
    return found


def zone_on(school_id: int, on: date) -> int:
    """Return the zone of a school on a day: the third where nobody said."""
    return zones_of([school_id], on).get(school_id, USUAL_ZONE)


def zones_of(school_ids: Iterable[int], on: date) -> dict[int, int]:
    """Return the zones of schools on a day, of those where somebody said."""
    rows = SchoolZone.objects.unscoped(because=BECAUSE).filter(
        in_force(on), school_id__in=list(school_ids)
    )
    return dict(rows.values_list("school_id", "zone"))
