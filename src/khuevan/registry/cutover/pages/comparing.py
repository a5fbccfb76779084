"""Own totals entered, differences looked at and explained, one class looked into."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.registry.cutover import actions, selectors, who
from khuevan.registry.cutover.entering import (
    MOST_LINES,
    Entry,
    Extra,
    entries_of,
    pasted,
    read_cells,
)
from khuevan.registry.cutover.forms import ExplainForm, PasteForm, TotalsForm
from khuevan.registry.cutover.models import Cutover, Part
from khuevan.registry.cutover.pages.frame import found, render
from khuevan.registry.cutover.permissions import RUN_CUTOVERS, VIEW_CUTOVERS
from khuevan.registry.cutover.rules import Count, Line
from khuevan.registry.cutover.selectors import UNPLACED, Reconciliation
from khuevan.registry.cutover.shown import line_row, progress
from khuevan.registry.schools.api import School
from khuevan.ui.page import done, page
from khuevan.ui.request import Request

SECTIONS = (Part.CLASS, Part.GRADE, Part.SCHOOL, Part.STAFF)


@page(RUN_CUTOVERS)
def totals(request: Request, uuid: UUID) -> HttpResponse:
    """Enter the school's own totals; those pasted or uploaded are laid into the sheet first."""
    cutover, school = found(request.actor, uuid, RUN_CUTOVERS)
    counted = selectors.reconciliation(request.actor, cutover)
    entries = entries_of(counted)
    if "read" in request.POST:
        return _read(request, cutover, school, counted)
    names = request.POST.getlist("extra")[:MOST_LINES]
    form = TotalsForm(
        request.POST if request.method == "POST" else None,
        entries=entries,
        extras=[Extra(name, Count()) for name in names],
        classes=_choices(counted),
        initial={"version": cutover.version},
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.save_totals(
                actor=request.actor,
                uuid=uuid,
                version=form.cleaned_data["version"],
                totals=form.totals,
                names=form.names,
                now=clock.now(),
            )
            messages.success(request, _("Totals saved."))
            return done(request, reverse("cutover:comparison", args=[uuid]))
    return _totals_page(request, cutover, school, form, PasteForm(prefix="paste"))


def _read(
    request: Request, cutover: Cutover, school: School, counted: Reconciliation
) -> HttpResponse:
    """Lay what was pasted or uploaded into the sheet; nothing is saved yet."""
    entries = entries_of(counted)
    paste = PasteForm(request.POST, request.FILES, prefix="paste")
    extras: Sequence[Extra] = ()
    faults: Sequence[str] = ()
    if paste.is_valid():
        try:
            read = pasted(
                read_cells(paste.cleaned_data["text"], paste.cleaned_data["file"]),
                entries=entries,
                classes=counted.classes,
                remembered=selectors.remembered_names(cutover.school_id),
            )
        except DomainError as refusal:
            paste.add_error("file" if paste.cleaned_data["file"] else "text", str(refusal))
        else:
            entries = [
                Entry(one.part, one.key, one.name, read.counts.get((one.part, one.key), one.count))
                for one in entries
            ]
            extras, faults = read.extras, read.faults
    form = TotalsForm(
        entries=entries,
        extras=extras,
        classes=_choices(counted),
        initial={"version": cutover.version},
    )
    return _totals_page(request, cutover, school, form, paste, faults=faults)


def _choices(counted: Reconciliation) -> list[tuple[str, str]]:
    lines = sorted(counted.classes, key=lambda line: line.order)
    return [(line.key, line.name) for line in lines if line.is_there and line.key != UNPLACED]


def _totals_page(
    request: Request,
    cutover: Cutover,
    school: School,
    form: TotalsForm,
    paste: PasteForm,
    *,
    faults: Sequence[str] = (),
) -> HttpResponse:
    sections = [
        {
            "part": part,
            "label": _SECTION_NAMES[part](),
            "rows": [
                {"name": one.name, "inputs": form.row_of(one.field)}
                for one in form.entries
                if one.part == part
            ],
        }
        for part in SECTIONS
    ]
    was_read = paste.is_bound and not paste.errors
    context = {
        "form": form,
        "paste": paste,
        "faults": faults,
        "was_read": was_read,
        "sections": [one for one in sections if one["rows"]],
        "extras": [
            {
                "name": form[f"name.{place}"].value() or extra.name,
                "hidden": form[f"name.{place}"],
                "choice": form[f"class.{place}"],
                "inputs": form.row_of(f"extra.{place}"),
            }
            for place, extra in enumerate(form.extras)
        ],
    }
    title = _("The school's own totals")
    status = 200 if was_read else None
    return render(request, "totals", school, context, title=title, cutover=cutover, status=status)


_SECTION_NAMES = {
    Part.CLASS: lambda: _("Classes"),
    Part.GRADE: lambda: _("Grades"),
    Part.SCHOOL: lambda: _("Whole school"),
    Part.STAFF: lambda: _("Staff by position"),
}


@page(VIEW_CUTOVERS, methods=("GET",))
def comparison(request: Request, uuid: UUID) -> HttpResponse:
    """Show own totals beside the records, line by line."""
    cutover, school = found(request.actor, uuid)
    return _comparison(request, cutover, school, None)


@page(RUN_CUTOVERS, methods=("POST",))
def explain(request: Request, uuid: UUID) -> HttpResponse:
    """Say why a line differs."""
    cutover, school = found(request.actor, uuid, RUN_CUTOVERS)
    form = ExplainForm(request.POST)
    if form.is_valid():
        with form.domain_errors():
            actions.explain(actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Explanation noted."))
            return done(request, reverse("cutover:comparison", args=[uuid]))
    return _comparison(request, cutover, school, form)


def _comparison(
    request: Request, cutover: Cutover, school: School, form: ExplainForm | None
) -> HttpResponse:
    counted = selectors.reconciliation(request.actor, cutover)
    may_run = school.pk in request.actor.reach(RUN_CUTOVERS, "school")
    rows = [_row(cutover, line, form, may_run=may_run) for line in counted.lines]
    rows.sort(key=lambda row: (row["line"].is_settled, not row["line"].explained))
    context = {
        "unsettled": [row for row in rows if not row["line"].is_settled],
        "explained": [row for row in rows if row["line"].explained],
        "agreeing": [row for row in rows if row["line"].is_settled and not row["line"].explained],
        "progress": progress(cutover, counted),
        "may_explain": may_run and cutover.is_live,
    }
    title = _("Comparison")
    return render(request, "comparison", school, context, title=title, cutover=cutover)


def _row(
    cutover: Cutover, line: Line, form: ExplainForm | None, *, may_run: bool
) -> dict[str, Any]:
    is_class = line.part == Part.CLASS and may_run
    url = reverse("cutover:room", args=[cutover.uuid, line.key]) if is_class and line.key else ""
    row = line_row(line, url=url, with_words=may_run)
    is_sent = form is not None and (form["part"].value(), form["key"].value()) == (
        line.part,
        line.key,
    )
    row["form"] = (
        form
        if is_sent
        else ExplainForm(
            initial={
                "part": line.part,
                "key": line.key,
                "sentence": line.explained or line.said_before,
            },
            auto_id=f"{line.part}_{line.key}_%s",
        )
    )
    row["is_sent"] = is_sent
    return row


@page(RUN_CUTOVERS, methods=("GET",))
def room(request: Request, uuid: UUID, key: str) -> HttpResponse:
    """Look into one class: who is in the files and not in the records, and the other way round."""
    cutover, school = found(request.actor, uuid, RUN_CUTOVERS)
    counted = selectors.reconciliation(request.actor, cutover)
    line = next((one for one in counted.classes if one.key == key), None)
    if line is None:
        raise NotFound
    looked = who.look_into(request.actor, cutover, line)
    context = {"row": line_row(line), "looked": looked, "line": line}
    return render(request, "class", school, context, title=line_row(line)["name"], cutover=cutover)
