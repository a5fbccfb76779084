"""A zip of many schools' lists on the page: chosen, loaded file by file, told file by file."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.sheets.actions import bundle_undo, bundles
from khuevan.platform.sheets.bundle_tables import (
    FAULTY,
    PILLS,
    BundleFileTable,
    fault_sheet,
    pill_of,
    taken_back_told,
)
from khuevan.platform.sheets.errors import BundleNotWritten
from khuevan.platform.sheets.forms import BundleForm
from khuevan.platform.sheets.frames import card_by
from khuevan.platform.sheets.importers import importers, years_known
from khuevan.platform.sheets.models import (
    Bundle,
    BundleFile,
    BundleFileState,
    BundleMode,
    BundleState,
)
from khuevan.platform.sheets.permissions import LOAD_MANY, UNDO_IMPORTS
from khuevan.platform.sheets.selectors import bundle_for, bundles_of, files_of_bundle, own_unit
from khuevan.platform.sheets.writing import write_workbook
from khuevan.ui.downloads import XLSX, download
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill

SHOWN = 3
"""Files named while a zip is loaded."""
WRITABLE = (BundleFileState.GOOD, BundleFileState.FAULTY)
"""Checked files of which something may be written."""
WITH_FAULTS = "&".join(f"state={state}" for state in FAULTY)


@page(LOAD_MANY)
def new(request: Request) -> HttpResponse:
    """Choose a zip, and order that its files be loaded."""
    office = own_unit(request.actor)
    kinds = bundles.bundle_kinds(request.actor, office)
    is_sent = request.method == "POST"
    sent = (request.POST, request.FILES) if is_sent else ()
    form = BundleForm(*sent, kinds=kinds, years=years_known(request.actor.today))
    if is_sent and form.is_valid():
        try:
            bundle = bundles.take_in_bundle(
                actor=request.actor,
                unit_id=office,
                kind=form.cleaned_data["kind"],
                mode=form.cleaned_data["mode"],
                year=form.cleaned_data.get("year", ""),
                upload=form.cleaned_data["file"],
                now=clock.now(),
            )
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("sheets:bundle", uuid=bundle.uuid)
    return render_page(
        request, "sheets/bundle_new.html", {"form": form}, status=form_status(request)
    )


@page(LOAD_MANY, methods=("GET",))
def show(request: Request, uuid: UUID) -> HttpResponse:
    """Show how far a zip is, and what came of each file."""
    bundle = bundle_for(request.actor, uuid)
    if not bundle.is_at_work and request.htmx and request.htmx.target == "ended":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    table = BundleFileTable(files_of_bundle(bundle), request.GET, bundle=bundle)
    counts = bundles.counts_of_files(bundle) or bundle.counts
    context = {
        "bundle": bundle,
        "title": importers.get(bundle.kind).label,
        "table": table,
        "chips": _chips(table, counts),
        "latest": _latest(bundle) if bundle.state == BundleState.RUNNING else [],
        "count": sum(counts.values()),
        "done": sum(counts.values()) - counts.get(BundleFileState.WAITING, 0),
        "is_faulty": any(counts.get(state) for state in FAULTY),
        "may_go_on": bundle.state == BundleState.STOPPED
        and bundle.file is not None
        and bool(counts.get(BundleFileState.WAITING)),
        "may_write": bundle.may_be_written and any(counts.get(state) for state in WRITABLE),
        "has_good_rows": bool(counts.get(BundleFileState.FAULTY)),
        "may_undo": _may_undo(request.actor, bundle, counts),
        "taken_back": taken_back_told(counts) if counts.get(BundleFileState.UNDONE) else "",
        "is_kept": bool(counts.get(BundleFileState.KEPT)),
        "card": card_by(request.actor, bundle.job_uuid, now=clock.now()),
    }
    part = "more" if table.is_more else "list"
    return render_page(request, "sheets/bundle.html", context, partial=part)


@page(LOAD_MANY, methods=("POST",))
def go_on(request: Request, uuid: UUID) -> HttpResponse:
    """Load the files that are left."""
    bundles.go_on_with_bundle(actor=request.actor, uuid=uuid, now=clock.now())
    return redirect("sheets:bundle", uuid=uuid)


@page(LOAD_MANY, methods=("POST",))
def write(request: Request, uuid: UUID) -> HttpResponse:
    """Write a zip that was checked, from the archive that is kept."""
    mode = BundleMode.GOOD if request.POST.get("mode") == BundleMode.GOOD else BundleMode.ALL
    bundles.write_checked_bundle(actor=request.actor, uuid=uuid, mode=mode, now=clock.now())
    return redirect("sheets:bundle", uuid=uuid)


@page(UNDO_IMPORTS)
def undo(request: Request, uuid: UUID) -> HttpResponse:
    """Say what taking a whole zip back would do, and order it."""
    if request.method == "POST":
        bundle_undo.order_bundle_undo(actor=request.actor, uuid=uuid, now=clock.now())
        return redirect("sheets:bundle", uuid=uuid)
    try:
        bundle = bundle_undo.undoable_bundle(request.actor, uuid)
    except BundleNotWritten:
        return redirect("sheets:bundle", uuid=uuid)
    importer = importers.get(bundle.kind)
    context = {
        "bundle": bundle,
        "title": importer.label,
        "written": bundle_undo.written_of(bundle),
        "stays": importer.stays,
    }
    return render_page(request, "sheets/bundle_undo.html", context)


@page(LOAD_MANY, methods=("GET",))
def report(request: Request, uuid: UUID) -> HttpResponse:
    """Download the faults of all files, one row each."""
    bundle = bundle_for(request.actor, uuid)
    faulty = files_of_bundle(bundle).filter(Q(fault_count__gt=0)).order_by("number")
    content = BytesIO()
    write_workbook(content, [fault_sheet(faulty)])
    bundles.note_report(
        actor=request.actor,
        bundle=bundle,
        faults=sum(faulty.values_list("fault_count", flat=True)),
        now=clock.now(),
    )
    stem = bundle.file_name.removesuffix(".zip")
    name = _("faults-%(name)s.xlsx") % {"name": stem}
    return download(content.getvalue(), name=name, media_type=XLSX)


def loads_many(actor: Actor) -> bool:
    """Return whether the actor works in an office that may load the lists of many schools."""
    try:
        return bool(bundles.bundle_kinds(actor, own_unit(actor)))
    except NotFound:
        return False


def newest_bundles(actor: Actor) -> list[Bundle]:
    """Return the last zips of the offices within reach."""
    if not actor.may(LOAD_MANY):
        return []
    return list(bundles_of(actor).order_by("-id")[:5])


def _may_undo(actor: Actor, bundle: Bundle, counts: dict[str, int]) -> bool:
    is_written = any(counts.get(state) for state in bundle_undo.IN_RECORDS)
    is_ended = bundle.state in bundle_undo.ENDED
    return is_written and is_ended and bundle.unit_id in actor.reach(UNDO_IMPORTS, "school")


def _latest(bundle: Bundle) -> list[tuple[BundleFile, Pill]]:
    loaded = files_of_bundle(bundle).exclude(state=BundleFileState.WAITING).order_by("-number")
    return [(one, pill_of(one)) for one in loaded[:SHOWN]]


def _chips(table: BundleFileTable, counts: dict[str, int]) -> list[dict[str, Any]]:
    """Return what came of the files, each count opening to them."""
    asked = next(one.values for one in table.bound if one.key == "state")
    faulty = sum(counts.get(state, 0) for state in FAULTY)
    chips: list[dict[str, Any]] = [
        {"label": f"{_('All files')} {sum(counts.values())}", "url": table.path, "on": not asked}
    ]
    if faulty:
        chips.append(
            {
                "label": f"{_('With faults')} {faulty}",
                "icon": "circle-alert",
                "url": f"{table.path}?{WITH_FAULTS}",
                "on": set(asked) == set(FAULTY),
            }
        )
    return chips + [
        {
            "label": f"{state.label} {counts[state]}",
            "icon": PILLS[state][1],
            "url": f"{table.path}?state={state}",
            "on": asked == [state],
        }
        for state in BundleFileState
        if counts.get(state)
    ]
