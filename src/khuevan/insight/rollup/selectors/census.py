"""A census beside what is known of its day now, and who makes the difference."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum

from khuevan.insight.rollup.models import (
    Census,
    CensusFigure,
    CensusSchool,
    CensusVersion,
)
from khuevan.insight.rollup.places import Place, places_on
from khuevan.insight.rollup.selectors.counting import pupils_by_grade
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.registry.schools.api import GradeLevel
from khuevan.registry.students.api import COUNT_STUDENTS, VIEW_STUDENTS, Enrollment


@dataclass(frozen=True, slots=True)
class Beside:
    """What was frozen and what is known now. Frozen is missing where the school was not due."""

    place: Place
    frozen: int
    now: int
    is_whole: bool

    @property
    def change(self) -> int:
        """Return by how much the day's figure has changed since."""
        return self.now - self.frozen


@dataclass(frozen=True, slots=True)
class Corrected:
    """A pupil counted then and not now, or now and not then, and the row that says why."""

    name: str
    sort_key: str
    is_added: bool
    starts_on: date
    ends_on: date | None
    entry_kind: str
    exit_kind: str


def censuses() -> list[Census]:
    """Return all census days, the newest first, with their versions."""
    found = list(Census.objects.order_by("-on", "level"))
    versions: dict[int, list[CensusVersion]] = {}
    for version in CensusVersion.objects.order_by("-number"):
        versions.setdefault(version.census_id, []).append(version)
    for one in found:
        one.newest_first = versions.get(one.pk, [])
    return found


def due_censuses(*, on: date) -> QuerySet[Census]:
    """Return the census days before a day that were never frozen."""
    waiting = Census.objects.filter(on__lt=on, versions__isnull=True)
    return waiting.order_by("on", "level")


def get_census(uuid: UUID) -> Census:
    """Return a census with its versions or raise `NotFound`: which days are kept is no secret."""
    census = next((one for one in censuses() if one.uuid == uuid), None)
    if census is None:
        raise NotFound
    return census


def beside_now(*, actor: Actor, census: Census, version: CensusVersion) -> list[Beside]:
    """Return each school in reach with its frozen figure and today's knowledge of that day."""
    grades = grades_of(census)
    places = places_on(actor=actor, permission=COUNT_STUDENTS, on=census.on, by_location=False)
    frozen: dict[int, int] = dict(
        CensusFigure.objects.visible_to(actor, COUNT_STUDENTS)
        .filter(version=version)
        .values_list("school_id")
        .annotate(Sum("pupils"))
        .order_by("school_id")
    )
    due = {
        one.school_id: one
        for one in CensusSchool.objects.visible_to(actor, COUNT_STUDENTS).filter(version=version)
    }
    now: dict[int, int] = {}
    for school_id, grade_id, count in pupils_by_grade(actor=actor, on=census.on):
        if grades is None or grade_id in grades:
            now[school_id] = now.get(school_id, 0) + count
    shown = [places[pk] for pk in {*due, *frozen, *now} if pk in places]
    return [
        Beside(
            place,
            frozen.get(place.id, 0),
            now.get(place.id, 0),
            place.id in due and due[place.id].is_whole,
        )
        for place in sorted(shown, key=lambda one: (one.sort_key, one.id))
    ]


def corrected(
    *, actor: Actor, census: Census, version: CensusVersion, school_id: int
) -> list[Corrected]:
    """Return the pupils of a school whose enrollment on the day is known otherwise since then.

    What was known is read from the history of enrollments, up to the number the version counted.
    """
    known = {row.student_id: row for row in known_then(actor, version, school_id, census.on)}
    rows = (
        Enrollment.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(school_id=school_id)
        .select_related("person")
        .order_by("student_id", "starts_on")
    )
    current: dict[int, Any] = {}
    latest: dict[int, Any] = {}
    for row in rows:
        latest[row.student_id] = row
        if row.is_primary and row.starts_on <= census.on and lasts(row, census.on):
            current[row.student_id] = row
    found = [_corrected(current[pk], is_added=True) for pk in current.keys() - known.keys()]
    gone = known.keys() - current.keys()
    found += [_corrected(latest[pk], is_added=False) for pk in gone if pk in latest]
    return sorted(found, key=lambda one: (one.sort_key, one.starts_on))


def known_then(actor: Actor, version: CensusVersion, school_id: int, on: date) -> Iterable[Any]:
    """Return a school's main enrollments of a day as they were known when a version froze."""
    history: Any = Enrollment._meta.get_field("history").related_model
    rows = (
        history.objects.visible_to(actor, VIEW_STUDENTS)
        .filter(school_id=school_id, pgh_id__lte=version.history_until)
        .order_by("pgh_obj_id", "-pgh_id")
        .distinct("pgh_obj_id")
    )
    return [
        row
        for row in rows
        if row.pgh_label != "delete" and row.is_primary and row.starts_on <= on and lasts(row, on)
    ]


def lasts(row: Any, on: date) -> bool:
    """Return whether a row that began has not ended by a day."""
    return row.ends_on is None or row.ends_on > on


def _corrected(row: Any, *, is_added: bool) -> Corrected:
    return Corrected(
        row.person.full_name,
        row.sort_key,
        is_added,
        row.starts_on,
        row.ends_on,
        row.get_entry_kind_display(),
        row.get_exit_kind_display() if row.exit_kind else "",
    )


def grades_of(census: Census) -> set[int] | None:
    """Return the grades a census counts; None is all, pupils outside classes too."""
    if not census.level:
        return None
    return set(GradeLevel.objects.filter(level=census.level).values_list("pk", flat=True))


__all__ = [
    "Beside",
    "Corrected",
    "beside_now",
    "censuses",
    "corrected",
    "due_censuses",
    "get_census",
]
