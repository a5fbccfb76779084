"""Pupils who left, for tests of coming back."""

from __future__ import annotations

from datetime import date

from tests.cast import Cast
from tests.factories import make_student

from khuevan.registry.students.models import Enrollment, Student


def gone(cast: Cast, *, at_home: bool) -> Student:
    """Return a pupil who left the school, or another one, with a number in its registry book."""
    student = make_student(
        "Đỗ Thị Ngọc Ánh",
        school=cast.school_a if at_home else cast.primary,
        birth_date=date(2015, 2, 9),
        sex="FEMALE",
        personal_number="042315000777",
    )
    rows = Enrollment.objects.unscoped(because="a test").filter(student=student)
    rows.update(registry_number="1520", ends_on=date(2026, 10, 1), exit_kind="DROPPED")
    return student
