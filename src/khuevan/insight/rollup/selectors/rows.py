"""The rows behind a number: the same conditions on the same day, within the reader's reach."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q

from khuevan.insight.rollup.asked import Asked
from khuevan.insight.rollup.dimensions import (
    CLASSES,
    DIMENSIONS,
    GUARDED,
    PUPILS,
    UNKNOWN,
    Frame,
)
from khuevan.insight.rollup.residence import home_on
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import VIEW_CLASSES, HomeroomClass, academic_year_on, open_on
from khuevan.registry.staff.api import VIEW_STAFF, Appointment
from khuevan.registry.students.api import VIEW_STUDENTS, on_roll

_PERMISSIONS = {PUPILS: VIEW_STUDENTS, CLASSES: VIEW_CLASSES}


def sees_rows(actor: Actor, asked: Asked, schools: Collection[int]) -> bool:
    """Return whether the actor may see every row behind a count of some schools.

    Rows of an ethnic group or a commune of residence tell of each what only some may know.
    """
    needed = [_PERMISSIONS.get(asked.of, VIEW_STAFF)]
    needed += [permission for code, permission in GUARDED.items() if code in asked.codes]
    reaches = [actor.reach(permission, "school") for permission in needed]
    return all(reach.everything or reach.ids.issuperset(schools) for reach in reaches)


def hidden_from(actor: Actor, asked: Asked, schools: Collection[int]) -> set[str]:
    """Return what a count is divided or narrowed by that the actor may not know of each."""
    guarded = asked.codes & GUARDED.keys()
    reaches = {code: actor.reach(GUARDED[code], "school") for code in guarded}
    known = {c for c, one in reaches.items() if one.everything or one.ids.issuperset(schools)}
    return (guarded - known) or guarded


def pupil_rows(*, actor: Actor, asked: Asked, frame: Frame, schools: Collection[int]) -> Any:
    """Return the enrollments behind a number of pupils, each with person and class of the day."""
    rows = on_roll(actor=actor, on=asked.on).filter(school_id__in=schools)
    home = dict(asked.narrow).get("residence")
    if home is not None:
        ids = [pk for pk, one in frame.homes.items() if one.key == home]
        lives = Q(home__isnull=True) if home == UNKNOWN else Q(home__in=ids)
        rows = rows.alias(home=home_on(asked.on)).filter(lives)
    return rows.filter(_person_conditions(asked, frame, _PUPIL_CONDITIONS))


def class_rows(
    *, actor: Actor, asked: Asked, frame: Frame, schools: Collection[int]
) -> ScopedQuerySet[HomeroomClass]:
    """Return the classes behind a number of classes."""
    year = academic_year_on(asked.on)
    rows = HomeroomClass.objects.visible_to(actor, VIEW_CLASSES).filter(
        open_on(asked.on), academic_year=year, school_id__in=schools
    )
    return rows.filter(_person_conditions(asked, frame, _CLASS_CONDITIONS)).select_related(
        "grade_level", "school"
    )


def staff_rows(
    *, actor: Actor, asked: Asked, frame: Frame, schools: Collection[int]
) -> ScopedQuerySet[Appointment]:
    """Return the main appointments behind a number of staff."""
    rows = Appointment.objects.visible_to(actor, VIEW_STAFF).filter(
        in_force(asked.on), is_primary=True, unit_id__in=schools
    )
    return rows.filter(_person_conditions(asked, frame, _STAFF_CONDITIONS)).select_related(
        "person", "staff_member"
    )


_PUPIL_CONDITIONS = {
    "level": "level",
    "grade": "grade_code",
    "sex": "person__sex",
    "ethnicity": "person__ethnicity_code",
}
_CLASS_CONDITIONS = {"level": "grade_level__level", "grade": "grade_level__code"}
_STAFF_CONDITIONS = {
    "sex": "person__sex",
    "ethnicity": "person__ethnicity_code",
    "position": "position",
}


def _person_conditions(asked: Asked, frame: Frame, fields: dict[str, str]) -> Q:
    found = Q()
    for code, value in asked.narrow:
        if DIMENSIONS[code].column in ("school", "residence"):
            continue
        found &= _born(value, frame.year) if code == "age" else _is(fields[code], code, value)
    return found


def _is(field: str, code: str, value: str) -> Q:
    if value != UNKNOWN:
        return Q(**{field: value})
    return Q(class_id__isnull=True) if code in ("level", "grade") else Q(**{field: ""})


def _born(value: str, year: int) -> Q:
    if value == UNKNOWN:
        return Q(person__birth_date__isnull=True, person__birth_year__isnull=True)
    if value == "0":
        told = Q(person__birth_date__isnull=True, person__birth_year__gte=year)
        return Q(person__birth_date__year__gte=year) | told
    born = year - int(value) if value.isdigit() else 0
    told = Q(person__birth_date__isnull=True, person__birth_year=born)
    return Q(person__birth_date__year=born) | told if 0 < born < 9999 else Q(pk__isnull=True)
