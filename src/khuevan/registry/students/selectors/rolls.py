"""Lists of pupils, always for somebody: a class, a school, everybody in reach."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, ExtractYear, Mod, Substr

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force, not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import fold, match_key
from khuevan.registry.people.api import VIEW_DOUBTS
from khuevan.registry.schools.api import HomeroomClass
from khuevan.registry.students.models import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    Student,
    StudyBreak,
)
from khuevan.registry.students.permissions import VIEW_STUDENTS

LAST = "~"
"""Sorts behind every class: pupils without one."""

_TOLD_YEAR = Q(told_year__gt=F("known_year")) | Q(told_year__lt=F("known_year"))
_TOLD_SEX = Q(person__sex="MALE", told_sex=1) | Q(person__sex="FEMALE", told_sex=0)

DOUBTS = "contradictions"
LACKING: dict[str, Q] = {
    "personal-number": Q(person__personal_number__isnull=True),
    "birth-date": Q(person__birth_date__isnull=True),
    "ethnicity": Q(person__ethnicity_code=""),
    "guardian-phone": Q(has_phone=False),
    "unplaced": Q(class_id__isnull=True, on_leave_now=False),
    DOUBTS: _TOLD_SEX | _TOLD_YEAR,
}
"""What a record lacks, or holds against itself: conditions on `on_roll`."""

RECORD_FACTS = ("personal-number", "birth-date", "ethnicity", "guardian-phone")
LACKING["records"] = reduce(or_, (LACKING[fact] for fact in RECORD_FACTS))
"""Any of these gaps makes a record incomplete."""

_OF_PEOPLE = {
    "personal-number": Q(person__personal_number__isnull=True),
    "birth-date": Q(person__birth_date__isnull=True),
    "ethnicity": Q(person__ethnicity_code=""),
    DOUBTS: Q(person__number_doubts__gt=0),
}
"""What of `LACKING` a person alone tells; all who are kept there are among these."""
MOST_LACKING = 10_000
"""More than these are soon met by whoever walks a list."""


def class_roll(
    *, actor: Actor, homeroom_class: HomeroomClass, on: date, permission: Permission = VIEW_STUDENTS
) -> ScopedQuerySet[ClassPlacement]:
    """Return the placements of a class on a date with pupil and person, in the order of names."""
    return (
        ClassPlacement.objects.visible_to(actor, permission)
        .filter(in_force(on), homeroom_class=homeroom_class)
        .select_related("student", "person", "grade_level")
        .order_by("sort_key", "student_id")
    )


def school_roll(
    *, actor: Actor, on: date, school_id: int | None = None, permission: Permission = VIEW_STUDENTS
) -> ScopedQuerySet[ClassPlacement]:
    """Return the placements in reach on a date, of one school when given, in the order of names."""
    rows = (
        ClassPlacement.objects.visible_to(actor, permission)
        .filter(in_force(on))
        .select_related("student", "person", "homeroom_class")
        .order_by("sort_key", "student_id")
    )
    return rows.filter(school_id=school_id) if school_id is not None else rows


def enrolled(
    *,
    actor: Actor,
    on: date,
    school_id: int | None = None,
    permission: Permission = VIEW_STUDENTS,
    beside: Collection[int] = (),
) -> ScopedQuerySet[Any]:
    """Return the main enrollments in reach on a date: the rows of `on_roll`, nothing joined.

    Of the schools `beside` also those who study there beside their main school.
    """
    rows = Enrollment.objects.visible_to(actor, permission).filter(in_force(on))
    if school_id is not None:
        rows = rows.filter(school_id=school_id)
    kept = Q(is_primary=True)
    return rows.filter(kept | Q(school_id__in=beside) if beside else kept)


def listed_beside(
    actor: Actor, school_id: int | None = None, permission: Permission = VIEW_STUDENTS
) -> frozenset[int]:
    """Return the school of which a list tells who studies there beside the main school.

    A list of several schools names each pupil once, at the main one.
    """
    reach = actor.reach(permission, "school")
    if school_id is not None:
        return frozenset({school_id} if school_id in reach else ())
    return reach.ids if not reach.everything and len(reach.ids) == 1 else frozenset()


def on_roll(
    *,
    actor: Actor,
    on: date,
    school_id: int | None = None,
    permission: Permission = VIEW_STUDENTS,
    beside: Collection[int] = (),
) -> ScopedQuerySet[Any]:
    """Return the pupils in reach on a date, each once, with person, school and class if any.

    The rows are enrollments: a pupil without a class is on roll too. `placement` is the class
    placement of the day; narrow by `class_id`, `class_uuid`, `grade_code` and `level`. `beside`
    as in `enrolled`: such a row is not `is_primary`, and its `placement` is of the main school.
    """
    sits = in_force(on, "student__placements")
    return (
        enrolled(actor=actor, on=on, school_id=school_id, permission=permission, beside=beside)
        .annotate(
            placement=FilteredRelation("student__placements", condition=sits),
            class_key=Coalesce("placement__homeroom_class__sort_key", Value(LAST)),
            is_away=away(on),
        )
        .alias(  # a filter through `placement` itself would join the table once more each time
            class_id=F("placement__homeroom_class_id"),
            grade_id=Coalesce(
                "placement__grade_level_id", "placement__homeroom_class__grade_level_id"
            ),
            class_uuid=F("placement__homeroom_class__uuid"),
            grade_code=Coalesce(
                "placement__grade_level__code", "placement__homeroom_class__grade_level__code"
            ),
            level=F("placement__homeroom_class__grade_level__level"),
        )
        .select_related(
            "student",
            "person",
            "placement__homeroom_class",
            "placement__grade_level",
        )
    )


def lacking(
    rows: QuerySet[Any], what: str, *, actor: Actor, on: date, is_wide: bool = False
) -> QuerySet[Any]:
    """Keep the pupils of `on_roll` whose record lacks something named in `LACKING`.

    `is_wide` lists of a whole province look for few first: the order of names would be walked to
    its end for them.

    What a number denies is told of the schools of which the actor may see it. Only the main
    school completes a record, so only its pupils lack something.
    """
    kept: QuerySet[Any] = rows.alias(**lacking_facts(on)).filter(LACKING[what], is_primary=True)
    if is_wide and actor.reach(VIEW_STUDENTS, "school").everything:
        few = _people_lacking(what)
        kept = kept if few is None else kept.filter(person_id__in=few)
    return where_doubts_show(kept, actor) if what == DOUBTS else kept


def _people_lacking(what: str) -> list[int] | None:
    """Return the persons of all pupils, former ones too, who may lack it; None of too many."""
    if what not in _OF_PEOPLE:
        return None
    rows = Student.objects.unscoped(because="only narrows rows in reach").filter(_OF_PEOPLE[what])
    found = list(rows.order_by().values_list("person_id", flat=True)[: MOST_LACKING + 1])
    return found if len(found) <= MOST_LACKING else None


def where_doubts_show(rows: QuerySet[Any], actor: Actor) -> QuerySet[Any]:
    """Keep the enrollments in schools of which the actor may see what numbers deny."""
    reach = actor.reach(VIEW_DOUBTS, "school")
    return rows if reach.everything else rows.filter(school_id__in=reach.ids)


def lacking_facts(on: date) -> dict[str, Any]:
    """Return what the conditions of `LACKING` ask about an enrollment, as aliases of its query.

    `class_id`, which they ask about too, is the caller's: each joins the placement its own way.
    """
    return {
        "has_phone": Exists(_reachable_guardians(on)),
        "on_leave_now": away(on),
        "told_sex": Mod(_digits(4, 1), Value(2), output_field=IntegerField()),
        "told_year": 1900 + _digits(4, 1) / 2 * 100 + _digits(5, 2),
        "known_year": Cast(ExtractYear("person__birth_date"), IntegerField()),
    }


def away(on: date) -> Exists:
    """Return whether the outer enrollment's pupil is on leave on a day."""
    rows = StudyBreak.objects.unscoped(because="only whether one exists; the outer query is scoped")
    return Exists(rows.filter(in_force(on), student_id=OuterRef("student_id")))


