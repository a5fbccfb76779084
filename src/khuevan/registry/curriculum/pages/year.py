"""The plan of a class for the year, week by week: on a page, to print, as a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.forms import IntegratedForm
from khuevan.registry.curriculum.pages.years import asked_year, known_years, year_menu
from khuevan.registry.curriculum.permissions import MANAGE_PLANS, VIEW_PLANS
from khuevan.registry.curriculum.selectors.changes import plan_changes
from khuevan.registry.curriculum.selectors.plans import ClassPlan, class_plans
from khuevan.registry.curriculum.terms import day_in
from khuevan.registry.curriculum.workbooks import build_workbook
from khuevan.registry.curriculum.year_shown import (
    change_rows,
    fault_words,
    integrated_rows,
    runs_words,
    year_rows,
)
from khuevan.registry.schools.api import (
    AcademicYear,
    School,
    get_class_for,
    get_school_for,
    held_on,
    name_of,
    school_frame,
)
from khuevan.registry.staff.api import VIEW_STAFF
from khuevan.ui.downloads import XLSX, download, file_name
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@dataclass(frozen=True, slots=True)
class AskedPlans:
    """What an address asks for: the plans of a school's year, those of a grade, one of a class."""

    school: School
    year: AcademicYear | None
    all_plans: list[ClassPlan]
    of_grade: list[ClassPlan]
    one: ClassPlan | None

    @property
    def kept(self) -> dict[str, str]:
        """Return the address's parameters for the class shown."""
        if self.one is None or self.year is None:
            return {}
        return {"year": self.year.code, "class": str(self.one.room.uuid)}


@page(VIEW_PLANS, methods=("GET",))
def year(request: Request, code: str) -> HttpResponse:
    """Show the plan of a class for the year: each subject by weeks, and what was changed."""
    asked = _asked(request, code)
    plan = asked.one
    context: dict[str, Any] = {
        **school_frame(request, asked.school, "curriculum"),
        "actions": (),
        "year": asked.year,
        "years": year_menu(known_years(), asked.year.code if asked.year else ""),
        "grades": _grades(asked),
        "rooms": _rooms(asked),
        "plan": plan,
        "board_url": reverse("curriculum:board", args=[asked.school.code]),
        "query": urlencode(asked.kept),
        "manages": held_on(request.actor, MANAGE_PLANS, asked.school),
    }
    if plan is not None:
        context.update(_told(request, asked.school, [plan])[0])
    return render_page(request, "curriculum/year.html", context)


@page(VIEW_PLANS, methods=("GET",))
def printed(request: Request, code: str) -> HttpResponse:
    """Show the plans of a class, or of all classes of its grade, to print: a sheet each."""
    asked = _asked(request, code)
    is_grade = request.GET.get("of") == "grade"
    plans = asked.of_grade if is_grade else [asked.one] if asked.one else []
    context = {
        "school": asked.school,
        "school_name": name_of(asked.school),
        "year": asked.year,
        "sheets": _told(request, asked.school, plans),
        "query": urlencode(asked.kept),
        "back": f"{reverse('curriculum:year', args=[asked.school.code])}?{urlencode(asked.kept)}",
    }
    return render_page(request, "curriculum/year_print.html", context)


@page(VIEW_PLANS, methods=("GET",))
def workbook(request: Request, code: str) -> HttpResponse:
    """Give the plans of all classes of a grade as a workbook, a sheet each."""
    asked = _asked(request, code)
    content = build_workbook(asked.of_grade, school_name=name_of(asked.school))
    grade = asked.one.room.grade_level.label if asked.one else ""
    words = {"grade": grade, "year": asked.year.code if asked.year else ""}
    name = file_name(_("Plan of subjects %(grade)s %(year)s") % words, "xlsx")
    return download(content, name=name, media_type=XLSX)


