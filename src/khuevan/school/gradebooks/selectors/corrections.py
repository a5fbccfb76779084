"""Corrections of marks: who confirms, what waits for somebody, what was changed and by whom."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.accounts.api import Person
from khuevan.registry.staff.api import DutyKind, HomeroomAssignment, StaffLeave, Substitution
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.school.gradebooks.correction_rules import InCharge, Standing
from khuevan.school.gradebooks.models import (
    Correction,
    CorrectionState,
    Gradebook,
    Mark,
    MarkVersion,
)
from khuevan.school.gradebooks.permissions import (
    CONFIRM_CORRECTIONS,
    DECIDE_CORRECTIONS,
    VIEW_MARKS,
)
from khuevan.school.gradebooks.slots import How, Slot

BECAUSE = "of a gradebook that the actor reached"
SHOWN = ("student__person", "gradebook", "homeroom_class__grade_level", "school")
PEOPLE = ("asked_by", "confirmed_by", "decided_by")


def in_charge_of(room_id: int, on: date) -> InCharge:
    """Return who may confirm for a class on a day: its teacher unless away, and who stands in.

    Four queries at most.
    """
    rows = HomeroomAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id=room_id
    )
    teacher = rows.values_list("person_id", flat=True).first()
    standing_in = Substitution.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id=room_id, duty=DutyKind.HOMEROOM
    )
    instead = frozenset(standing_in.values_list("person_id", flat=True))
    if teacher is not None:
        away = StaffLeave.objects.unscoped(because=BECAUSE).filter(in_force(on), person_id=teacher)
        if away.exists():
            teacher = None
    return InCharge(teacher, instead)


def standing_of(one: Correction) -> Standing:
    """Return a correction as far as the rules ask."""
    return Standing(CorrectionState(one.state), one.asked_by_id, one.confirmed_by_id)


def corrections(actor: Actor, permission: Permission = VIEW_MARKS) -> ScopedQuerySet[Correction]:
    """Return the corrections in reach with all that a line shows, newest first."""
    rows = Correction.objects.visible_to(actor, permission)
    return rows.select_related(*SHOWN, *PEOPLE).order_by("-asked_at", "-pk")


def get_correction_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_MARKS) -> Correction:
    """Return a correction in reach or raise `NotFound`."""
    return corrections(actor, permission).one(uuid)


def waiting_for(actor: Actor) -> QuerySet[Correction]:
    """Return what waits for this person: to confirm for a class, or to decide."""
    confirms = Correction.objects.visible_to(actor, CONFIRM_CORRECTIONS).filter(
        state=CorrectionState.ASKED
    )
    decides = Correction.objects.visible_to(actor, DECIDE_CORRECTIONS).filter(
        state=CorrectionState.CONFIRMED
    )
    keys = {
        *confirms.exclude(asked_by_id=actor.person_id).values_list("pk", flat=True),
        *decides.values_list("pk", flat=True),
    }
    rows = Correction.objects.unscoped(because="reached above").filter(pk__in=keys)
    return rows.select_related(*SHOWN, *PEOPLE).order_by("asked_at", "pk")


def asked_by(actor: Actor, *, most: int) -> list[Correction]:
    """Return what this person asked for, newest first."""
    if actor.person_id is None:
        return []
    rows = Correction.objects.unscoped(because="one's own").filter(asked_by_id=actor.person_id)
    return list(rows.select_related(*SHOWN, *PEOPLE).order_by("-asked_at", "-pk")[:most])


@dataclass(frozen=True, slots=True)
class Stood:
    """A value that stood, or stands, in a cell."""

    value: int
    version: int
    at: datetime
    how: How
    by: Person | None
    correction: Correction | None = None


def history_of(book: Gradebook, student: Student, slot: Slot) -> list[Stood]:
    """Return every value of a cell of a reached gradebook, newest first: four queries."""
    cell = {
        "gradebook_id": book.pk,
        "student_id": student.pk,
        "slot": slot,
        "year": book.year,
    }
    found: list[Mark | MarkVersion] = [
        *Mark.objects.unscoped(because=BECAUSE).filter(**cell),
        *MarkVersion.objects.unscoped(because=BECAUSE).filter(**cell),
    ]
    people = Person.objects.unscoped(because=BECAUSE).in_bulk(
        {one.by_id for one in found if one.by_id is not None}
    )
    done = {one.base + 1: one for one in of_cell(book, student, slot) if one.state == "DONE"}
    return [
        Stood(
            one.value,
            one.version,
            one.at,
            How(one.how),
            people.get(one.by_id) if one.by_id is not None else None,
            done.get(one.version) if one.how == How.CORRECTED else None,
        )
        for one in sorted(found, key=lambda one: -one.version)
    ]


def of_cell(book: Gradebook, student: Student, slot: Slot) -> list[Correction]:
    """Return the corrections of a cell of a reached gradebook, newest first."""
    rows = Correction.objects.unscoped(because=BECAUSE).filter(
        gradebook=book, student=student, slot=slot
    )
    return list(rows.select_related(*SHOWN, *PEOPLE).order_by("-asked_at", "-pk"))


def standing_mark(book: Gradebook, student: Student, slot: Slot) -> Mark | None:
    """Return what stands in a cell of a reached gradebook."""
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, student_id=student.pk, slot=slot, year=book.year
    )
    return rows.first()


def column_values(book: Gradebook, slot: Slot) -> dict[int, int]:
    """Return what stands in a column of a reached gradebook, by pupil: one query."""
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        gradebook_id=book.pk, year=book.year, slot=slot
    )
    return dict(rows.values_list("student_id", "value"))


def pupil_of(book: Gradebook, uuid: UUID) -> Student | None:
    """Return a pupil who is or was in the class of a reached gradebook."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        homeroom_class_id=book.homeroom_class_id, student__uuid=uuid
    )
    found = rows.select_related("student__person").first()
    return found.student if found else None


def done_counts(rows: QuerySet[Correction]) -> dict[int, int]:
    """Return how many marks of each class were corrected: one query."""
    counted = rows.filter(state=CorrectionState.DONE).order_by().values("homeroom_class_id")
    return dict(counted.annotate(n=Count("pk")).values_list("homeroom_class_id", "n"))


def per_pupil(done: Collection[Correction]) -> list[tuple[Student, str, int]]:
    """Return how many marks of each pupil were corrected, by subject, in the order of names."""
    counted: dict[tuple[int, str], int] = {}
    pupils: dict[int, Student] = {}
    for one in done:
        pupils[one.student_id] = one.student
        key = one.student_id, one.gradebook.subject_name
        counted[key] = counted.get(key, 0) + 1
    return [
        (pupils[student], subject, count)
        for (student, subject), count in sorted(
            counted.items(), key=lambda pair: (pupils[pair[0][0]].person.sort_key, pair[0][1])
        )
    ]
