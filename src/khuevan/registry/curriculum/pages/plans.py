"""What the classes of a school learn: the board of a grade, one subject of a class."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.forms import ChangeWeeksForm, NewSubjectForm
from khuevan.registry.curriculum.languages import MINORITY, foreign_part
from khuevan.registry.curriculum.models import ClassSubject, PlanKind
from khuevan.registry.curriculum.pages.years import asked_year, known_years, year_menu
from khuevan.registry.curriculum.permissions import MANAGE_PLANS, VIEW_PLANS
from khuevan.registry.curriculum.plan_rules import weekly
from khuevan.registry.curriculum.programme import frame_of, opening_day
from khuevan.registry.curriculum.selectors.plans import (
    ClassPlan,
    class_plans,
    get_subject_for,
    terms_of,
)
from khuevan.registry.curriculum.shown import carried_words, periods_words, plan_fault_words
from khuevan.registry.curriculum.terms import day_in
from khuevan.registry.curriculum.week_shapes import session_words, shapes_on
from khuevan.registry.curriculum.year_shown import by_comments
from khuevan.registry.schools.api import (
    AcademicYear,
    HomeroomClass,
    School,
    get_class_for,
    get_school_for,
    held_on,
    school_frame,
)
from khuevan.registry.staff.api import subjects_of
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(VIEW_PLANS, methods=("GET",))
def board(request: Request, code: str) -> HttpResponse:
    """Show the plans of a grade: subjects down, classes across, and what is wrong."""
    school = get_school_for(request.actor, code, VIEW_PLANS)
    year = asked_year(request)
    plans = _plans(request, school, year)
    grades = list(dict.fromkeys(one.room.grade_level for one in plans))
    asked = request.GET.get("grade", "")
    grade = next((one for one in grades if one.code == asked), grades[0] if grades else None)
    shown = [one for one in plans if one.room.grade_level == grade]
    manages = held_on(request.actor, MANAGE_PLANS, school)
    context = {
        **school_frame(request, school, "curriculum"),
        "actions": (),
        "year": year,
        "options": [
            {
                "label": one.label,
                "url": f"?grade={one.code}{_of_year(year)}",
                "current": one == grade,
            }
            for one in grades
        ],
        "years": year_menu(known_years(), year.code if year else "", grade=asked),
        "plans": shown,
        "rows": _rows(shown),
        "totals": [
            {"name": one.room.name, "annual": one.annual, "weekly": periods_words(one.weekly)}
            for one in shown
        ],
        "faults": [
            (one.room.name, [plan_fault_words(fault) for fault in one.faults])
            for one in shown
            if one.faults
        ],
        "mixed": [(one.room.name, carried_words(one)) for one in shown if len(one.carried) > 1],
        "sessions": _sessions(request, school, year, shown),
        "empty_count": sum(not one.subjects for one in plans),
        "manages": manages,
    }
    return render_page(request, "curriculum/board.html", context)


@page(MANAGE_PLANS, methods=("POST",))
def fill(request: Request, code: str) -> HttpResponse:
    """Make the plans of all classes that have none, from the programme."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    year = asked_year(request)
    if year is None:
        raise NotFound
    made = actions.fill_plans(actor=request.actor, school=school, year=year, now=clock.now())
    words = {"count": made.made}
    messages.success(
        request,
        ngettext("Plan made for %(count)s class.", "Plans made for %(count)s classes.", made.made)
        % words,
    )
    if made.unknown:
        told = {"names": ", ".join(made.unknown)}
        messages.warning(request, _("No programme is known for: %(names)s.") % told)
    return done(request, f"{_board_url(school)}?year={year.code}")


