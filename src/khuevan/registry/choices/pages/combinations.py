"""The combinations a school offers, its rounds, and changes that wait."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.choices import actions
from khuevan.registry.choices.forms import CombinationForm
from khuevan.registry.choices.permissions import DECIDE_CHOICES, MANAGE_CHOICES, VIEW_CHOICES
from khuevan.registry.choices.selectors.changes import full_for, waiting_changes
from khuevan.registry.choices.selectors.combinations import (
    Offer,
    Stray,
    get_combination_for,
    offers,
    strays,
)
from khuevan.registry.choices.selectors.rounds import rounds
from khuevan.registry.choices.shown import round_pill, subjects_words
from khuevan.registry.curriculum.api import PlanKind, offered_subjects, opening_day
from khuevan.registry.schools.api import (
    AcademicYear,
    GradeLevel,
    School,
    academic_year_on,
    class_names,
    get_school_for,
    grade_levels,
    held_on,
    school_frame,
)
from khuevan.registry.staff.api import subject_label
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

UPPER = ["THPT"]
MOST_NAMED = 5


@page(VIEW_CHOICES, methods=("GET",))
def board(request: Request, code: str) -> HttpResponse:
    """Show what each grade may choose from, the rounds of the year, and changes that wait."""
    actor = request.actor
    school = get_school_for(actor, code, VIEW_CHOICES)
    year = academic_year_on(actor.today)
    found = offers(actor=actor, school=school, year=year, on=actor.today) if year else []
    manages = held_on(actor, MANAGE_CHOICES, school)
    changes = waiting_changes(actor=actor, school=school)
    found_strays = strays(actor=actor, school=school, year=year, on=actor.today) if year else []
    context = {
        **school_frame(request, school, "choices"),
        "actions": (),
        "year": year,
        "grades": _grades(school, found),
        "rounds": [
            {
                "name": one.name,
                "grade": one.grade_level.label,
                "days": f"{day(one.starts_on)} – {day(one.last_day)}",
                "pill": round_pill(one, actor.today),
                "url": reverse("choices:round", args=[school.code, one.uuid]),
            }
            for one in (rounds(actor=actor, school=school, year=year) if year else [])
        ],
        "changes": changes,
        "full": full_for(changes, actor.today),
        "strays": _strays(found_strays),
        "stray_count": len(found_strays),
        "manages": manages,
        "decides": held_on(actor, DECIDE_CHOICES, school),
        "is_upper": "THPT" in school.levels,
        "open_count": sum(one.row.closed_on is None for one in found),
    }
    return render_page(request, "choices/board.html", context)


@page(MANAGE_CHOICES)
def add(request: Request, code: str) -> HttpResponse:
    """Offer a combination to a grade."""
    school, year = _school_year(request, code)
    grade = asked_grade(request)
    form = _form(request, school, year, grade, {"capacity": 45})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            row = actions.make_combination(
                actor=request.actor,
                school=school,
                year=year,
                grade=grade,
                data=form.data_said,
                now=clock.now(),
            )
            messages.success(request, _("%(name)s saved.") % {"name": row.name})
            return done(request, _board_url(school))
    return _form_page(request, school, form, _("A combination for %(grade)s"), grade)


@page(MANAGE_CHOICES)
def edit(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Change a combination."""
    school, year = _school_year(request, code)
    row = get_combination_for(request.actor, uuid, MANAGE_CHOICES, school)
    initial = {
        "name": row.name,
        "options": row.options,
        "clusters": row.clusters,
        "capacity": row.capacity,
        "rooms": [
            str(one.pk)
            for offer in offers(
                actor=request.actor, school=school, year=year, on=request.actor.today
            )
            if offer.row == row
            for one in offer.rooms
        ],
    }
    form = _form(request, school, year, row.grade_level, initial)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.change_combination(
                actor=request.actor, uuid=uuid, data=form.data_said, now=clock.now()
            )
            messages.success(request, _("%(name)s saved.") % {"name": row.name})
            return done(request, _board_url(school))
    return _form_page(request, school, form, row.name, row.grade_level, closes=row)


