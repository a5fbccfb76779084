"""A package on the page: read at once, then each list made of it goes through the wizard."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.core.files.base import File
from django.http import HttpResponse

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.files.api import temporary_copy
from khuevan.platform.organizations.api import OrgUnit, UnitKind
from khuevan.platform.sheets import actions
from khuevan.platform.sheets.faults import Text
from khuevan.platform.sheets.forms import PackageForm
from khuevan.platform.sheets.models import SheetImport
from khuevan.platform.sheets.package_loading import kept_file
from khuevan.platform.sheets.packages import Package, PackageKind, Remark, find_package
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import own_unit
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request


@page(USE_IMPORTS)
def package(request: Request, kind: str) -> HttpResponse:
    """Take in a package: a list for each kind and school in it, and what came into no list."""
    found = find_package(kind)
    if found is None:
        raise NotFound
    is_sent = request.method == "POST"
    form = PackageForm(request.POST, request.FILES) if is_sent else PackageForm()
    if is_sent and form.is_valid():
        try:
            read = _read(request.actor, found, form.cleaned_data["file"])
            lists = _taken_in(request.actor, read)
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            made = {"title": found.label, "lists": lists, "remarks": read.remarks}
            return render_page(request, "sheets/package.html", made)
    context = {"title": found.label, "about": found.about, "form": form}
    return render_page(request, "sheets/package.html", context, status=form_status(request))


def _read(actor: Actor, kind: PackageKind, upload: File[bytes]) -> Package:
    """Read a package as of my school, or of the schools it names where I work above them."""
    unit = OrgUnit.objects.get(pk=own_unit(actor))
    with temporary_copy() as copy:
        shutil.copyfileobj(upload, copy)
        copy.flush()
        return kind.open(
            actor, Path(copy.name), unit.pk if unit.kind == UnitKind.SCHOOL else None, None
        )


def _taken_in(actor: Actor, read: Package) -> list[tuple[Text, SheetImport]]:
    """Take the lists in, as files of our own would be; one that may not be loaded is told."""
    lists: list[tuple[Text, SheetImport]] = []
    for one in read.lists:
        try:
            (taken_in,) = actions.upload_sheets(
                actor=actor,
                kind=one.importer.code,
                unit_id=one.unit_id,
                upload=kept_file(one),
                now=clock.now(),
            )
            lists.append((one.importer.layouts[0].label, taken_in))
        except NotFound:
            params = {"unit": one.unit_code}
            read.remarks += [
                Remark(row.home, "sheets.package_out_of_reach", params) for row in one.rows
            ]
    return lists
