"""The records of one school that a rule finds wrong, each mended in its own cell."""

from __future__ import annotations

from copy import deepcopy
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.quality import actions, findings, selectors, shown
from khuevan.insight.quality.cells import Cell, Write, cell_of
from khuevan.insight.quality.findings import PAGE, Finding
from khuevan.insight.quality.forms import CellForm
from khuevan.insight.quality.permissions import VIEW_FINDINGS
from khuevan.insight.quality.places import mended_at, record_of
from khuevan.insight.quality.rule_list import QualityRule, rule_of
from khuevan.kernel import clock
from khuevan.kernel.actor import Permission
from khuevan.registry.schools.api import (
    MANAGE_CAMPUSES,
    MANAGE_CLASSES,
    School,
    held_on,
    name_of,
)
from khuevan.registry.staff.api import MANAGE_STAFF, Position
from khuevan.registry.students.api import EDIT_STUDENTS
from khuevan.ui.asked import whole_number
from khuevan.ui.formats import clock as hour
from khuevan.ui.formats import number
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request


@page(VIEW_FINDINGS, methods=("GET",))
def list_findings(request: Request, code: str, rule: str) -> HttpResponse:
    """List the cells that a rule finds wrong; opening names is noted."""
    actor, on = request.actor, request.actor.today
    school = findings.school_of_findings(actor, code)
    asked = rule_of(rule, on)
    lines = selectors.school_lines(school, on)
    total = next((one.wrong for one in lines if one.rule.code == rule), 0)
    start = _start(request, total)
    listed = findings.findings(school, asked, on, start=start)
    if listed:
        actions.note_opened(
            actor=actor, school=school, rule=asked, count=len(listed), now=clock.now()
        )
    cell = _cell_for(request, asked, school)
    field = cell.field(actor, school) if cell else None
    context = {
        "title": asked.name,
        "crumbs": _crumbs(school, asked),
        "rule": asked,
        "origin": shown.origin_of(asked),
        "pill": shown.kind_pill(asked),
        "rows": [_row(school, asked, one, cell=cell, field=field) for one in listed],
        "has_cell": cell is not None,
        "has_place": asked.subject != "SCHOOL",
        "place_label": _place_label(asked),
        "has_value": any(one.value for one in listed),
        "standing": _standing(lines, asked),
        "next_rule": _next(school, lines, asked),
        "back_url": reverse("quality:school", args=[school.code]),
        **_pager(request, start, total),
    }
    return render_page(request, "quality/findings.html", context)


@page(EDIT_STUDENTS, methods=("POST",))
def fix_pupil(request: Request, code: str, rule: str, uuid: UUID) -> HttpResponse:
    """Mend one cell of a pupil's record, or of the family in it."""
    return _fix(request, code, rule, uuid, EDIT_STUDENTS)


@page(MANAGE_STAFF, methods=("POST",))
def fix_staff(request: Request, code: str, rule: str, uuid: UUID) -> HttpResponse:
    """Mend one cell of who a colleague is."""
    return _fix(request, code, rule, uuid, MANAGE_STAFF)


@page(MANAGE_STAFF, methods=("POST",))
def fix_homeroom(request: Request, code: str, rule: str, uuid: UUID) -> HttpResponse:
    """Put a teacher in charge of a class from today on."""
    return _fix(request, code, rule, uuid, MANAGE_STAFF)


@page(MANAGE_CLASSES, methods=("POST",))
def fix_class(request: Request, code: str, rule: str, uuid: UUID) -> HttpResponse:
    """Mend one cell of a class."""
    return _fix(request, code, rule, uuid, MANAGE_CLASSES)


@page(MANAGE_CAMPUSES, methods=("POST",))
def fix_school(request: Request, code: str, rule: str, uuid: UUID) -> HttpResponse:
    """Mend one cell of the school itself."""
    return _fix(request, code, rule, uuid, MANAGE_CAMPUSES)


def _fix(
    request: Request, code: str, rule: str, uuid: UUID, permission: Permission
) -> HttpResponse:
    """Take one value; answer with the row as it stands, or go back to the list without script."""
    actor, on = request.actor, request.actor.today
    school = findings.school_of_findings(actor, code, permission)
    asked = rule_of(rule, on)
    cell = _cell_for(request, asked, school)
    route = request.resolver_match.view_name if request.resolver_match else ""
    finding = findings.must_find(school, asked, uuid, on)
    if cell is None or cell.route != route:
        return redirect("quality:findings", code=school.code, rule=rule)
    form = _form(asked, finding, cell.field(actor, school), data=request.POST)
    if form.is_valid():
        said = form.cleaned_data
        with form.domain_errors():
            write = Write(
                actor=actor,
                school=school,
                finding=finding,
                name=cell.name,
                value=said["value"],
                version=said["version"] if said["version"] is not None else -1,
                now=clock.now(),
            )
            actions.mend(cell=cell, said=write)
            return _mended(request, school, asked, finding)
    if not request.htmx:
        messages.error(request, f"{finding.name}: {' '.join(_errors(form))}")
        return redirect("quality:findings", code=school.code, rule=rule)
    row = _row(school, asked, finding, cell=cell, form=form)
    return _answer(request, school, asked, row, status=422)


