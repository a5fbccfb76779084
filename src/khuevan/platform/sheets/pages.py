"""The import wizard: choose a file, match columns, check, confirm, see the result."""

from __future__ import annotations

from io import BytesIO
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.files.api import get_file_for
from khuevan.platform.jobs.api import get_job_for
from khuevan.platform.organizations.api import version_of
from khuevan.platform.sheets import actions, report
from khuevan.platform.sheets.checking import recognized_of, rows_of
from khuevan.platform.sheets.forms import ConfirmForm, MatchForm, UploadForm
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.preview import build_preview
from khuevan.platform.sheets.selectors import get_import_for, imports
from khuevan.ui.components import Step, steps
from khuevan.ui.page import Request, form_status, page, render_page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@page(USE_IMPORTS, methods=("GET",))
def index(request: Request) -> HttpResponse:
    """List the imports of my unit."""
    rows = imports(actor=request.actor)[:50]
    return render_page(request, "sheets/index.html", {"imports": rows, "kinds": list(importers)})


@page(USE_IMPORTS)
def upload(request: Request, kind: str) -> HttpResponse:
    """Step 1: take in a file for my unit."""
    if kind not in importers:
        raise NotFound
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            sheet_import = actions.upload_sheet(
                actor=request.actor,
                kind=kind,
                unit_id=_unit_of(request),
                upload=form.cleaned_data["file"],
                now=clock.now(),
            )
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("sheets:import", uuid=sheet_import.uuid)
    context = {"form": form, "kind": importers.get(kind), "steps": _steps(None, 0)}
    return render_page(request, "sheets/upload.html", context, status=form_status(request))


@page(USE_IMPORTS)
def match(request: Request, uuid: UUID) -> HttpResponse:
    """Step 2: match columns by hand."""
    sheet_import = get_import_for(request.actor, uuid)
    recognized = recognized_of(sheet_import)
    form = MatchForm(request.POST or None, sheet_import=sheet_import, layout=recognized.layout)
    if request.method == "POST" and form.is_valid():
        try:
            actions.match_columns(
                actor=request.actor, uuid=uuid, chosen=form.chosen(), now=clock.now()
            )
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("sheets:import", uuid=uuid)
    sample = rows_of(sheet_import)[:3]
    columns = [
        {
            "letter": column.letter,
            "header": column.header,
            "bound": form[f"c{column.index}"],
            "samples": [row.cells[column.index] for row in sample if column.index < len(row.cells)],
            "is_matched": bool(column.field),
        }
        for column in recognized.columns
    ]
    context = {
        "sheet_import": sheet_import,
        "form": form,
        "columns": columns,
        "missing": recognized.missing,
        "steps": _steps(sheet_import, 1),
    }
    return render_page(request, "sheets/match.html", context, status=form_status(request))


@page(USE_IMPORTS, methods=("GET",))
def show(request: Request, uuid: UUID) -> HttpResponse:
    """Steps 3 to 5, by where the import stands."""
    sheet_import = get_import_for(request.actor, uuid)
    if sheet_import.state == ImportState.MATCHING:
        return redirect("sheets:match", uuid=uuid)
    if sheet_import.state in {ImportState.CHECKED, ImportState.FAILED}:
        return _check_page(request, sheet_import)
    return _result_page(request, sheet_import)


def _check_page(request: Request, sheet_import: SheetImport) -> HttpResponse:
    preview = build_preview(
        sheet_import,
        rows_of(sheet_import),
        shown=request.GET.get("show", ""),
        at=_number(request, "at"),
        page=_number(request, "page"),
    )
    context = {"sheet_import": sheet_import, "preview": preview, "steps": _steps(sheet_import, 2)}
    return render_page(request, "sheets/check.html", context, partial="sheet")


def _result_page(request: Request, sheet_import: SheetImport) -> HttpResponse:
    job = get_job_for(request.actor, sheet_import.job_uuid) if sheet_import.job_uuid else None
    version = version_of(sheet_import.unit_id, on=request.actor.today)
    route = importers.get(sheet_import.kind).done_route
    context = {
        "sheet_import": sheet_import,
        "job": job,
        "unit_name": version.name if version else "",
        "done_url": reverse(route, args=[version.unit.code]) if route and version else "",
        "steps": _steps(sheet_import, 4 if sheet_import.state == ImportState.DONE else 3),
    }
    return render_page(request, "sheets/result.html", context, partial="result")


