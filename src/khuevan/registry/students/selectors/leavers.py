"""Pupils who left and may come again: the school's own, and those free to come from elsewhere."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import not_over
from khuevan.kernel.vietnamese import fold
from khuevan.registry.students.errors import AlreadyEnrolled
from khuevan.registry.students.identity import Facts, Verdict, judge_by_number
from khuevan.registry.students.models import Enrollment, ExitKind, Student
from khuevan.registry.students.permissions import EDIT_STUDENTS


def former_pupils(
    *, actor: Actor, school_id: int, told: Facts, personal_number: str | None, on: date
) -> list[Enrollment]:
    """Return the last time at the school of pupils who left it and may be this one."""
    same = Q(person__search_name=fold(told.full_name), person__birth_date=told.birth_date)
    if personal_number:
        same |= Q(person__personal_number=personal_number)
    rows = (
        Enrollment.objects.visible_to(actor, EDIT_STUDENTS)
        .filter(same, school_id=school_id, is_primary=True, ends_on__lte=on)
        .exclude(exit_kind=ExitKind.DECEASED)
        .select_related("student", "person")
        .order_by("ends_on", "pk")
    )
    last = {row.student_id: row for row in rows}
    present = _enrolled(list(last), on)
    return [
        row
        for pk, row in last.items()
        if pk not in present
        and judge_by_number(Facts(row.person.full_name, row.person.birth_date), told)
        != Verdict.ANOTHER
    ]


def pupil_free_to_come(*, told: Facts, personal_number: str, on: date) -> Student | None:
    """Return the pupil of a number when name and birth date agree: then nothing new is told.

    :raises AlreadyEnrolled: when a school has the pupil still
    """
    rows = Student.objects.unscoped(because="number, name and birth date are all known already")
    student = rows.filter(person__personal_number=personal_number).select_related("person").first()
    if student is None:
        return None
    known = Facts(student.person.full_name, student.person.birth_date)
    if judge_by_number(known, told) != Verdict.SAME:
        return None
    if _enrolled([student.pk], on):
        raise AlreadyEnrolled
    return student


def _enrolled(student_ids: list[int], on: date) -> set[int]:
    """Return those whom a school has on a day, or will have."""
    rows = Enrollment.objects.unscoped(because="whether a pupil found already is free to come")
    found = rows.filter(student_id__in=student_ids, is_primary=True).filter(not_over(on))
    return set(found.values_list("student_id", flat=True))
