"""The facts of pupils that grants follow from: their keys, and which school knows the accounts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from khuevan.registry.students.models import Enrollment, Guardianship, Student

GUARDIANSHIP = "students.guardianship:"
STUDENT = "students.student:"


def guardianship_key(pk: int) -> str:
    """Return the key of the grant that follows from a guardianship, by its id."""
    return f"{GUARDIANSHIP}{pk}"


def student_key(pk: int) -> str:
    """Return the key of the grant that follows from being a pupil, by the pupil's id."""
    return f"{STUDENT}{pk}"


def family_keys(student_ids: Collection[int]) -> list[str]:
    """Return the keys of all grants of these pupils and of their guardians: one query."""
    rows = Guardianship.objects.unscoped(because="the pupils' own guardians, already locked")
    found = rows.filter(student_id__in=student_ids).values_list("pk", flat=True)
    return [*map(guardianship_key, found), *map(student_key, student_ids)]


def home_schools(student_ids: Collection[int]) -> dict[int, int]:
    """Return the school that each pupil attends, by pupil; those in none are left out."""
    rows = Enrollment.objects.unscoped(because="which school's office knows the guardians").filter(
        student_id__in=student_ids, is_primary=True, ends_on__isnull=True
    )
    return dict(rows.values_list("student_id", "school_id"))


def ends_of_facts() -> Iterator[tuple[str, date | None]]:
    """Yield until when each guardianship, and being a pupil, lets grants hold."""
    guardianships = Guardianship.objects.unscoped(because="whether grants outlive their facts")
    for pk, ends_on in guardianships.values_list("pk", "ends_on").iterator():
        yield guardianship_key(pk), ends_on
    students = Student.objects.unscoped(because="whether grants outlive their facts")
    for pk in students.values_list("pk", flat=True).iterator():
        yield student_key(pk), None
