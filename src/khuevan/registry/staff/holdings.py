"""What of staff keeps a school or a campus from closing."""

from __future__ import annotations

from datetime import date

from django.utils.translation import ngettext

from khuevan.kernel.periods import not_over
from khuevan.registry.schools.api import Holding, holdings
from khuevan.registry.staff.models import Appointment
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


holdings.register(
    "staff",
    Holding(staff_in_words, in_school=still_appointed, in_campus=still_at_campus, order=20),
)