def studying(
    *, actor: Actor, on: date, school_id: int | None = None, permission: Permission = VIEW_STUDENTS
) -> ScopedQuerySet[Any]:
    """Return the main enrollments of a day whose pupils are not on leave: the studying."""
    rows = enrolled(actor=actor, on=on, school_id=school_id, permission=permission)
    return rows.exclude(away(on))


def _reachable_guardians(on: date) -> ScopedQuerySet[Guardianship]:
    """Return whether the outer pupil has a guardian with a phone: a yes or no, never the number."""
    holds = not_over(on)
    return (
        Guardianship.objects.unscoped(because="only whether one exists; the outer query is scoped")
        .filter(holds, student_id=OuterRef("student_id"))
        .exclude(guardian__phone="", told_phone="")
    )


def _digits(start: int, length: int) -> Cast:
    return Cast(Substr("person__personal_number", start, length), IntegerField())


def namesakes(
    *,
    actor: Actor,
    school_id: int,
    full_name: str,
    birth_date: date | None,
    on: date,
    but: UUID | None = None,
) -> list[Any]:
    """Return the pupils of a school with this name and birth date, save one."""
    same = on_roll(actor=actor, on=on, school_id=school_id).filter(
        person__search_name=fold(full_name), person__birth_date=birth_date
    )
    key = match_key(full_name)
    found = same.exclude(student__uuid=but) if but else same
    return [row for row in found if match_key(row.person.full_name) == key]