@page(MANAGE_PLANS)
def integrated(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Say in which subjects of a class is learnt what has no subject of its own."""
    school = get_school_for(request.actor, code, MANAGE_PLANS)
    room = get_class_for(request.actor, uuid, MANAGE_PLANS)
    day = day_in(room.academic_year, request.actor.today)
    plans = class_plans(
        actor=request.actor,
        school=school,
        year=room.academic_year,
        on=day,
        permission=MANAGE_PLANS,
    )
    plan = next((one for one in plans if one.room == room), ClassPlan(room, None))
    rows = [one["row"] for one in year_rows(plan)]
    form = IntegratedForm(
        request.POST or None,
        subjects=[(str(row.uuid), row.subject_label, row.annual, row.integrated) for row in rows],
    )
    to = f"{reverse('curriculum:year', args=[school.code])}?{_of(room.academic_year, room.uuid)}"
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            same = [one for one in plans if one.room.grade_level == room.grade_level]
            for one in same if form.cleaned_data["all_classes"] else [plan]:
                actions.set_integrated(
                    actor=request.actor,
                    class_uuid=one.room.uuid,
                    counts=_counts_of(one, plan, form.counts),
                    now=clock.now(),
                )
            messages.success(request, _("Saved."))
            return done(request, to)
    told = "; ".join(f"{one['label']}: {one['asked']}" for one in integrated_rows(plan))
    context = {
        **school_frame(request, school, "curriculum"),
        "form": form,
        "form_title": _("Learnt within other subjects, class %(room)s") % {"room": room.name},
        "note": told,
        "submit": _("Save"),
        "cancel_url": to,
    }
    return render_page(request, "schools/form.html", context, status=form_status(request))


def _counts_of(one: ClassPlan, told: ClassPlan, counts: Mapping[str, int]) -> dict[UUID, int]:
    """Return the periods by subject of a class, as they were told for another of its grade."""
    by_name = {
        (subject.row.subject_name, subject.row.kind): counts[str(subject.row.uuid)]
        for subject in told.subjects
    }
    named = {
        subject.row.uuid: (subject.row.subject_name, subject.row.kind) for subject in one.subjects
    }
    return {uuid: by_name[name] for uuid, name in named.items() if name in by_name}


def _asked(request: Request, code: str) -> AskedPlans:
    school = get_school_for(request.actor, code, VIEW_PLANS)
    chosen = asked_year(request)
    plans: list[ClassPlan] = []
    if chosen is not None:
        on = day_in(chosen, request.actor.today)
        plans = class_plans(actor=request.actor, school=school, year=chosen, on=on)
    wanted, grade = request.GET.get("class", ""), request.GET.get("grade", "")
    one = next((plan for plan in plans if str(plan.room.uuid) == wanted), None)
    one = one or next((plan for plan in plans if plan.room.grade_level.code == grade), None)
    one = one or next(iter(plans), None)
    same = [plan for plan in plans if one and plan.room.grade_level == one.room.grade_level]
    return AskedPlans(school, chosen, plans, same, one)


def _told(request: Request, school: School, plans: Sequence[ClassPlan]) -> list[dict[str, Any]]:
    """Return what is shown of the plans of some classes: two queries."""
    names_people = held_on(request.actor, VIEW_STAFF, school)
    changes = plan_changes([plan.room.pk for plan in plans])
    told = []
    for plan in plans:
        totals = plan.week_totals
        first = plan.frame.first_term_weeks if plan.frame else len(totals)
        told.append(
            {
                "plan": plan,
                "rows": year_rows(plan),
                "total_runs": runs_words(totals),
                "first": sum(totals[:first]),
                "second": sum(totals[first:]),
                "faults": fault_words(plan),
                "integrated": integrated_rows(plan),
                "changes": change_rows(changes.get(plan.room.pk, ()), names_people=names_people),
            }
        )
    return told


def _grades(asked: AskedPlans) -> list[dict[str, Any]]:
    found = dict.fromkeys(plan.room.grade_level for plan in asked.all_plans)
    kept = {"year": asked.year.code} if asked.year else {}
    return [
        {
            "label": one.label,
            "url": "?" + urlencode({**kept, "grade": one.code}),
            "current": asked.one is not None and one == asked.one.room.grade_level,
        }
        for one in found
    ]


def _rooms(asked: AskedPlans) -> list[dict[str, Any]]:
    return [
        {
            "label": plan.room.name,
            "url": f"?{_of(plan.room.academic_year, plan.room.uuid)}",
            "current": asked.one is not None and plan.room == asked.one.room,
        }
        for plan in asked.of_grade
    ]


def _of(chosen: AcademicYear, room: UUID) -> str:
    return urlencode({"year": chosen.code, "class": str(room)})