def _mended(request: Request, school: School, rule: QualityRule, was: Finding) -> HttpResponse:
    still = findings.finding_of(school, rule, was.uuid, request.actor.today)
    if not request.htmx:
        if still is None:
            messages.success(request, _("%(name)s: mended.") % {"name": was.name})
        else:
            messages.warning(request, _("%(name)s: saved, but still wrong.") % {"name": was.name})
        return redirect("quality:findings", code=school.code, rule=rule.code)
    if still is None:
        words = _("Mended %(time)s") % {"time": hour(localtime(clock.now()))}
        row = {**_plain_row(school, rule, was), "mended": words}
        return _answer(request, school, rule, row)
    cell = _cell_for(request, rule, school)
    field = cell.field(request.actor, school) if cell else None
    row = _row(school, rule, still, cell=cell, field=field)
    return _answer(request, school, rule, {**row, "still": _("Saved, but still wrong.")})


def _answer(
    request: Request, school: School, rule: QualityRule, row: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    lines = selectors.school_lines(school, request.actor.today)
    context = {
        "row": row,
        "rule": rule,
        "standing": _standing(lines, rule),
        "has_cell": True,
        "has_value": True,
        "has_place": rule.subject != "SCHOOL",
        "is_part": True,
    }
    return render_page(request, "quality/findings.html", context, status=status, partial="answer")


def _cell_for(request: Request, rule: QualityRule, school: School) -> Cell | None:
    """Return the cell that the reader may fill in, None where it takes a page or somebody else."""
    cell = cell_of(rule)
    return cell if cell and held_on(request.actor, cell.permission, school) else None


def _form(rule: QualityRule, finding: Finding, field: forms.Field, *, data: Any = None) -> CellForm:
    label = f"{finding.name}: {rule.name}"
    return CellForm(
        data,
        cell=deepcopy(field),
        key=f"c-{finding.uuid}",
        label=label,
        initial={"version": finding.version},
    )


def _row(
    school: School,
    rule: QualityRule,
    finding: Finding,
    *,
    cell: Cell | None,
    field: forms.Field | None = None,
    form: CellForm | None = None,
) -> dict[str, Any]:
    row = _plain_row(school, rule, finding)
    if cell is None:
        return row
    kept = form or (_form(rule, finding, field) if field is not None else None)
    url = reverse(cell.route, args=[school.code, rule.code, finding.uuid])
    return {**row, "form": kept, "fix_url": url, "errors": _errors(kept) if form else []}


def _plain_row(school: School, rule: QualityRule, finding: Finding) -> dict[str, Any]:
    url, label = mended_at(rule, school, finding)
    is_staff = rule.subject == "STAFF"
    return {
        "key": str(finding.uuid),
        "name": name_of(school) if rule.subject == "SCHOOL" else finding.name,
        "url": record_of(rule, school, finding),
        "place": Position(finding.place).label if is_staff else finding.place or _("no class"),
        "value": finding.value,
        "page_url": url,
        "page_label": label,
    }


def _errors(form: CellForm | None) -> list[str]:
    if form is None:
        return []
    return [str(text) for found in form.errors.values() for text in found]


def _standing(lines: list[selectors.RuleLine], rule: QualityRule) -> dict[str, Any]:
    """Return the score and what is left of this rule, as they stand now."""
    points = selectors.points_of_lines(lines)
    left = next((one.wrong for one in lines if one.rule.code == rule.code), 0)
    return {
        "score": shown.percent(points.score),
        "left": ngettext("%(count)s cell left", "%(count)s cells left", left)
        % {"count": number(left)},
        "is_done": left == 0,
    }


def _next(
    school: School, lines: list[selectors.RuleLine], rule: QualityRule
) -> dict[str, str] | None:
    """Return the costliest other rule, for whoever is done with this one."""
    for one in lines:
        if one.wrong and one.rule.code != rule.code:
            url = reverse("quality:findings", args=[school.code, one.rule.code])
            return {"url": url, "label": one.rule.name}
    return None


def _place_label(rule: QualityRule) -> str:
    if rule.subject == "STAFF":
        return _("Position")
    return _("Grade") if rule.subject == "CLASS" else _("Class")


def _crumbs(school: School, rule: QualityRule) -> list[dict[str, str]]:
    return [
        {"label": _("Data quality"), "url": reverse("quality:school", args=[school.code])},
        {"label": rule.name, "url": ""},
    ]


def _start(request: Request, total: int) -> int:
    start = whole_number(request.GET.get("from", "")) or 0
    return start // PAGE * PAGE if start < total else 0


def _pager(request: Request, start: int, total: int) -> dict[str, Any]:
    if total <= PAGE:
        return {"pages": []}
    return {
        "pages": [
            {
                "label": str(place + 1),
                "url": f"{request.path}?from={place * PAGE}",
                "current": place * PAGE == start,
            }
            for place in range(max(0, start // PAGE - 4), min(-(-total // PAGE), start // PAGE + 5))
        ],
        "pager_text": number(total),
    }