@page(MANAGE_CHOICES, methods=("POST",))
def close(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Offer a combination no longer."""
    school = get_school_for(request.actor, code, MANAGE_CHOICES)
    row = actions.close_combination(
        actor=request.actor, uuid=uuid, on=request.actor.today, now=clock.now()
    )
    messages.success(request, _("%(name)s is no longer offered.") % {"name": row.name})
    return done(request, _board_url(school))


@page(MANAGE_CHOICES, methods=("POST",))
def follow(request: Request, code: str) -> HttpResponse:
    """Let the plans of classes follow their combinations, and make the groups they need."""
    school, year = _school_year(request, code)
    actor, now = request.actor, clock.now()
    kept = actions.plans_follow(actor=actor, school=school, year=year, now=now)
    if kept:
        words = {"names": "; ".join(kept)}
        messages.warning(request, _("Still in the plan, because taught: %(names)s.") % words)
    try:
        made = sum(
            (
                actions.make_groups(
                    actor=actor, school=school, year=year, grade=grade, on=actor.today, now=now
                )
                for grade in grade_levels(UPPER)
            ),
            start=actions.Made(),
        )
    except NotFound:
        raise
    except DomainError as error:
        messages.error(request, str(error))
    else:
        _tell(request, made)
    return done(request, _board_url(school))


def _tell(request: Request, made: actions.Made) -> None:
    """Say what came of making groups."""
    told = ngettext(
        "Plans follow the combinations; %(count)s group made.",
        "Plans follow the combinations; %(count)s groups made.",
        made.groups,
    )
    messages.success(request, told % {"count": made.groups})
    if made.moved:
        words = ngettext(
            "%(count)s pupil went into or out of a group.",
            "%(count)s pupils went into or out of groups.",
            made.moved,
        )
        messages.success(request, words % {"count": made.moved})
    if made.left:
        words = ngettext(
            "%(count)s pupil is in no group of a subject yet: no group of it has the own class.",
            "%(count)s pupils are in no group of a subject yet: no group of it has their class.",
            made.left,
        )
        messages.warning(request, words % {"count": made.left})


def asked_grade(request: Request) -> GradeLevel:
    """Return the grade of an upper secondary school that the address names, else the first."""
    grades = grade_levels(UPPER)
    if not grades:
        raise NotFound
    asked = request.GET.get("grade", "")
    return next((one for one in grades if one.code == asked), grades[0])


def _form(
    request: Request,
    school: School,
    year: AcademicYear,
    grade: GradeLevel,
    initial: dict[str, Any],
) -> CombinationForm:
    on = opening_day(year)
    offered = {
        kind: [
            (name, subject_label(name))
            for name in (
                offered_subjects(int(grade.code), on, kind) if grade.code.isdigit() else []
            )
        ]
        for kind in (PlanKind.CHOSEN, PlanKind.CLUSTER)
    }
    rooms = class_names(actor=request.actor, year=year, permission=MANAGE_CHOICES).filter(
        school=school, grade_level=grade
    )
    return CombinationForm(
        request.POST or None,
        initial=initial,
        options=offered[PlanKind.CHOSEN],
        clusters=offered[PlanKind.CLUSTER],
        rooms=[(str(room.pk), room.name) for room in rooms],
    )


def _form_page(
    request: Request,
    school: School,
    form: CombinationForm,
    title: str,
    grade: GradeLevel,
    closes: Any = None,
) -> HttpResponse:
    if "%(grade)s" in title:
        title %= {"grade": grade.label}
    context = {
        **school_frame(request, school, "choices"),
        "actions": (),
        "form": form,
        "title": title,
        "cancel_url": _board_url(school),
        "closes": closes,
    }
    return render_page(request, "choices/form.html", context, status=form_status(request))


def _grades(school: School, found: list[Offer]) -> list[dict[str, Any]]:
    grades = list(grade_levels(UPPER)) if "THPT" in school.levels else []
    grades += [
        one for one in dict.fromkeys(offer.row.grade_level for offer in found) if one not in grades
    ]
    return [
        {
            "code": grade.code,
            "label": grade.label,
            "offers": [_line(school, one) for one in found if one.row.grade_level == grade],
        }
        for grade in grades
    ]


def _strays(found: list[Stray]) -> list[dict[str, Any]]:
    """Return a line for each class and combination that it doesn't carry."""
    by_class: defaultdict[tuple[str, str], list[Stray]] = defaultdict(list)
    for one in found:
        by_class[one.placement.homeroom_class.name, one.combination.name].append(one)
    return [
        {
            "room": room,
            "combination": name,
            "count": len(some),
            "pupils": [
                {
                    "name": one.placement.person.full_name,
                    "url": reverse("students:record", args=[one.placement.student.uuid]),
                }
                for one in some[:MOST_NAMED]
            ],
            "more": max(0, len(some) - MOST_NAMED),
        }
        for (room, name), some in by_class.items()
    ]


def _line(school: School, one: Offer) -> dict[str, Any]:
    return {
        "name": one.row.name,
        "url": reverse("choices:edit", args=[school.code, one.row.uuid]),
        "options": subjects_words(one.row.options),
        "clusters": subjects_words(one.row.clusters),
        "capacity": one.row.capacity,
        "pupils": one.pupils,
        "rooms": ", ".join(room.name for room in one.rooms),
        "over_rooms": one.seats if one.is_over_rooms else 0,
        "faults": one.faults,
        "is_closed": one.row.closed_on is not None,
    }


def _school_year(request: Request, code: str) -> tuple[School, AcademicYear]:
    school = get_school_for(request.actor, code, MANAGE_CHOICES)
    year = academic_year_on(request.actor.today)
    if year is None:
        raise NotFound
    return school, year


def _board_url(school: School) -> str:
    return reverse("choices:board", args=[school.code])
