"""Who gives the subjects of a school's classes, and how many periods nobody gives yet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.forms import GiveForm
from khuevan.registry.curriculum.plan_rules import weekly
from khuevan.registry.curriculum.programme import frame_of, opening_day
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.selectors.plans import (
    ClassPlan,
    SubjectPlan,
    class_plans,
    get_subject_for,
    givers_of,
    terms_of,
)
from khuevan.registry.curriculum.shown import fraction_words, periods_words
from khuevan.registry.curriculum.terms import term_now
from khuevan.registry.schools.api import academic_year_on, get_school_for, school_frame
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    get_member_for,
    homeroom_teachers,
    subject_label,
    subjects_of,
)
from khuevan.ui.page import done, form_status, page, render_page
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
    taught = {one.row.subject_name for plan in plans for one in plan.subjects}
    order = {name: place for place, name in enumerate(subjects_of())}
    subjects = sorted(taught, key=lambda name: (order.get(name, len(order)), name))
    in_charge = homeroom_teachers([one.room.pk for one in plans], on=on)
    context = {
        **school_frame(request, school, "assignments"),
        "actions": (),
        "year": year,
        "subjects": [subject_label(name) for name in subjects],
        "rooms": [
            {
                "room": plan.room,
                "in_charge": in_charge.get(plan.room.pk, ""),
                "cells": [_cell(plan, name) for name in subjects],
                "has_plan": bool(plan.subjects),
            }
            for plan in plans
        ],
        "open_count": sum(bool(one.uncovered[0]) for plan in plans for one in plan.subjects),
        "without_plan": sum(not plan.subjects for plan in plans),
    }
    return render_page(request, "curriculum/teaching.html", context)


@page(MANAGE_STAFF)
def give(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Give a subject of a class to a teacher, with everybody's load beside."""
    school = get_school_for(request.actor, code, MANAGE_STAFF)
    row = get_subject_for(request.actor, uuid, MANAGE_STAFF)
    room, on = row.homeroom_class, request.actor.today
    year = room.academic_year
    terms = terms_of(frame_of(room.grade_level.level, opening_day(year)))
    loads = teacher_loads(
        actor=request.actor,
        school=school,
        year=year,
        on=on,
        term=term_now(room.grade_level.level, on),
    )
    form = GiveForm(
        request.POST or None,
        members=[(str(one.member.uuid), _named(one)) for one in loads],
        terms=terms,
        initial={"starts_on": max(on, year.starts_on)},
    )
    to = reverse("curriculum:teaching", args=[school.code])
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            member = get_member_for(request.actor, UUID(form.cleaned_data["member"]), MANAGE_STAFF)
            actions.assign_subject(
                actor=request.actor,
                uuid=uuid,
                member=member,
                starts_on=form.cleaned_data["starts_on"],
                weeks=form.said_weeks,
                takes_over=form.cleaned_data["takes_over"],
                now=clock.now(),
            )
            words = {
                "name": member.person.full_name,
                "subject": row.subject_label,
                "room": room.name,
            }
            messages.success(request, _("%(name)s teaches %(subject)s in class %(room)s.") % words)
            return done(request, to)
    plan = SubjectPlan(row, terms, givers_of([row], on=on)[row.pk])
    words = {"subject": row.subject_label, "room": room.name}
    context = {
        **school_frame(request, school, "assignments"),
        "actions": (),
        "form": form,
        "title": _("Who teaches %(subject)s in class %(room)s") % words,
        "planned": periods_words(weekly(row.weeks, terms)),
        "givers": [
            {
                "name": one.teaching.person.full_name,
                "weekly": periods_words(weekly(one.weeks, terms)),
                "since": one.teaching.starts_on,
            }
            for one in plan.givers
        ],
        "missing": plan.uncovered[0],
        "cancel_url": to,
    }
    return render_page(request, "curriculum/give.html", context, status=form_status(request))


def _named(one: TeacherLoad) -> str:
    """Return a teacher with what is taught and owed, to choose by."""
    if one.load is None:
        return one.member.person.full_name
    words = {
        "name": one.member.person.full_name,
        "given": fraction_words(one.load.credited),
        "owed": fraction_words(one.load.required),
        "subjects": ", ".join(one.lessons) or "–",
    }
    return _("%(name)s: %(given)s of %(owed)s periods (%(subjects)s)") % words


def _cell(plan: ClassPlan, name: str) -> dict[str, Any]:
    """Return what stands in the cell of a class and subject."""
    found = [one for one in plan.subjects if one.row.subject_name == name]
    names = dict.fromkeys(giver.teaching.person.full_name for one in found for giver in one.givers)
    return {
        "label": subject_label(name),
        "names": list(names),
        "parts": [
            {"row": one.row, "weekly": periods_words(one.weekly), "missing": one.uncovered[0]}
            for one in found
        ],
    }
