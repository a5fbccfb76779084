"""Rows that change hands between two records, and rows that stand twice."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pgtrigger
from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.access.api import end_derived_grants
from khuevan.registry.duplicates.errors import KeepTheLonger, StandsInTheWay
from khuevan.registry.duplicates.models import PersonMerge
from khuevan.registry.duplicates.rows import Follow, column_of, model_of, rows_of
from khuevan.registry.duplicates.telling import told_row
from khuevan.registry.staff.api import Appointment, appointment_key
from khuevan.registry.students.api import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    GuardianshipLimit,
    Student,
    guardianship_key,
    student_key,
)

PERMANENT, NUMBERS = "students.RegistryNumber:permanent", "students.RegistryNumber.student"
"""A number is never changed otherwise: here alone it follows the pupil whose it is."""
OF_CLASSES = {f"gradebooks.{one}.student" for one in ("Mark", "MarkVersion", "SubjectResult")}
"""Big tables that are found through gradebooks of classes: no index leads from a pupil to them."""
LIMITS, KNOWN = "students.GuardianshipLimit.guardianship", "limits known"
Ends = Collection[tuple[int, int]]
WHY = "rows of two people the caller reached and locked"


@dataclass(slots=True)
class Trail:
    """What a merge moves and removes, for the way back."""

    moved: dict[str, list[Any]] = field(default_factory=dict)
    removed: list[dict[str, Any]] = field(default_factory=list)

    def note(self, link: str, keys: Iterable[Any]) -> None:
        """Remember rows that changed hands."""
        self.moved.setdefault(link, []).extend(keys)

    def remove(self, rows: Iterable[models.Model]) -> None:
        """Delete rows and remember them as they were."""
        for row in rows:
            self.removed += json.loads(serializers.serialize("json", [row]))
            rows_of(type(row)).filter(pk=row.pk).delete()


def move(trail: Trail, link: str, follow: Follow, *, source: int, target: int) -> None:
    """Let the rows of one record be the other's.

    :raises StandsInTheWay: when both have a row that one person can't have twice
    """
    if source == target:
        return
    rows = rows_of(model_of(link)).filter(**{column_of(link): source})
    if link in OF_CLASSES:
        rows = rows.filter(gradebook__homeroom_class__in=_classes_of(trail, source, target))
    found = _held(link, rows, source)
    if follow is Follow.MOVES:
        try:
            _point(link, found, target)
        except IntegrityError as error:
            raise StandsInTheWay(what=told_row(link)) from error
        trail.note(link, _keys_after(link, found, target))
        return
    for key in found:
        try:
            _point(link, [key], target)
        except IntegrityError:  # the kept record has its own
            if follow is Follow.ONCE:
                trail.remove(rows_of(model_of(link)).filter(pk=key))
            continue
        trail.note(link, _keys_after(link, [key], target))


def move_back(link: str, keys: Collection[Any], *, source: int, target: int) -> None:
    """Return rows to the record they came from, those that are still where they were put."""
    held = [tuple(one) if isinstance(one, list) else one for one in keys]
    rows = rows_of(model_of(link)).filter(pk__in=held, **{column_of(link): source})
    _point(link, list(rows.values_list("pk", flat=True)), target)


def _keys_after(link: str, keys: Collection[Any], target: int) -> list[Any]:
    """Return the keys that rows have once they are the other record's, which may be part of it."""
    parts = [one.name for one in model_of(link)._meta.pk_fields]
    if len(parts) == 1:
        return list(keys)
    at = parts.index(column_of(link))
    return [[*key[:at], target, *key[at + 1 :]] for key in keys]


def _classes_of(trail: Trail, *students: int) -> set[int]:
    """Return the classes of both pupils, those among them whose stay stood twice."""
    rows = ClassPlacement.objects.unscoped(because=WHY).filter(student__in=students)
    removed = {
        row["fields"]["homeroom_class"]
        for row in trail.removed
        if row["model"] == ClassPlacement._meta.label_lower
    }
    return set(rows.values_list("homeroom_class_id", flat=True)) | removed


def _held(link: str, rows: ScopedQuerySet[models.Model], source: int) -> list[Any]:
    """Return the keys of the rows; a pupil's own grant stays with the pupil's row."""
    if link.startswith("access.Grant."):
        pupils = Student.objects.unscoped(because=WHY).filter(person_id=source)
        rows = rows.exclude(source_key__in=[student_key(one.pk) for one in pupils])
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _point(link: str, keys: Collection[Any], target: int) -> None:
    if not keys:
        return
    rows = rows_of(model_of(link)).filter(pk__in=keys)
    lifted = pgtrigger.ignore(PERMANENT) if link == NUMBERS else nullcontext()
    with lifted, transaction.atomic():
        rows.update(**{column_of(link): target})


def remove_twin_enrollments(trail: Trail, *, kept: int, given_up: int) -> None:
    """Remove the stay of a pupil whom one school recorded twice, with its classes.

    :raises KeepTheLonger: when the record given up was there before the other, or longer
    :raises StandsInTheWay: when a leave or a transfer hangs on the stay
    """
    ours = list(_enrollments(kept))
    for twin in _enrollments(given_up):
        stay = next((one for one in ours if _same_stay(one, twin)), None)
        if stay is None:
            continue
        if not _covers(stay, twin):
            raise KeepTheLonger(school=twin.school.code)
        for link in ("students.StudyBreak", "transfers.Transfer"):
            if rows_of(model_of(f"{link}.enrollment")).filter(enrollment=twin.pk).exists():
                raise StandsInTheWay(what=told_row(f"{link}.student"))
        trail.remove(_classes_during(twin))
        trail.remove(rows_of(model_of("students.LastView.person")).filter(enrollment=twin.pk))
        trail.remove([twin])


