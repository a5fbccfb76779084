"""What the wizard's pages are drawn from, for each step."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.jobs.api import STOP_JOBS, Job, JobCard, card_of, get_job_for
from khuevan.platform.organizations.api import version_of
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.errands import errand_of
from khuevan.platform.sheets.faults import group_faults
from khuevan.platform.sheets.importers import Consequences, importers
from khuevan.platform.sheets.models import ImportState, Outcome, SheetImport
from khuevan.platform.sheets.notices import left_out_headers, recased, unread_headers
from khuevan.platform.sheets.permissions import UNDO_IMPORTS
from khuevan.platform.sheets.preview import PreviewMaker
from khuevan.platform.sheets.preview_shapes import View
from khuevan.platform.sheets.remedies import offers, promises_of
from khuevan.platform.sheets.selectors import refused_rows, rows_of, same_file, warned_rows
from khuevan.ui.asked import whole_number
from khuevan.ui.components import Step, steps

RESULTS = {ImportState.DONE, ImportState.UNDOING, ImportState.UNDONE}
STEPS = (
    gettext_lazy("Choose file"),
    gettext_lazy("Match columns"),
    gettext_lazy("Check"),
    gettext_lazy("Confirm"),
    gettext_lazy("Result"),
)


def check_frame(actor: Actor, sheet_import: SheetImport, view: View) -> dict[str, Any]:
    """Return step 3: what each row would do, and what stands in the way."""
    importer = importers.get(sheet_import.kind)
    day = sheet_import.on or actor.today
    context = importer.context(actor, sheet_import.unit_id, day, sheet_import.promised)
    return {
        "sheet_import": sheet_import,
        "title": importer.label,
        "preview": PreviewMaker(sheet_import, context).build(view),
        "offers": offers(actor=actor, sheet_import=sheet_import),
        "promises": promises_of(sheet_import),
        "unknown_names": unknown_count(sheet_import),
        "name_kinds": importer.name_kinds,
        "tabs": _tabs(sheet_import),
        "skipped": _skipped(sheet_import),
        "not_kept": _not_kept(sheet_import),
        "unread": ", ".join(unread_headers(sheet_import)),
        "left_out": ", ".join(left_out_headers(sheet_import)),
        "remark": _remark(actor, sheet_import),
        "recased": recased(sheet_import),
        "may_undo": may_undo(actor, sheet_import),
        "steps": steps_of(sheet_import, 2),
        "errand": errand_of(actor, sheet_import),
    }


def unknown_count(sheet_import: SheetImport) -> int:
    """Count the names of a list that nobody and nothing of the unit is called by."""
    kinds = {kind.fault for kind in importers.get(sheet_import.kind).name_kinds}
    if not kinds or not sheet_import.count("REFUSED"):
        return 0
    faults = faults_of(refused_rows(sheet_import))
    return len({(f.code, match_key(str(f.params.get("name")))) for f in faults if f.code in kinds})


def confirm_frame(actor: Actor, sheet_import: SheetImport, *, problem: str = "") -> dict[str, Any]:
    """Return step 4: what will be written, and what follows from it."""
    version = version_of(sheet_import.unit_id, on=actor.today)
    importer = importers.get(sheet_import.kind)
    return {
        "sheet_import": sheet_import,
        "title": importer.label,
        "consequences": _consequences(actor, sheet_import),
        "remark": _remark(actor, sheet_import) if sheet_import.count(Outcome.NEW) else "",
        "warnings": _warnings(sheet_import),
        "problem": problem,
        "unit_name": version.name if version else "",
        "steps": steps_of(sheet_import, 3),
        "errand": errand_of(actor, sheet_import),
    }


def result_frame(actor: Actor, sheet_import: SheetImport, *, now: datetime) -> dict[str, Any]:
    """Return step 5: how far the writing is, or what came out."""
    importer = importers.get(sheet_import.kind)
    version = version_of(sheet_import.unit_id, on=actor.today)
    is_linked = bool(importer.done_route and version)
    return {
        "sheet_import": sheet_import,
        "title": importer.label,
        "card": card_by(actor, sheet_import.job_uuid, now=now),
        "unit_name": version.name if version else "",
        "done_label": importer.done_label,
        "done_url": reverse(importer.done_route, args=[version.unit.code])
        if is_linked and version
        else "",
        "may_undo": may_undo(actor, sheet_import),
        "may_go_on": sheet_import.state == ImportState.UNDONE and bool(rows_of(sheet_import)[:1]),
        "others": [one for one in same_file(sheet_import) if one.is_open],
        "steps": steps_of(sheet_import, 4 if sheet_import.state in RESULTS else 3),
        "errand": errand_of(actor, sheet_import),
    }


def may_undo(actor: Actor, sheet_import: SheetImport) -> bool:
    """Return whether to offer the actor to take back what the list wrote."""
    reach = actor.reach(UNDO_IMPORTS, "school")
    return sheet_import.may_be_undone and sheet_import.unit_id in reach


def check_url(sheet_import: SheetImport, view: View) -> str:
    """Return the address of step 3 at a place."""
    return f"{reverse('sheets:import', args=[sheet_import.uuid])}?{view.query()}"


def view_of(query: QueryDict) -> View:
    """Return the place an address names."""
    return View(
        shown=query.get("show", ""),
        row=_number(query, "at", 0),
        column=_number(query, "col", -1),
        page=_number(query, "page", 0),
        kind=query.get("kind", ""),
    )


def steps_of(sheet_import: SheetImport | None, current: int) -> list[Step]:
    """Return the steps; those done lead back while the list may still be changed."""
    labels = [str(label) for label in STEPS]
    if sheet_import is None or not sheet_import.is_open:
        return steps(labels, current)
    word = importers.get(sheet_import.kind).word
    urls = [
        reverse("sheets:upload", args=[word]),
        reverse("sheets:match", args=[sheet_import.uuid]),
        reverse("sheets:import", args=[sheet_import.uuid]),
    ]
    return steps(labels, current, urls)


def _tabs(sheet_import: SheetImport) -> list[dict[str, Any]]:
    """Return the lists of the same file, when there are several."""
    lists = same_file(sheet_import)
    if len(lists) < 2:
        return []
    return [
        {
            "label": one.sheet_name or one.file_name,
            "url": reverse("sheets:import", args=[one.uuid]),
            "count": one.count("ALL"),
            "current": one.pk == sheet_import.pk,
            "is_done": one.state == ImportState.DONE,
        }
        for one in lists
    ]


def _consequences(actor: Actor, sheet_import: SheetImport) -> Consequences | None:
    effects = importers.get(sheet_import.kind).effects
    if effects is None or not sheet_import.effects:
        return None
    return effects.tell(
        actor=actor,
        unit_id=sheet_import.unit_id,
        measured=sheet_import.effects,
        promises=sheet_import.promised,
        on=actor.today,
    )


def _warnings(sheet_import: SheetImport) -> list[dict[str, Any]]:
    """Return the warnings that are accepted by confirming: each kind once, with its rows."""
    groups = group_faults(faults_of(warned_rows(sheet_import)))
    return [
        {
            "rows": _listed([str(fault.row) for fault in group.faults]),
            "count": group.count,
            "column": group.column_name,
            "what": group.faults[0].reason,
            "example": group.faults[0].row if group.count > 1 else 0,
            "url": check_url(sheet_import, View("WARNED", group.faults[0].row)),
        }
        for group in groups
    ]


def _skipped(sheet_import: SheetImport) -> str:
    """Return the numbers of the filled rows that are no data, as a person lists them."""
    return _listed([str(row["number"]) for row in sheet_import.skipped_rows])


def _listed(numbers: list[str]) -> str:
    """Return numbers of rows, the first of many with how many more there are."""
    if len(numbers) > 12:
        return _("%(numbers)s and %(count)s more") % {
            "numbers": ", ".join(numbers[:12]),
            "count": len(numbers) - 12,
        }
    return ", ".join(numbers)


def _remark(actor: Actor, sheet_import: SheetImport) -> str:
    fields = {column["field"] for column in sheet_import.columns}
    importer = importers.get(sheet_import.kind)
    return importer.remark(fields, sheet_import.on or actor.today)


def _not_kept(sheet_import: SheetImport) -> str:
    """Return the headers of the columns that the records have no place for."""
    fields = importers.get(sheet_import.kind).layout(sheet_import.layout).by_name
    return ", ".join(
        column["header"]
        for column in sheet_import.columns
        if column["field"] and not fields[column["field"]].is_kept
    )


def card_by(actor: Actor, job_uuid: UUID | None, *, now: datetime) -> JobCard | None:
    """Return the card of a job that the actor may see."""
    job: Job | None = None
    if job_uuid is not None:
        with suppress(NotFound):
            job = get_job_for(actor, job_uuid)
    if job is None:
        return None
    is_own = job.owner_id is not None and job.owner_id == actor.person_id
    may_stop = is_own or (job.unit_id or 0) in actor.reach(STOP_JOBS, "school")
    return card_of(job, now=now, may_stop=may_stop)


def _number(query: QueryDict, name: str, default: int) -> int:
    found = whole_number(query.get(name, ""))
    return default if found is None else found