@page(USE_IMPORTS, methods=("POST",))
def fix(request: Request, uuid: UUID, number: int, column: int) -> HttpResponse:
    """Fix one cell in place."""
    actions.fix_cell(
        actor=request.actor,
        uuid=uuid,
        number=number,
        column=column,
        text=request.POST.get("value", ""),
        now=clock.now(),
    )
    return redirect(f"{reverse('sheets:import', args=[uuid])}?at={number}")


@page(USE_IMPORTS, methods=("POST",))
def leave_out(request: Request, uuid: UUID, number: int) -> HttpResponse:
    """Leave one row out, or take it back in."""
    actions.leave_out(
        actor=request.actor,
        uuid=uuid,
        number=number,
        is_left_out=request.POST.get("back") != "1",
        now=clock.now(),
    )
    return redirect("sheets:import", uuid=uuid)


@page(USE_IMPORTS)
def confirm(request: Request, uuid: UUID) -> HttpResponse:
    """Step 4: say what will be written, and order it."""
    sheet_import = get_import_for(request.actor, uuid)
    form = ConfirmForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.confirm_import(
                actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data
            )
        except NotFound:
            raise
        except DomainError as refusal:
            problem = str(refusal)
        else:
            return redirect("sheets:import", uuid=uuid)
    elif not sheet_import.is_open:
        return redirect("sheets:import", uuid=uuid)
    version = version_of(sheet_import.unit_id, on=request.actor.today)
    context = {
        "sheet_import": sheet_import,
        "problem": problem,
        "unit_name": version.name if version else "",
        "steps": _steps(sheet_import, 3),
    }
    return render_page(request, "sheets/confirm.html", context, status=form_status(request))


@page(USE_IMPORTS, methods=("POST",))
def recheck(request: Request, uuid: UUID) -> HttpResponse:
    """Compare with the records as they stand now."""
    actions.recheck(actor=request.actor, uuid=uuid, now=clock.now())
    return redirect("sheets:import", uuid=uuid)


@page(USE_IMPORTS, methods=("POST",))
def drop(request: Request, uuid: UUID) -> HttpResponse:
    """Give the import up."""
    actions.drop_import(actor=request.actor, uuid=uuid, now=clock.now())
    return redirect("sheets:index")


@page(USE_IMPORTS, methods=("GET",))
def marked(request: Request, uuid: UUID) -> HttpResponse:
    """Download the uploaded list with the faults marked in their cells."""
    sheet_import = get_import_for(request.actor, uuid)
    content = BytesIO()
    if sheet_import.file is None:
        raise NotFound
    file = get_file_for(request.actor, sheet_import.file.uuid)
    report.write_marked(content, file=file, rows=rows_of(sheet_import), sheet_import=sheet_import)
    return _spreadsheet(content, _("marked-%(name)s") % {"name": sheet_import.file_name})


@page(USE_IMPORTS, methods=("GET",))
def template(request: Request, kind: str) -> HttpResponse:
    """Download an empty list with the right columns."""
    if kind not in importers:
        raise NotFound
    content = BytesIO()
    report.write_template(content, layout=importers.get(kind).layouts[0])
    return _spreadsheet(content, f"{kind.split('.')[-1]}.xlsx")


def _spreadsheet(content: BytesIO, name: str) -> HttpResponse:
    stem = name.rsplit(".", 1)[0]
    response = HttpResponse(content.getvalue(), content_type=XLSX)
    response.headers["Content-Disposition"] = _attachment(f"{stem}.xlsx")
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _attachment(name: str) -> str:
    return content_disposition_header(as_attachment=True, filename=name) or "attachment"


def _unit_of(request: Request) -> int:
    hat = getattr(request.actor, "hat", None)
    if hat is None or hat.unit_id is None:
        raise NotFound
    unit_id: int = hat.unit_id
    return unit_id


def _number(request: Request, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 7 else 0


def _steps(sheet_import: SheetImport | None, current: int) -> list[Step]:
    labels = [_("Choose file"), _("Match columns"), _("Check"), _("Confirm"), _("Result")]
    if sheet_import is None or not sheet_import.is_open:
        return steps(labels, current)
    urls = [
        reverse("sheets:upload", args=[sheet_import.kind]),
        reverse("sheets:match", args=[sheet_import.uuid]),
        reverse("sheets:import", args=[sheet_import.uuid]),
    ]
    return steps(labels, current, urls)
