"""What of staff keeps a school or a campus from closing, and who works at a campus."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, not_over
from khuevan.registry.schools.api import (
    CampusPeople,
    Holding,
    School,
    campus_people,
    holdings,
)
from khuevan.registry.staff.models import Appointment
from khuevan.registry.staff.permissions import VIEW_STAFF
from khuevan.ui.formats import number


def still_appointed(unit_id: int, on: date) -> int:
    """Return how many people work in a school on a day or later."""
    rows = Appointment.objects.unscoped(because="whoever closes it is told how many, never who")
    return rows.filter(not_over(on), unit_id=unit_id).values("person_id").distinct().count()


def still_at_campus(campus_id: int, on: date) -> int:
    """Return how many people work at a campus on a day or later."""
    rows = Appointment.objects.unscoped(because="whoever closes it is told how many, never who")
    return rows.filter(not_over(on), campus_id=campus_id).values("person_id").distinct().count()


def staff_in_words(count: int) -> str:
    """Return a count of people who still work in a place."""
    return ngettext("%(count)s person", "%(count)s people", count) % {"count": number(count)}


def people_of_campuses(
    actor: Actor, school: School, on: date
) -> dict[int, list[tuple[str, str, str]]]:
    """Return who works at each campus on a day, as far as the actor sees the staff."""
    if not actor.may(VIEW_STAFF):
        return {}
    rows = Appointment.objects.visible_to(actor, VIEW_STAFF).filter(
        in_force(on), unit_id=school.pk, campus__isnull=False
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for row in rows.select_related("person", "staff_member").order_by("person__sort_key", "pk"):
        url = reverse("staff:record", args=[row.staff_member.uuid])
        told = (row.person.full_name, str(row.get_position_display()), url)
        found.setdefault(row.campus_id or 0, []).append(told)
    return found


campus_people.register("staff", CampusPeople(people_of_campuses))
holdings.register(
    "staff",
    Holding(staff_in_words, in_school=still_appointed, in_campus=still_at_campus, order=20),
)
