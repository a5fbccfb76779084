"""How many pupils have which results by class, school, commune; what isn't settled stands apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from khuevan.kernel.actor import Actor
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School, schools
from khuevan.school.results.models import Becomes, Stage
from khuevan.school.results.permissions import COUNT_RESULTS, VIEW_RESULTS

ONE_DAY = timedelta(days=1)
TOO_FEW = 20
"""Of fewer pupils nothing is told to who may not see their results (ADR 14)."""
_LEVEL = {Stage.TERM_1: "study_1", Stage.YEAR: "study_annual", Stage.AFTER_SUMMER: "study_final"}
_CONDUCT = {
    Stage.TERM_1: "conduct_1",
    Stage.YEAR: "conduct_annual",
    Stage.AFTER_SUMMER: "CASE WHEN conduct_annual = 0 THEN coalesce(conduct_again, 0)"
    " ELSE conduct_annual END",
}
_COUNT = """
SELECT p.{key}, count(*), count(*) FILTER (WHERE s.settled_at IS NOT NULL),
    count(*) FILTER (WHERE s.approved_at IS NOT NULL), {levels}, {conducts}, {outcomes}
FROM students_classplacement p
LEFT JOIN results_settlement s ON s.homeroom_class_id = p.homeroom_class_id AND s.stage = %(stage)s
LEFT JOIN results_yearresult y
    ON y.homeroom_class_id = p.homeroom_class_id AND y.student_id = p.student_id
WHERE p.homeroom_class_id = ANY(%(classes)s)
    AND p.starts_on <= %(on)s AND (p.ends_on IS NULL OR p.ends_on > %(on)s)
GROUP BY p.{key}
"""
_SETTLED = "count(*) FILTER (WHERE s.settled_at IS NOT NULL AND {what} = {value})"


@dataclass(frozen=True, slots=True)
class Tally:
    """Pupils of a class, a school, a commune: how many, how many settled, by what they came to."""

    pupils: int = 0
    settled: int = 0
    approved: int = 0
    study: tuple[int, ...] = (0, 0, 0, 0)
    conduct: tuple[int, ...] = (0, 0, 0, 0)
    becomes: tuple[int, ...] = (0,) * len(Becomes)

    @property
    def waiting(self) -> int:
        """Return of how many nothing is settled yet."""
        return self.pupils - self.settled

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.pupils + other.pupils,
            self.settled + other.settled,
            self.approved + other.approved,
            _sum(self.study, other.study),
            _sum(self.conduct, other.conduct),
            _sum(self.becomes, other.becomes),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table of counts, and whether it may be told to whom it is for."""

    code: str
    name: str
    tally: Tally
    commune: str = ""
    is_told: bool = True
    room: HomeroomClass | None = None
    parts: tuple[str, ...] = field(default=())


def by_class(
    *, actor: Actor, school: School, year: AcademicYear, stage: Stage, level: str
) -> list[Line]:
    """Return the classes of a school in reach with what their pupils came to."""
    rooms = list(
        _rooms(actor, year, level)
        .filter(school=school)
        .select_related("grade_level")
        .order_by("sort_key", "pk")
    )
    found = _tallies([one.pk for one in rooms], "homeroom_class_id", year, stage, actor.today)
    return [Line(str(one.uuid), one.name, found.get(one.pk, Tally()), room=one) for one in rooms]


def by_school(
    *, actor: Actor, year: AcademicYear, stage: Stage, level: str, commune: str = ""
) -> list[Line]:
    """Return the schools in reach with what their pupils came to, by name."""
    rooms = list(_rooms(actor, year, level).values_list("pk", flat=True))
    found = _tallies(rooms, "school_id", year, stage, actor.today)
    seen = actor.reach(VIEW_RESULTS, "school")
    rows = schools(actor=actor, on=actor.today, permission=COUNT_RESULTS).filter(pk__in=found)
    if commune:
        rows = rows.filter(area_code=commune)
    lines = [
        Line(
            one.code,
            one.name,
            found[one.pk],
            commune=one.area_name or "",
            is_told=one.pk in seen or found[one.pk].pupils >= TOO_FEW,
            parts=(one.area_code or "",),
        )
        for one in rows
    ]
    return sorted(lines, key=lambda one: (one.commune, one.name))


def by_commune(lines: Iterable[Line]) -> list[Line]:
    """Return the communes of lines of schools."""
    groups: dict[tuple[str, str], list[Line]] = {}
    for one in lines:
        groups.setdefault((one.parts[0], one.commune), []).append(one)
    return [
        Line(
            code,
            name,
            total(some),
            is_told=all(one.is_told for one in some) or total(some).pupils >= TOO_FEW,
            parts=(str(len(some)),),
        )
        for (code, name), some in groups.items()
    ]


def levels_counted(*, actor: Actor, year: AcademicYear) -> list[str]:
    """Return the levels of which there are classes in reach."""
    rows = HomeroomClass.objects.visible_to(actor, COUNT_RESULTS).filter(academic_year=year)
    return list(rows.order_by().values_list("grade_level__level", flat=True).distinct())


def total(lines: Iterable[Line]) -> Tally:
    """Return the sum of lines."""
    return sum((one.tally for one in lines), Tally())


def _rooms(actor: Actor, year: AcademicYear, level: str) -> ScopedQuerySet[HomeroomClass]:
    rows = HomeroomClass.objects.visible_to(actor, COUNT_RESULTS).filter(academic_year=year)
    return rows.filter(grade_level__level=level) if level else rows


def _tallies(
    classes: Sequence[int], key: str, year: AcademicYear, stage: Stage, on: date
) -> dict[int, Tally]:
    def counted(what: str, values: Iterable[int]) -> str:
        return ", ".join(_SETTLED.format(what=what, value=value) for value in values)

    statement = _COUNT.format(
        key=key,
        levels=counted(f"y.{_LEVEL[stage]}", range(4)),
        conducts=counted(f"({_CONDUCT[stage]})", range(4)),
        outcomes=counted("y.becomes", Becomes.values),
    )
    said: dict[str, Any] = {
        "classes": list(classes),
        "stage": int(stage),
        "on": min(max(on, year.starts_on), year.ends_on - ONE_DAY),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, said)
        return {
            row[0]: Tally(row[1], row[2], row[3], row[4:8], row[8:12], row[12:])
            for row in cursor.fetchall()
        }


def _sum(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    return tuple(one + other for one, other in zip(first, second, strict=True))
