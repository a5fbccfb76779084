"""What cells of the list may mean in one school: its classes this year, the code lists."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import Context, Promises, class_list, format_date
from khuevan.registry.schools.api import academic_year_on, class_match_name, classes
from khuevan.registry.students.code_lists import disabilities, policy_groups
from khuevan.registry.students.imports.classes import promised_classes
from khuevan.registry.students.permissions import IMPORT_STUDENTS
from khuevan.registry.students.results_layout import FIRST as FIRST_RESULT
from khuevan.registry.students.state_words import student_states
from khuevan.registry.students.student_layout import (
    ethnic_groups,
    nationalities,
    same_pupil_answers,
)


def context(actor: Actor, unit_id: int, on: date, promises: Promises) -> Context:
    """Return the parsers' context for a school on a day; promised classes count as its own."""
    year = academic_year_on(on)
    rows: list[tuple[int, str]] = []
    if year:
        own = classes(actor=actor, year=year, permission=IMPORT_STUDENTS)
        rows += own.filter(school_id=unit_id).values_list("pk", "name")
    held = {class_match_name(name) for _pk, name in rows}
    rows += [
        (key, one.name)
        for key, one in promised_classes(promises).items()
        if class_match_name(one.name) not in held
    ]
    return Context(
        today=on,
        codes={
            "classes": class_list(
                [(f"class:{pk}", name) for pk, name in rows], "students.unknown_class"
            ),
            "disabilities": disabilities(),
            "ethnic_groups": ethnic_groups(),
            "nationalities": nationalities(),
            "policy_groups": policy_groups(),
            "same_pupil": same_pupil_answers(),
            "student_states": student_states(),
        },
    )


def remark(fields: Container[str], on: date) -> str:
    """Say where the first day of new pupils comes from when the list does not give it."""
    if FIRST_RESULT in fields:
        return _(
            "This is a sheet of results. Who is on it is compared with the records and nothing is"
            " written; the results themselves come in with the gradebook."
        )
    year = academic_year_on(on)
    if "entered_on" in fields or year is None:
        return ""
    first = min(year.starts_on, on)
    return _(
        "The list has no column “Ngày vào trường”: new pupils enter on %(day)s, the first day of"
        " the school year; who comes from another school, not before leaving it. For another day"
        " add that column to the file and load it again."
    ) % {"day": format_date(first)}
