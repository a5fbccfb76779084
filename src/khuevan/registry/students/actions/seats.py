"""The places in classes that belong to a time in a school."""

from __future__ import annotations

from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.students.models import ClassPlacement, Enrollment


def seats_of(enrollment: Enrollment) -> ScopedQuerySet[ClassPlacement]:
    """Return the places in classes that an enrollment holds."""
    rows = ClassPlacement.objects.unscoped(because="the seats of an enrollment in reach, locked")
    return rows.filter(student_id=enrollment.student_id, school_id=enrollment.school_id)
