"""Reading staff."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.staff.models import Appointment, HomeroomAssignment
from khuevan.registry.staff.permissions import VIEW_STAFF


def appointments(*, actor: Actor, on: date) -> ScopedQuerySet[Appointment]:
    """Return the appointments in reach that hold on a date, with the person, by name."""
    return (
        Appointment.objects.visible_to(actor, VIEW_STAFF)
        .filter(starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .select_related("person", "staff_member")
        .order_by("person__sort_key", "pk")
    )


def homeroom_teachers(class_ids: list[int], *, on: date) -> dict[int, str]:
    """Return class id to the homeroom teacher's name on a date; it is no secret in a school."""
    rows = (
        HomeroomAssignment.objects.unscoped(
            because="the caller reached these classes through a scope"
        )
        .filter(homeroom_class_id__in=class_ids, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on))
        .select_related("person")
    )
    return {row.homeroom_class_id: row.person.full_name for row in rows}