@page(MANAGE_PLANS)
def subject(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Change how many periods of a subject a class has, by term or week by week."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    row = get_subject_for(request.actor, uuid, MANAGE_PLANS)
    room = row.homeroom_class
    terms = terms_of(frame_of(room.grade_level.level, opening_day(room.academic_year)))
    form = ChangeWeeksForm(
        request.POST or None,
        terms=terms,
        is_minority=row.subject_name == MINORITY,
        initial={
            "language": row.language,
            **dict(zip(("first", "second"), weekly(row.weeks, terms), strict=True)),
            "weeks": " ".join(map(str, row.weeks)),
            "before": " ".join(map(str, row.weeks)),
        },
    )
    to = _grade_url(school, room)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.set_weeks(
                actor=request.actor,
                uuid=uuid,
                weeks=form.planned_weeks,
                before=form.cleaned_data["before"],
                reason=form.cleaned_data["reason"],
                language=form.cleaned_data.get("language"),
                now=clock.now(),
            )
            messages.success(request, _("Saved."))
            _warn(request, row, sum(form.planned_weeks))
            return done(request, to)
    words = {"subject": row.subject_label, "room": room.name}
    context = {
        **school_frame(request, school, "curriculum"),
        "actions": (),
        "form": form,
        "title": _("%(subject)s in class %(room)s") % words,
        "row": row,
        "cancel_url": to,
    }
    return render_page(request, "curriculum/subject.html", context, status=form_status(request))


@page(MANAGE_PLANS, methods=("POST",))
def remove(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Take a subject out of the plan of a class."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    row = actions.remove_subject(actor=request.actor, uuid=uuid, now=clock.now())
    messages.success(request, _("%(subject)s removed.") % {"subject": row.subject_label})
    return done(request, _grade_url(school, row.homeroom_class))


@page(MANAGE_PLANS)
def add(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Add a subject to the plan of a class."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    room = get_class_for(request.actor, uuid, MANAGE_PLANS)
    terms = terms_of(frame_of(room.grade_level.level, opening_day(room.academic_year)))
    form = NewSubjectForm(
        request.POST or None,
        terms=terms,
        level=room.grade_level.level,
        initial={"subject_name": request.GET.get("subject", "")},
    )
    to = _grade_url(school, room)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            row = actions.plan_subject(
                actor=request.actor,
                class_uuid=uuid,
                subject_name=form.cleaned_data["subject_name"],
                kind=form.cleaned_data["kind"],
                weeks=form.planned_weeks,
                now=clock.now(),
            )
            messages.success(request, _("%(subject)s planned.") % {"subject": row.subject_label})
            if row.subject_name == MINORITY:
                messages.info(request, _("Please say which language it is."))
                to = reverse("curriculum:subject", args=[school.code, row.uuid])
            return done(request, to)
    context = {
        **school_frame(request, school, "curriculum"),
        "form": form,
        "form_title": _("A further subject of class %(room)s") % {"room": room.name},
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


def _plans(request: Request, school: School, year: AcademicYear | None) -> list[ClassPlan]:
    if year is None:
        return []
    on = day_in(year, request.actor.today)
    return class_plans(actor=request.actor, school=school, year=year, on=on)


def _sessions(
    request: Request, school: School, year: AcademicYear | None, plans: list[ClassPlan]
) -> list[tuple[str, list[str]]]:
    """Return what is wrong with the half-days of the classes' weeks, by class."""
    if year is None:
        return []
    shapes = shapes_on(school, day_in(year, request.actor.today))
    told = [
        (one.room.name, session_words(one.room, one.frame, shapes.get(one.room.pk, ())))
        for one in plans
        if one.room.pk in shapes
    ]
    return [(name, faults) for name, faults in told if faults]


def _of_year(year: AcademicYear | None) -> str:
    return f"&year={year.code}" if year else ""


def _rows(plans: list[ClassPlan]) -> list[dict[str, Any]]:
    """Return a row for each subject and kind, in the order of the list, with cells by class."""
    order = {name: place for place, name in enumerate(subjects_of())}
    kinds = {kind: place for place, kind in enumerate(PlanKind.values)}
    keys = {_key(one.row) for plan in plans for one in plan.subjects}
    rows = []
    in_order = sorted(keys, key=lambda key: (kinds[key[0]], order.get(key[1], len(order)), key))
    for kind, name, language in in_order:
        cells = []
        label = ""
        for plan in plans:
            found = next((s for s in plan.subjects if _key(s.row) == (kind, name, language)), None)
            if found is not None:
                label = found.row.subject_label
            cells.append(
                {
                    "room": plan.room,
                    "row": found.row if found else None,
                    "weekly": periods_words(found.weekly) if found else "",
                }
            )
        rows.append(
            {
                "label": label,
                "kind": PlanKind(kind).label,
                "foreign": _foreign(plans[0].room, name, kind),
                "is_open": name == MINORITY and not language,
                "cells": cells,
                "assessed": by_comments(plans[0].room, name),
                "is_usual": kind == PlanKind.COMPULSORY,
            }
        )
    return rows


def _key(row: ClassSubject) -> tuple[str, str, str]:
    return row.kind, row.subject_name, row.language


def _foreign(room: HomeroomClass, name: str, kind: str) -> str:
    """Return whether a foreign language is the first or the second of a grade."""
    return foreign_part(room.grade_level.code, name, kind, opening_day(room.academic_year))


def _warn(request: Request, row: ClassSubject, annual: int) -> None:
    """Tell that the year's total isn't what it was: the programme fixes it."""
    if annual != row.annual:
        words = {"subject": row.subject_label, "before": row.annual, "after": annual}
        messages.warning(
            request,
            _("%(subject)s has %(after)s periods a year now; before it had %(before)s.") % words,
        )


def _board_url(school: School) -> str:
    return reverse("curriculum:board", args=[school.code])


def _grade_url(school: School, room: HomeroomClass) -> str:
    """Return the board of a class's grade and year."""
    return f"{_board_url(school)}?grade={room.grade_level.code}&year={room.academic_year.code}"