def remove_twin_positions(trail: Trail, *, kept: int, given_up: int) -> list[str]:
    """Remove positions that one unit recorded twice; return the keys of their rights.

    :raises KeepTheLonger: when the record given up held one before the other, or longer
    """
    rows = Appointment.objects.unscoped(because=WHY).select_related("unit")
    ours = list(rows.filter(staff_member=kept).order_by("starts_on", "pk"))
    gone = []
    for twin in rows.filter(staff_member=given_up).order_by("starts_on", "pk"):
        stay = next((one for one in ours if _same_position(one, twin)), None)
        if stay is None:
            continue
        if not _covers(stay, twin):
            raise KeepTheLonger(school=twin.unit.code)
        gone.append(appointment_key(twin.pk))
        trail.remove([twin])
    return gone


def _same_position(one: Appointment, other: Appointment) -> bool:
    same = (one.unit_id, one.position, one.is_primary) == (
        other.unit_id,
        other.position,
        other.is_primary,
    )
    return same and overlap(one, other)


def _enrollments(student_id: int) -> Iterator[Enrollment]:
    rows = Enrollment.objects.unscoped(because=WHY).filter(student_id=student_id)
    yield from rows.select_related("school").order_by("starts_on", "pk")


def _same_stay(one: Enrollment, other: Enrollment) -> bool:
    return one.school_id == other.school_id and overlap(one, other)


def overlap(one: Any, other: Any) -> bool:
    """Tell whether two periods share a day."""
    begins = (one.starts_on or date.min) < (other.ends_on or date.max)
    return begins and (other.starts_on or date.min) < (one.ends_on or date.max)


def _covers(outer: Any, inner: Any) -> bool:
    ends = outer.ends_on is None or (inner.ends_on is not None and inner.ends_on <= outer.ends_on)
    return outer.starts_on <= inner.starts_on and ends


def _classes_during(stay: Enrollment) -> list[ClassPlacement]:
    rows = ClassPlacement.objects.unscoped(because=WHY).filter(
        student_id=stay.student_id, school_id=stay.school_id
    )
    return [one for one in rows.order_by("starts_on", "pk") if overlap(one, stay)]


def remove_twin_guardianships(
    trail: Trail,
    pairs: Collection[tuple[int, int]],
    students: Collection[tuple[int, int]],
    on: date,
) -> None:
    """Remove guardianships that would stand twice; a court's limit on one goes to the other.

    `pairs` and `students` tell (given up, kept) of the persons and of the pupils.
    """
    person_of, student_of = dict(pairs), dict(students)
    rows = Guardianship.objects.unscoped(because=WHY)
    ours = rows.filter(Q(guardian__in=person_of) | Q(student__in=student_of)).order_by("pk")
    for twin in ours:
        same = rows.filter(
            student=student_of.get(twin.student_id, twin.student_id),
            guardian=person_of.get(twin.guardian_id, twin.guardian_id),
        ).exclude(pk=twin.pk)
        stays = next((one for one in same.order_by("pk") if overlap(one, twin)), None)
        if stays is not None:
            _remove_guardianship(trail, twin, stays, on=on)


def _remove_guardianship(
    trail: Trail, twin: Guardianship, stays: Guardianship, *, on: date
) -> None:
    limits = GuardianshipLimit.objects.unscoped(because=WHY).filter(guardianship=twin)
    keys = list(limits.values_list("pk", flat=True))
    try:
        _point(LIMITS, keys, stays.pk)
    except IntegrityError as error:
        raise StandsInTheWay(what=told_row("students.GuardianshipLimit.student")) from error
    trail.note(f"{LIMITS}:{twin.pk}:{stays.pk}", keys)
    known = GuardianshipLimit.objects.unscoped(because=WHY).filter(guardianship=stays)
    trail.note(f"{KNOWN}:{stays.pk}", known.values_list("pk", flat=True))
    end_derived_grants(source_key=guardianship_key(twin.pk), on=on)
    trail.remove([twin])


def bring_back(removed: Iterable[dict[str, Any]]) -> None:
    """Write removed rows again as they were, in the order in which others lean on them."""
    for one in reversed(list(removed)):
        for row in serializers.deserialize("json", json.dumps([one])):
            row.save()


def bring_along(made: PersonMerge) -> None:
    """Let what was recorded since on rows that went back go with them: limits, leaves, classes."""
    guardianships = made.moved.get("students.Guardianship.student", [])
    limits = GuardianshipLimit.objects.unscoped(because=WHY).filter(guardianship__in=guardianships)
    for limit in limits.select_related("guardianship"):
        _give(limit, limit.guardianship.student_id, limit.guardianship.student_person_id)
    stays = Enrollment.objects.unscoped(because=WHY).filter(
        pk__in=made.moved.get("students.Enrollment.student", [])
    )
    for stay in stays:
        for link in ("students.StudyBreak.enrollment", "transfers.Transfer.enrollment"):
            for row in rows_of(model_of(link)).filter(enrollment=stay.pk):
                _give(row, stay.student_id, stay.person_id)
        seats = ClassPlacement.objects.unscoped(because=WHY).filter(
            person=made.kept_id, school_id=stay.school_id
        )
        for seat in seats.order_by("pk"):
            if overlap(seat, stay):
                _give(seat, stay.student_id, stay.person_id)


def _give(row: Any, student_id: int, person_id: int) -> None:
    owner = "student_person_id" if hasattr(row, "student_person_id") else "person_id"
    values = {"student_id": student_id, owner: person_id}
    rows_of(type(row)).filter(pk=row.pk).exclude(**values).update(**values)
