"""Who gives the subjects of a school's classes, and how many periods nobody gives yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from khuevan.registry.curriculum.selectors.answering import Responsible, answering_in
from khuevan.registry.curriculum.selectors.plans import ClassPlan, class_plans
from khuevan.registry.curriculum.shown import periods_words
from khuevan.registry.curriculum.training import Training, training_for
from khuevan.registry.schools.api import academic_year_on, get_school_for, school_frame
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    homeroom_teachers,
    subject_label,
    subjects_of,
    trained_subjects,
)
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(MANAGE_STAFF, methods=("GET",))
def board(request: Request, code: str) -> HttpResponse:
    """Show the classes of this year with who is in charge, who teaches what, and what is open."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    on = request.actor.today
    year = academic_year_on(on)
    plans = (
        class_plans(actor=request.actor, school=school, year=year, on=on, permission=MANAGE_STAFF)
        if year
        else []
    )
    levels = {one.room.grade_level.code: one.room.grade_level.label for one in plans}
    grade = request.GET.get("grade", "")
    grade = grade if grade in levels else ""
    shown = [one for one in plans if not grade or one.room.grade_level.code == grade]
    taught = {one.row.subject_name for plan in shown for one in plan.subjects}
    order = {name: place for place, name in enumerate(subjects_of())}
    subjects = sorted(taught, key=lambda name: (order.get(name, len(order)), name))
    in_charge = homeroom_teachers([one.room.pk for one in shown], on=on)
    answering = answering_in(shown, on=on)
    trained = trained_subjects(_givers(shown), on)
    doubts = _untrained(shown, trained)
    context = {
        **school_frame(request, school, "assignments"),
        "actions": (),
        "year": year,
        "options": _grades(levels, grade) if len(levels) > 1 else (),
        "subjects": [subject_label(name) for name in subjects],
        "rooms": [
            {
                "room": plan.room,
                "in_charge": in_charge.get(plan.room.pk, ""),
                "cells": [
                    _cell(plan, name, answering.get((plan.room.pk, name)), trained)
                    for name in subjects
                ],
                "has_plan": bool(plan.subjects),
            }
            for plan in shown
        ],
        "open_count": sum(bool(one.uncovered[0]) for plan in shown for one in plan.subjects),
        "unsettled": [
            {"row": one.row, "label": f"{subject_label(one.row.subject_name)} {plan.room.name}"}
            for plan in shown
            for one in plan.subjects
            if (found := answering.get((plan.room.pk, one.row.subject_name)))
            and not found.is_settled
        ],
        "other_count": len(doubts.get(Training.OTHER, ())),
        "unknown": sorted(doubts.get(Training.UNKNOWN, {}).values()),
        "without_plan": sum(not plan.subjects for plan in shown),
    }
    return render_page(request, "curriculum/teaching.html", context)


def _givers(plans: list[ClassPlan]) -> set[int]:
    return {
        giver.teaching.staff_member_id
        for plan in plans
        for one in plan.subjects
        for giver in one.givers
    }


def _cell(
    plan: ClassPlan, name: str, answers: Responsible | None, trained: Mapping[int, Collection[str]]
) -> dict[str, Any]:
    """Return what stands in the cell of a class and subject."""
    found = [one for one in plan.subjects if one.row.subject_name == name]
    teachers = {
        giver.teaching.staff_member_id: giver.teaching.person.full_name
        for one in found
        for giver in one.givers
    }
    level = plan.room.grade_level.level
    return {
        "label": subject_label(name),
        "teachers": [
            {
                "name": called,
                "is_other": training_for(name, level, trained.get(pk, ())) is Training.OTHER,
            }
            for pk, called in teachers.items()
        ],
        "answers": answers if len(teachers) > 1 else None,
        "parts": [
            {"row": one.row, "weekly": periods_words(one.weekly), "missing": one.uncovered[0]}
            for one in found
        ],
    }


def _untrained(
    plans: list[ClassPlan], trained: Mapping[int, Collection[str]]
) -> dict[Training, dict[int, str]]:
    """Return which teachers give something they aren't recorded as trained for."""
    found: defaultdict[Training, dict[int, str]] = defaultdict(dict)
    for plan in plans:
        level = plan.room.grade_level.level
        for subject in plan.subjects:
            for giver in subject.givers:
                member = giver.teaching.staff_member_id
                has = trained.get(member, ())
                kind = training_for(subject.row.subject_name, level, has)
                found[kind][member] = giver.teaching.person.full_name
    return found


def _grades(levels: Mapping[str, Any], chosen: str) -> list[dict[str, Any]]:
    """Return the menu of grades: all of them, or one."""
    return [
        {"label": _("All grades"), "url": "?", "current": not chosen},
        *(
            {"label": label, "url": f"?grade={code}", "current": code == chosen}
            for code, label in levels.items()
        ),
    ]
