"""The import wizard: choose a file, match columns, check, confirm, see the result."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.sheets import actions, report
from khuevan.platform.sheets.bundle_pages import loads_many, newest_bundles
from khuevan.platform.sheets.checking import recognized_of
from khuevan.platform.sheets.empty_list import write_list
from khuevan.platform.sheets.errands import errand_of
from khuevan.platform.sheets.errors import RecordsMoved
from khuevan.platform.sheets.forms import ADDED, COLUMN, ConfirmForm, MatchForm, UploadForm
from khuevan.platform.sheets.frames import (
    check_frame,
    check_url,
    confirm_frame,
    result_frame,
    steps_of,
    view_of,
)
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.platform.sheets.packages import packages
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.preview import text_of
from khuevan.platform.sheets.preview_shapes import View
from khuevan.platform.sheets.selectors import (
    get_import_for,
    importer_for,
    importers_of,
    imports,
    own_unit,
    packages_of,
    rows_of,
    same_file,
)
from khuevan.ui.downloads import XLSX, download
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part

SAMPLE = 3
ZEROS = "zeros"


@page(USE_IMPORTS, methods=("GET",))
def index(request: Request) -> HttpResponse:
    """List the imports of my unit."""
    rows, next_url = newest_part(request, imports(actor=request.actor))
    context = {
        "imports": rows,
        "next_url": next_url,
        "kinds": importers_of(request.actor),
        "packages": list(packages),
        "packages_made": list(packages_of(request.actor).order_by("-id")[:3]) if packages else [],
        "bundles": newest_bundles(request.actor),
        "loads_many": loads_many(request.actor),
    }
    return render_page(request, "sheets/index.html", context)


@page(USE_IMPORTS)
def upload(request: Request, kind: str) -> HttpResponse:
    """Step 1: take in a file for my unit."""
    importer = importer_for(request.actor, kind)
    is_sent = request.method == "POST"
    layout = importer.layouts[0]
    form = (
        UploadForm(request.POST, request.FILES, layout=layout)
        if is_sent
        else UploadForm(layout=layout)
    )
    if is_sent and form.is_valid():
        try:
            taken_in = actions.upload_sheets(
                actor=request.actor,
                kind=importer.code,
                unit_id=own_unit(request.actor),
                upload=form.cleaned_data["file"],
                now=clock.now(),
            )
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("sheets:import", uuid=taken_in[0].uuid)
    context = {"form": form, "kind": importer, "title": importer.label, "steps": steps_of(None, 0)}
    context["has_practice"] = settings.DEMO_MODE and importer.practice is not None
    return render_page(request, "sheets/upload.html", context, status=form_status(request))


@page(USE_IMPORTS)
def match(request: Request, uuid: UUID) -> HttpResponse:
    """Step 2: match columns by hand."""
    sheet_import = get_import_for(request.actor, uuid)
    if not sheet_import.is_open:
        return redirect("sheets:import", uuid=uuid)
    importer = importers.get(sheet_import.kind)
    form = MatchForm(
        request.POST if request.method == "POST" else None,
        sheet_import=sheet_import,
        layout=importer.layout(sheet_import.layout),
        context=importer.context(
            request.actor,
            sheet_import.unit_id,
            sheet_import.on or request.actor.today,
            sheet_import.promised,
        ),
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.match_columns(
                actor=request.actor,
                uuid=uuid,
                chosen=form.chosen(),
                added=form.added(),
                now=clock.now(),
            )
            return redirect("sheets:import", uuid=uuid)
    context = _match_context(request, sheet_import, form)
    return render_page(request, "sheets/match.html", context, status=form_status(request))


@page(USE_IMPORTS, methods=("GET",))
def show(request: Request, uuid: UUID) -> HttpResponse:
    """Steps 3 to 5, by where the import stands."""
    sheet_import = get_import_for(request.actor, uuid)
    if sheet_import.state == ImportState.MATCHING:
        return redirect("sheets:match", uuid=uuid)
    if not sheet_import.is_open:
        if request.htmx and request.htmx.target == "ended":  # the writing is over
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        frame = result_frame(request.actor, sheet_import, now=clock.now())
        return render_page(request, "sheets/result.html", frame)
    frame = check_frame(request.actor, sheet_import, view_of(request.GET))
    if _is_part(request):
        return HttpResponse(_check_part(request, frame))
    return render_page(request, "sheets/check.html", frame)


@page(USE_IMPORTS, methods=("POST",))
def fix(request: Request, uuid: UUID, number: int, column: int) -> HttpResponse:
    """Fix one cell in place."""
    sheet_import = actions.fix_cell(
        actor=request.actor,
        uuid=uuid,
        number=number,
        column=column,
        text=request.POST.get("value", ""),
        now=clock.now(),
    )
    return _after(request, sheet_import, number, _("Row %(row)s checked again."))


@page(USE_IMPORTS, methods=("POST",))
def leave_out(request: Request, uuid: UUID, number: int) -> HttpResponse:
    """Leave one row out."""
    sheet_import = actions.leave_out(
        actor=request.actor, uuid=uuid, number=number, is_left_out=True, now=clock.now()
    )
    return _after(request, sheet_import, number, _("Row %(row)s left out."))


@page(USE_IMPORTS, methods=("POST",))
def take_back(request: Request, uuid: UUID, number: int) -> HttpResponse:
    """Take a row back in that was left out."""
    sheet_import = actions.leave_out(
        actor=request.actor, uuid=uuid, number=number, is_left_out=False, now=clock.now()
    )
    return _after(request, sheet_import, number, _("Row %(row)s taken back in."))


@page(USE_IMPORTS, methods=("POST",))
def remedy(request: Request, uuid: UUID, code: str) -> HttpResponse:
    """Promise what the unit lacks for this list, or take the promise back; or put zeros back."""
    if code == ZEROS:
        actions.add_zeros(actor=request.actor, uuid=uuid, now=clock.now())
        return redirect("sheets:import", uuid=uuid)
    act = actions.withdraw_remedy if "withdraw" in request.POST else actions.promise_remedy
    act(actor=request.actor, uuid=uuid, code=code, now=clock.now())
    return redirect("sheets:import", uuid=uuid)


@page(USE_IMPORTS)
def confirm(request: Request, uuid: UUID) -> HttpResponse:
    """Step 4: say what will be written, and order it."""
    sheet_import = get_import_for(request.actor, uuid)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and sheet_import.is_ordered:
        messages.info(request, _("This list has been confirmed already; it is written once."))
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_import(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
        except RecordsMoved as moved:
            actions.recheck(actor=request.actor, uuid=uuid, now=clock.now(), problem=str(moved))
        except NotFound:
            raise
        except DomainError as refusal:
            frame = confirm_frame(request.actor, sheet_import, problem=str(refusal))
            return render_page(request, "sheets/confirm.html", frame, status=422)
        return redirect("sheets:import", uuid=uuid)
    if sheet_import.state != ImportState.CHECKED:
        return redirect("sheets:import", uuid=uuid)
    return render_page(request, "sheets/confirm.html", confirm_frame(request.actor, sheet_import))


@page(USE_IMPORTS, methods=("POST",))
def recheck(request: Request, uuid: UUID) -> HttpResponse:
    """Compare with the records as they stand now."""
    actions.recheck(actor=request.actor, uuid=uuid, now=clock.now())
    return redirect("sheets:import", uuid=uuid)


@page(USE_IMPORTS, methods=("POST",))
def reopen(request: Request, uuid: UUID) -> HttpResponse:
    """Go on with the rows that were not written."""
    actions.reopen_import(actor=request.actor, uuid=uuid, now=clock.now())
    return redirect("sheets:import", uuid=uuid)


@page(USE_IMPORTS, methods=("POST",))
def drop(request: Request, uuid: UUID) -> HttpResponse:
    """Give the import up."""
    dropped = actions.drop_import(actor=request.actor, uuid=uuid, now=clock.now())
    rest = _("The rest of the list is given up. What was written before stays.")
    none = _("List given up. Nothing was written.")
    messages.success(request, rest if dropped.is_half_written else none)
    return redirect("sheets:index")


@page(USE_IMPORTS, methods=("GET",))
def marked(request: Request, uuid: UUID) -> HttpResponse:
    """Download the uploaded list with the faults marked in their cells."""
    sheet_import = get_import_for(request.actor, uuid)
    if sheet_import.file is None or sheet_import.state == ImportState.MATCHING:
        raise NotFound
    content = BytesIO()
    lists = [(one, rows_of(one)) for one in same_file(sheet_import)]
    report.write_marked(content, file=sheet_import.file, lists=lists)
    actions.note_marked_copy(actor=request.actor, sheet_import=sheet_import, now=clock.now())
    return _spreadsheet(content, _("marked-%(name)s") % {"name": sheet_import.file_name})


@page(USE_IMPORTS, methods=("GET",))
def template(request: Request, kind: str) -> HttpResponse:
    """Download an empty list with the right columns, and the unit's own choices."""
    importer = importer_for(request.actor, kind)
    content, layout = BytesIO(), importer.layouts[0]
    context = importer.context(request.actor, own_unit(request.actor), request.actor.today, {})
    write_list(content, layout=layout, context=context)
    return _spreadsheet(content, str(layout.label))


