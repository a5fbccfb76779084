"""What cells of the list may mean in one school: its classes this year, the code lists."""

from __future__ import annotations

from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import Context, class_list
from khuevan.registry.schools.api import academic_year_on, classes
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.student_layout import (
    ethnic_groups,
    same_pupil_answers,
    student_states,
)


def context(actor: Actor, unit_id: int, on: date) -> Context:
    """Return the parsers' context for a school on a day."""
    year = academic_year_on(on)
    rows = (
        classes(actor=actor, year=year, permission=IMPORT_STUDENTS)
        .filter(school_id=unit_id)
        .values_list("pk", "name")
        if year
        else []
    )
    return Context(
        today=on,
        codes={
            "classes": class_list(
                [(f"class:{pk}", name) for pk, name in rows], "students.unknown_class"
            ),
            "ethnic_groups": ethnic_groups(),
            "same_pupil": same_pupil_answers(),
            "student_states": student_states(),
        },
    )
