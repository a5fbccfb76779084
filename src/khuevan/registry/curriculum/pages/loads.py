"""How much the teachers of a school owe and do, with what it is made of."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum.load_rules import Load, Norm, Reduction, Taught
from khuevan.registry.curriculum.norms import TEACHER
from khuevan.registry.curriculum.pages.duties import duty_rows
from khuevan.registry.curriculum.permissions import VIEW_LOADS
from khuevan.registry.curriculum.selectors.loads import TeacherLoad, teacher_loads
from khuevan.registry.curriculum.shown import fraction_words, load_fault_words, sure_pill
from khuevan.registry.curriculum.terms import term_now
from khuevan.registry.schools.api import (
    EducationLevel,
    School,
    academic_year_on,
    get_school_for,
    held_on,
    school_frame,
)
from khuevan.registry.staff.api import MANAGE_STAFF
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_LOADS, methods=("GET",))
def board(request: Request, code: str) -> HttpResponse:
    """Show each teacher with periods given and owed, and who is over or short."""
    school = get_school_for(request.actor, code, VIEW_LOADS)
    term, loads = _loads(request, school)
    context = {
        **school_frame(request, school, "loads"),
        "actions": (),
        "term": term + 1,
        "options": [
            {"label": label, "url": f"?term={number}", "current": number == term + 1}
            for number, label in ((1, _("Term I")), (2, _("Term II")))
        ],
        "rows": [_row(school, one) for one in loads],
        "over": sum(bool(one.load and one.load.over > 0 and not one.load.is_away) for one in loads),
        "short": sum(bool(one.load and one.load.over < 0) for one in loads),
    }
    return render_page(request, "curriculum/loads.html", context)


@page(VIEW_LOADS, methods=("GET",))
def one_teacher(request: Request, code: str, uuid: UUID) -> HttpResponse:
    """Show how the load of a teacher comes about, line by line, with its texts."""
    school = get_school_for(request.actor, code, VIEW_LOADS)
    term, loads = _loads(request, school)
    found = next((one for one in loads if one.member.uuid == uuid), None)
    if found is None:
        raise NotFound
    context = {
        **school_frame(request, school, "loads"),
        "actions": (),
        "term": term + 1,
        "one": found,
        "line": _row(school, found),
        "lines": _lines(found),
        "school_told": _school_words(found),
        "faults": [load_fault_words(found.load, one) for one in found.load.faults]
        if found.load
        else [],
        "manages": held_on(request.actor, MANAGE_STAFF, school),
        "duties": duty_rows(request, school, found.member),
    }
    return render_page(request, "curriculum/load.html", context)


def _loads(request: Request, school: School) -> tuple[int, list[TeacherLoad]]:
    """Return the term asked for, else the present one, and the loads in it."""
    on = request.actor.today
    year = academic_year_on(on)
    level = str(school.levels[-1]) if school.levels else ""
    asked = request.GET.get("term", "")
    term = int(asked) - 1 if asked in {"1", "2"} else term_now(level, on)
    if year is None:
        return term, []
    return term, teacher_loads(actor=request.actor, school=school, year=year, on=on, term=term)


def _row(school: School, one: TeacherLoad) -> dict[str, Any]:
    load = one.load
    return {
        "name": one.member.person.full_name,
        "url": reverse("curriculum:load", args=[school.code, one.member.uuid]),
        "lessons": [f"{name}: {', '.join(rooms)}" for name, rooms in one.lessons.items()],
        "given": fraction_words(load.credited) if load else "–",
        "norm": load.norm.periods if load else "–",
        "reduced": fraction_words(load.reduced) if load else "–",
        "owed": fraction_words(load.required) if load else "–",
        "off": _off(one),
        "faults": [load_fault_words(load, fault) for fault in load.faults] if load else [],
    }


def _off(one: TeacherLoad) -> dict[str, str]:
    """Return by how much somebody is over or short, as a pill."""
    if one.load is None:
        return {"tone": "neutral", "icon": "", "label": _("No norm known")}
    over = one.load.over
    if one.load.is_away:
        return _away(one.load)
    if over == 0:
        return {"tone": "ok", "icon": "circle-check", "label": _("Exactly met")}
    if over < 0:
        label = _("%(count)s short") % {"count": fraction_words(-over)}
        return {"tone": "warn", "icon": "circle-alert", "label": label}
    label = _("%(count)s over") % {"count": fraction_words(over)}
    return {"tone": "bad" if over > one.load.limit else "neutral", "icon": "", "label": label}


def _away(load: Load) -> dict[str, str]:
    """Return that somebody is on leave, and how many of the lessons nobody stands in for."""
    if not load.credited:
        return {"tone": "neutral", "icon": "", "label": _("On leave")}
    label = _("On leave, %(count)s periods without anybody") % {
        "count": fraction_words(load.credited)
    }
    return {"tone": "warn", "icon": "circle-alert", "label": label}


def _lines(one: TeacherLoad) -> list[dict[str, Any]]:
    """Return the steps by which a load comes about."""
    load = one.load
    if load is None:
        return []
    return [
        _line(_norm_words(one), load.norm.periods, load.norm),
        *(_line(cut.label, f"−{cut.periods}", cut) for cut in load.reductions),
        _line(_("Owed"), fraction_words(load.required)),
        *(
            _line(_work_words(one, work), fraction_words(work.credited), work)
            for work in load.taught
        ),
        _line(pgettext("of periods", "Given"), fraction_words(load.credited)),
    ]


def _norm_words(one: TeacherLoad) -> str:
    """Return by which level the norm is, where the school has several."""
    if one.where is None or not one.where.of_several_levels or one.position != TEACHER:
        return _("Norm a week")
    words = {"level": EducationLevel(one.where.level).label}
    if one.is_by_title:
        return _("Norm a week: %(level)s, by the professional title (article 3.4)") % words
    return _("Norm a week: %(level)s, where most lessons are; no title is recorded") % words


def _school_words(one: TeacherLoad) -> str:
    """Return how large the school is and in which zone: some norms and duties depend on it."""
    if one.where is None:
        return ""
    words = {"count": one.where.classes, "zone": one.where.zone}
    return _("School of %(count)s classes in zone %(zone)s") % words


def _work_words(one: TeacherLoad, work: Taught) -> str:
    """Return work with its classes, or with what it is worth where a period isn't one."""
    rooms = one.lessons.get(work.what)
    if rooms:
        return f"{work.what}: {', '.join(rooms)}"
    if work.factor == 1:
        return work.what
    words = {"work": work.what, "count": fraction_words(work.periods)}
    return _("%(work)s: %(count)s × %(factor)s") % {
        **words,
        "factor": fraction_words(work.factor),
    }


def _line(what: str, count: Any, of: Norm | Reduction | Taught | None = None) -> dict[str, Any]:
    """Return a step: a sum where it is of nothing else."""
    confidence = getattr(of, "confidence", "")
    return {
        "what": what,
        "count": count,
        "source": getattr(of, "source", ""),
        "sure": sure_pill(confidence) if confidence else None,
        "is_sum": of is None,
    }
