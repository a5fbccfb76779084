"""By which roles a school or a class reaches a person: pupil, member of staff, guardian."""

from __future__ import annotations

from khuevan.kernel.scoping import Anchors, Via


def through_roles(key: str) -> Anchors:
    """Return the ways to rows whose column `key` is a person."""
    pupils = Via("students.Enrollment", "person_id", "school_id", key=key, ahead=True)
    staff = Via("staff.Appointment", "person_id", "unit_id", key=key, ahead=True)
    of_pupils = Via("students.Enrollment", "student_id", "school_id", key="student_id", ahead=True)
    guardians = Via("students.Guardianship", "guardian_id", of_pupils, key=key, ahead=True)
    in_class = Via("students.ClassPlacement", "person_id", "homeroom_class_id", key=key)
    return {"person": key, "school": (pupils, staff, guardians), "class": in_class}


PERSON_ANCHORS = through_roles("pk")
"""The ways to a person's own row, for what the registry knows of people."""

KEPT_BY: Anchors = {
    "person": "pk",
    "school": (
        Via("students.Enrollment", "person_id", "school_id", ahead=True, only="is_primary"),
        Via("staff.Appointment", "person_id", "unit_id", ahead=True, only="is_primary"),
    ),
    "class": Via("students.ClassPlacement", "person_id", "homeroom_class_id"),
}
"""The ways to people whose own row one changes: where they mainly study or work.

A parent is reached through any one child, and children may be in several schools (docs/adr/0008).
"""
