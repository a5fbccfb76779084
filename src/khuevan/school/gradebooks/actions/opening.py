"""Opening the gradebooks that the plans of classes need; one that stands is left as it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.curriculum.api import (
    ClassSubject,
    assessment_of_subject,
    component_in_programme,
    opening_day,
)
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School, class_names
from khuevan.school.assessments.api import AssessmentRules, Book, assessment_rules
from khuevan.school.gradebooks import audit_codes
from khuevan.school.gradebooks.errors import NothingPlanned
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import MANAGE_BOOKS
from khuevan.school.gradebooks.shapes import (
    BookShape,
    PlannedSubject,
    preschool_books,
    primary_books,
    secondary_books,
)

PRESCHOOL = "MN"
CLASSES_AT_ONCE = 1000
BECAUSE = "of classes whose gradebooks the actor opens"


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of the classes of a school."""

    made: int
    planless: tuple[str, ...]
    """Names of the classes without a plan."""


@transaction.atomic
def open_books(*, actor: Actor, school: School, year: AcademicYear, now: datetime) -> Opened:
    """Open the gradebooks which the plans of a school's classes need and which aren't there.

    :raises NotFound: when the actor doesn't keep this school's gradebooks
    :raises NothingPlanned: when no class has a plan
    """
    if school.pk not in actor.reach(MANAGE_BOOKS, "school"):
        raise NotFound
    rooms = list(
        class_names(actor=actor, year=year, permission=MANAGE_BOOKS)
        .filter(school=school)
        .select_related("grade_level")
        .select_for_update(of=("self",), no_key=True)
    )
    made, planless = _open(rooms, year)
    if len(planless) == len(rooms):
        raise NothingPlanned
    if made:
        record(
            audit_codes.BOOKS_OPENED,
            actor=actor,
            at=now,
            unit_id=school.pk,
            details={"count": made},
        )
    return Opened(made, planless)


@transaction.atomic
def bulk_open_books(*, actor: Actor, year: AcademicYear, now: datetime) -> int:
    """Open the gradebooks of all classes in reach, for a province; return how many."""
    rooms = class_names(actor=actor, year=year, permission=MANAGE_BOOKS)
    keys = list(rooms.order_by("school_id", "pk").values_list("pk", flat=True))
    made = 0
    for first in range(0, len(keys), CLASSES_AT_ONCE):
        found = rooms.filter(pk__in=keys[first : first + CLASSES_AT_ONCE])
        made += _open(list(found.select_related("grade_level")), year)[0]
    if made:
        record(audit_codes.BOOKS_OPENED, actor=actor, at=now, details={"count": made})
    return made


def _open(rooms: Sequence[HomeroomClass], year: AcademicYear) -> tuple[int, tuple[str, ...]]:
    _add_year(year)
    plans: defaultdict[int, list[ClassSubject]] = defaultdict(list)
    rows = ClassSubject.objects.unscoped(because=BECAUSE).filter(homeroom_class__in=rooms)
    for row in rows.order_by("pk"):
        plans[row.homeroom_class_id].append(row)
    there = set(
        Gradebook.objects.unscoped(because=BECAUSE)
        .filter(homeroom_class__in=rooms)
        .values_list("homeroom_class_id", "subject_name", "form")
    )
    rules: dict[str, AssessmentRules | None] = {}
    new = [
        book
        for room in rooms
        for book in _books(room, plans[room.pk], year, rules)
        if (book.homeroom_class_id, book.subject_name, book.form) not in there
    ]
    write_new(new)
    return len(new), tuple(
        room.name for room in rooms if not plans[room.pk] and room.grade_level.level != PRESCHOOL
    )


def _books(
    room: HomeroomClass,
    plan: Sequence[ClassSubject],
    year: AcademicYear,
    known: dict[str, AssessmentRules | None],
) -> Iterator[Gradebook]:
    """Return the gradebooks of a class: none without a plan, or where no circular is known."""
    code = room.grade_level.code
    if not plan and room.grade_level.level != PRESCHOOL:
        return
    if code not in known:
        known[code] = _rules(room, year)
    found = known[code]
    if found is None:
        return
    for shape in _shapes(room, plan, year, found):
        yield build_book(room, year, shape, found.regulation.code)


def _shapes(
    room: HomeroomClass, plan: Sequence[ClassSubject], year: AcademicYear, found: AssessmentRules
) -> list[BookShape]:
    if found.rules.book is Book.DEVELOPMENT:
        return preschool_books(room.grade_level.code)
    grade = grade_number(room.grade_level.code)
    planned = list(_planned(plan, grade, year))
    if found.rules.book is Book.PRIMARY:
        return primary_books(grade, planned)
    return secondary_books(planned, found.rules.secondary)


def grade_number(code: str) -> int:
    """Return the number of a grade, also of continuing education (TX10); 0 in a preschool."""
    return int(code.removeprefix("TX")) if code.removeprefix("TX").isdigit() else 0


def _rules(room: HomeroomClass, year: AcademicYear) -> AssessmentRules | None:
    try:
        return assessment_rules(room.grade_level.level, grade_number(room.grade_level.code), year)
    except NotFound:
        return None


def _planned(
    plan: Iterable[ClassSubject], grade: int, year: AcademicYear
) -> Iterator[PlannedSubject]:
    on = opening_day(year)
    for row in plan:
        assessed = assessment_of_subject(grade, row.subject_name, on)
        part = component_in_programme(grade, row.subject_name, row.kind, on)
        if assessed is None:
            continue
        yield PlannedSubject(
            name=row.subject_name,
            kind=row.kind,
            annual=row.annual,
            component=part.code if part else "",
            form=assessed.form,
            component_name=part.name if part and part.name in part.subjects else "",
            strands=part.strands if part else (),
        )


def build_book(
    room: HomeroomClass, year: AcademicYear, shape: BookShape, regulation: str
) -> Gradebook:
    """Return a gradebook of a class that is not written yet."""
    return Gradebook(
        school_id=room.school_id,
        academic_year=year,
        year=year.starts_on.year,
        homeroom_class=room,
        grade=grade_number(room.grade_level.code),
        subject_name=shape.subject_name,
        parts=list(shape.parts),
        component=shape.component,
        form=shape.form,
        regulation=regulation,
        annual_periods=shape.annual_periods,
        slots=list(shape.slots),
        required=list(shape.required),
        counts_in_overall=shape.counts_in_overall,
    )


def _add_year(year: AcademicYear) -> None:
    """Make the partitions of a year's marks, unless they are there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gradebooks_add_year(%s)", [year.starts_on.year])
