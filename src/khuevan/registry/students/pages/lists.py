"""Lists of pupils: everybody in reach, those of one school, its classes, on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor, Permission
from khuevan.platform.audit.api import purpose_text
from khuevan.registry.people.api import is_family
from khuevan.registry.schools.api import (
    VIEW_CLASSES,
    HomeroomClass,
    School,
    academic_year_on,
    class_names,
    classes,
    further_grades,
    get_school_for,
    grade_levels,
    held_on,
    school_frame,
    schools,
)
from khuevan.registry.staff.api import homeroom_teachers
from khuevan.registry.students import actions
from khuevan.registry.students.permissions import EDIT_STUDENTS, EXPORT_STUDENTS, VIEW_STUDENTS
from khuevan.registry.students.selectors import enrolled, listed_beside, on_roll
from khuevan.registry.students.tables import Scope, StudentTable
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Choice

MOST_SCHOOLS = 200
MOST_PRINTED = 2000


@page(VIEW_STUDENTS, methods=("GET",))
def student_list(request: Request) -> HttpResponse:
    """Show the pupils within reach; families have no list, their children stand on their home."""
    if is_family(request):
        return redirect("/")
    scope = list_scope(request)
    school = _one_school(request.actor)
    table = student_table(request, scope, school)
    context = {
        "table": table,
        **_tools(request.actor, school),
    }
    part = "more" if table.is_more else "list"
    return render_page(request, "students/list.html", context, partial=part)


@page(VIEW_STUDENTS, methods=("GET",))
def school_students(request: Request, code: str) -> HttpResponse:
    """Show the pupils of one school, as far as they are within reach."""
    school = get_school_for(request.actor, code)
    table = student_table(request, list_scope(request, school), school)
    context = {**school_frame(request, school, "students"), "table": table}
    part = "more" if table.is_more else "list"
    return render_page(request, "students/school.html", context, partial=part)


@page(EXPORT_STUDENTS, methods=("GET",))
def student_print(request: Request) -> HttpResponse:
    """Show the list on paper: the same filters, all rows up to a bound that is told.

    Paper leaves the system as a file does, so it takes the same right and is noted.
    """
    actor, now = request.actor, clock.now()
    rows = on_roll(
        actor=actor,
        on=actor.today,
        permission=EXPORT_STUDENTS,
        beside=listed_beside(actor, permission=EXPORT_STUDENTS),
    )
    table = StudentTable(rows, request.GET, list_scope(request))
    found = list(table.matching[: MOST_PRINTED + 1])
    table.prepare(found)
    shown = [table.draw(row) for row in found[:MOST_PRINTED]]
    context = {
        "table": table,
        "rows": shown,
        "is_cut": len(found) > MOST_PRINTED,
        "most": MOST_PRINTED,
        "printed_at": now,
    }
    hat = getattr(actor, "hat", None)
    actions.export_note(
        actor=actor,
        unit_id=hat.unit_id if hat else None,
        count=len(shown),
        what=request.GET.urlencode() or "all",
        purpose=purpose_text("SCHOOL_WORK", _("print")),
        now=now,
    )
    return render_page(request, "students/print.html", context)


@page(VIEW_CLASSES, methods=("GET",))
def school_classes(request: Request, code: str) -> HttpResponse:
    """Show the classes of one school by grade, each with its size and homeroom teacher."""
    school = get_school_for(request.actor, code)
    year = academic_year_on(request.actor.today)
    found = (
        list(classes(actor=request.actor, year=year).filter(school_id=school.pk)) if year else []
    )
    teachers = homeroom_teachers([one.pk for one in found], on=request.actor.today)
    further = further_grades([one.pk for one in found])
    rows = [
        {
            "room": one,
            "grades": [one.grade_level, *further.get(one.pk, ())],
            "teacher": teachers.get(one.pk, ""),
            "url": _class_url(school, one),
        }
        for one in found
    ]
    context = {**school_frame(request, school, "classes"), "rows": rows, "year": year}
    return render_page(request, "students/classes.html", context)


def student_table(request: Request, scope: Scope, school: School | None) -> StudentTable:
    """Return the list of pupils that the address asks for."""
    actor, school_id = request.actor, school.pk if school is not None else None
    beside = listed_beside(actor, school_id)
    rows = on_roll(actor=actor, on=scope.on, school_id=school_id, beside=beside)
    table = StudentTable(rows, request.GET, scope)
    table.counted = enrolled(actor=actor, on=scope.on, school_id=school_id, beside=beside)
    if school is not None and held_on(request.actor, EDIT_STUDENTS, school):
        table.select = "student"
        table.select_url = reverse("students:move", args=[school.code])
        table.selection_template = "students/selection.html"
    return table


def list_scope(request: Request, school: School | None = None) -> Scope:
    """Return what a list covers and what it can be narrowed by."""
    actor, on = request.actor, request.actor.today
    if school is not None:
        path = reverse("students:school", args=[school.code])
        return Scope(actor, on, path, _class_choices(actor, school), levels=tuple(school.levels))
    path = reverse("students:list")
    if _reaches_several(actor):
        found = schools(actor=actor, on=on, permission=VIEW_STUDENTS)[: MOST_SCHOOLS + 1]
        choices = [Choice(one.code, one.short_name) for one in found]
        offered = choices if len(choices) <= MOST_SCHOOLS else []
        return Scope(actor, on, path, schools=offered, of_one_school=False)
    in_family = bool(actor.reach(VIEW_STUDENTS, "person"))
    rooms = classes_of(actor, None, VIEW_CLASSES)
    return Scope(
        actor, on, path, _choices_of(rooms), levels=_levels_of(rooms), of_one_school=not in_family
    )


def classes_of(actor: Actor, school: School | None, permission: Permission) -> list[HomeroomClass]:
    """Return this year's classes within reach, of one school when given."""
    year = academic_year_on(actor.today)
    if year is None:
        return []
    rows = class_names(actor=actor, year=year, permission=permission)
    return list(rows.filter(school_id=school.pk) if school is not None else rows)


def _class_choices(actor: Actor, school: School | None) -> list[Choice]:
    return _choices_of(classes_of(actor, school, VIEW_CLASSES))


def _choices_of(rooms: Sequence[HomeroomClass]) -> list[Choice]:
    return [Choice(str(one.uuid), one.name) for one in rooms]


def _levels_of(rooms: Sequence[HomeroomClass]) -> tuple[str, ...]:
    """Return the levels that some classes teach, so that a list names no other grades."""
    held = {one.grade_level_id for one in rooms}
    return tuple(sorted({grade.level for grade in grade_levels() if grade.pk in held}))


def _reaches_several(actor: Actor) -> bool:
    reach = actor.reach(VIEW_STUDENTS, "school")
    return reach.everything or len(reach.ids) > 1


def _one_school(actor: Actor) -> School | None:
    """Return the school whose pupils the actor keeps, when it is one."""
    reach = actor.reach(EDIT_STUDENTS, "school")
    if reach.everything or len(reach.ids) != 1:
        return None
    return School.objects.visible_to(actor, EDIT_STUDENTS).first()


def _tools(actor: Actor, school: School | None) -> dict[str, Any]:
    return {"school": school, "may_export": actor.may(EXPORT_STUDENTS)}


def _class_url(school: School, room: Any) -> str:
    return reverse("students:class", args=[school.code, room.uuid])