@page(USE_IMPORTS, methods=("GET",))
def practice(request: Request, kind: str) -> HttpResponse:
    """Download a list with faults to try the wizard on; a route of the demo alone."""
    importer = importer_for(request.actor, kind)
    if importer.practice is None:
        raise NotFound
    unit_id, on = own_unit(request.actor), request.actor.today
    content = BytesIO()
    write_list(
        content,
        layout=importer.layouts[0],
        context=importer.context(request.actor, unit_id, on, {}),
        rows=importer.practice(request.actor, unit_id, on),
    )
    return _spreadsheet(content, _("list-to-practice"))


def _match_context(request: Request, sheet_import: SheetImport, form: MatchForm) -> dict[str, Any]:
    importer = importers.get(sheet_import.kind)
    recognized = recognized_of(sheet_import)
    labels = recognized.layout.by_name
    sample = rows_of(sheet_import)[:SAMPLE]
    columns = [
        {
            "letter": column.letter,
            "header": column.header,
            "bound": form[f"{COLUMN}{column.index}"],
            "samples": [text for row in sample if (text := text_of(row, column.index))],
            "also": labels[stored["also"]].label if stored.get("also") else "",
        }
        for column, stored in zip(recognized.columns, sheet_import.columns, strict=True)
        if not stored.get("added")
    ]
    added = [name.removeprefix(ADDED) for name in form.fields if name.startswith(ADDED)]
    matched = {column.field for column in recognized.columns}
    return {
        "sheet_import": sheet_import,
        "title": importer.label,
        "form": form,
        "columns": columns,
        "added": [form[f"{ADDED}{name}"] for name in added],
        "is_added_first": any(c.get("added") and c["value"] for c in sheet_import.columns)
        or any(name not in matched for name in added),
        "is_needed": sheet_import.state == ImportState.MATCHING,
        "missing": ", ".join(item.header for item in recognized.missing),
        "steps": steps_of(sheet_import, 1),
        "errand": errand_of(request.actor, sheet_import),
    }


def _after(request: Request, sheet_import: SheetImport, number: int, words: str) -> HttpResponse:
    """Answer a mended row: the same group at the next place, in part or as a whole page."""
    view = View(request.POST.get("show", ""), number, kind=request.POST.get("kind", ""))
    url = check_url(sheet_import, view)
    if not _is_part(request):
        return redirect(url)
    response = HttpResponse(_check_part(request, check_frame(request.actor, sheet_import, view)))
    response.headers["HX-Push-Url"] = url
    response.headers["HX-Trigger"] = json.dumps({"say": words % {"row": number}})
    return response


def _is_part(request: Request) -> bool:
    """Return whether htmx asks for the check alone, by a link or a form inside it."""
    return bool(request.htmx and request.htmx.target == "check")


def _check_part(request: Request, frame: dict[str, Any]) -> str:
    return render_to_string("sheets/check_part.html", {**frame, "is_part": True}, request)


def _spreadsheet(content: BytesIO, name: str) -> HttpResponse:
    stem = name.rsplit(".", 1)[0] if name.lower().endswith((".xlsx", ".xls", ".csv")) else name
    return download(content.getvalue(), name=f"{stem}.xlsx", media_type=XLSX)
