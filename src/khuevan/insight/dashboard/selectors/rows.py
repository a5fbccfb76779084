"""What stands behind a figure: its parts by unit, school and class, then the pupils it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q

from khuevan.insight.dashboard.figures import Figure
from khuevan.insight.dashboard.rules import Totals
from khuevan.insight.dashboard.selectors.groups import on_roll
from khuevan.insight.dashboard.selectors.places import SchoolPlace
from khuevan.insight.dashboard.selectors.snapshot import Snapshot
from khuevan.kernel.actor import Actor
from khuevan.registry.students.api import (
    DOUBTS,
    LACKING,
    RECORD_FACTS,
    VIEW_STUDENTS,
    where_doubts_show,
)
from khuevan.ui.tables import open_cursor

PAGE_SIZE = 50
BY_NAME = ("sort_key", "pk")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a figure: where, and the totals it is computed from."""

    label: str
    totals: Totals
    narrow: Mapping[str, str]
    """What narrows the figure's address to this part; nothing where it can't go deeper."""
    class_uuid: UUID | None = None
    school_code: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a figure at one grain: unit, school or class."""

    grain: str
    rows: list[Part]


@dataclass(frozen=True, slots=True)
class LackingPupil:
    """A pupil behind a figure: who, where, and what the record lacks."""

    enrollment_id: int
    student_uuid: UUID
    name: str
    sort_key: str
    class_name: str
    lacks: tuple[str, ...]


def parts_of(figure: Figure, snapshot: Snapshot) -> Parts:
    """Return a figure's parts one grain below what the scope asks for."""
    schools = list(snapshot.by_school.items())
    if not snapshot.scope.school and not snapshot.scope.unit and len(snapshot.by_manager) > 1:
        managers = snapshot.by_manager.items()
        return Parts(
            "unit", [Part(name, totals, {"unit": code}) for (code, name), totals in managers]
        )
    if len(schools) > 1 or figure.code in ("staff", "schools"):
        return Parts("school", [_school_part(figure, school, totals) for school, totals in schools])
    return Parts("class", _class_parts(snapshot))


def only_school(snapshot: Snapshot) -> SchoolPlace | None:
    """Return the one school of the scope, if it is one."""
    schools = list(snapshot.by_school)
    return schools[0] if len(schools) == 1 else None


def lacking_pupils(
    *, actor: Actor, figure: Figure, school_id: int, on: date, level: str = "", after: str = ""
) -> list[LackingPupil]:
    """Return a page (and one more) of a school's pupils whom a figure lacks, in name order.

    Only pupils whose records the actor may see. `after` is the sealed place of the last one shown.
    """
    rows: Any = on_roll(
        actor=actor, on=on, school_ids=[school_id], permission=VIEW_STUDENTS
    ).filter(LACKING[figure.lacking])
    if figure.lacking == DOUBTS:
        rows = where_doubts_show(rows, actor)
    if level:
        rows = rows.filter(seat__homeroom_class__grade_level__level=level)
    place = open_cursor(after, BY_NAME)
    if place is not None:
        key, last = place[1]
        rows = rows.filter(Q(sort_key__gte=key) & (Q(sort_key__gt=key) | Q(pk__gt=last)))
    found = (
        rows.annotate(class_name=F("seat__homeroom_class__name"), phone_known=F("has_phone"))
        .select_related("person", "student")
        .order_by(*BY_NAME)[: PAGE_SIZE + 1]
    )
    return [lacking_pupil(row) for row in found]


def lacking_pupil(row: Any) -> LackingPupil:
    """Return what is shown of an enrollment annotated with `class_name` and `phone_known`."""
    person = row.person
    has = {
        "personal-number": person.personal_number is not None,
        "birth-date": person.birth_date is not None,
        "ethnicity": bool(person.ethnicity_code),
        "guardian-phone": row.phone_known,
    }
    return LackingPupil(
        enrollment_id=row.pk,
        student_uuid=row.student.uuid,
        name=person.full_name,
        sort_key=person.sort_key,
        class_name=row.class_name or "",
        lacks=tuple(fact for fact in RECORD_FACTS if not has[fact]),
    )


def _school_part(figure: Figure, school: SchoolPlace, totals: Totals) -> Part:
    is_last = figure.code in ("staff", "schools")
    return Part(school.name, totals, {} if is_last else {"school": school.code})


def _class_parts(snapshot: Snapshot) -> list[Part]:
    parts = [
        Part(at.name, totals, {}, at.uuid, school.code) for school, at, totals in snapshot.classes
    ]
    outside = [cell.totals for cell in snapshot.cells if cell.at is None and cell.totals.unplaced]
    return [*parts, *(Part("", totals, {}) for totals in outside)]
