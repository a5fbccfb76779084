"""What of pupils keeps a school or a class from closing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Min
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force, not_over
from khuevan.registry.schools.api import ClassMerge, Holding, HomeroomClass, class_merges, holdings
from khuevan.registry.students.actions.place import place_students
from khuevan.registry.students.models import ClassPlacement, Enrollment
from khuevan.ui.formats import number

_WHY = "whoever closes it is told how many, never who"


def still_enrolled(school_id: int, on: date) -> int:
    """Return how many pupils are at a school on a day or later."""
    rows = Enrollment.objects.unscoped(because=_WHY).filter(not_over(on), school_id=school_id)
    return rows.values("person_id").distinct().count()


def still_placed(class_id: int, on: date) -> int:
    """Return how many pupils sit in a class on a day or later."""
    rows = ClassPlacement.objects.unscoped(because=_WHY).filter(not_over(on))
    return rows.filter(homeroom_class_id=class_id).values("person_id").distinct().count()


def first_enrolled(school_ids: Collection[int]) -> dict[int, date]:
    """Return the day of the first pupil of each school that has or had pupils."""
    rows = Enrollment.objects.unscoped(because=_WHY).filter(school_id__in=school_ids).order_by()
    return dict(rows.values_list("school_id").annotate(day=Min("starts_on")))


def pupils_in_words(count: int) -> str:
    """Return a count of pupils that still are in a place."""
    return ngettext("%(count)s pupil", "%(count)s pupils", count) % {"count": number(count)}


def move_pupils(
    actor: Actor, room: HomeroomClass, into: HomeroomClass, on: date, now: datetime
) -> int:
    """Seat the pupils of a class in the one it merges into, from a day on."""
    rows = ClassPlacement.objects.unscoped(because="each pupil is then locked through the scope")
    uuids = rows.filter(in_force(on), homeroom_class=room).values_list("student__uuid", flat=True)
    classes = dict.fromkeys(uuids, into)
    return place_students(actor=actor, classes=classes, on=on, now=now) if classes else 0


class_merges.register("students", ClassMerge(move_pupils))
holdings.register(
    "students",
    Holding(
        pupils_in_words,
        in_school=still_enrolled,
        in_class=still_placed,
        first_days=first_enrolled,
        order=10,
    ),
)
