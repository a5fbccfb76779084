"""A package on the page: chosen, opened in the background, its lists go through the wizard."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.sheets.actions import packages as actions
from khuevan.platform.sheets.faults import Text
from khuevan.platform.sheets.forms import PackageForm
from khuevan.platform.sheets.frames import card_by
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import BundleState, PackageLoad, PackageMode, SheetImport
from khuevan.platform.sheets.package_loading import Told
from khuevan.platform.sheets.packages import find_package
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import imports, own_unit, package_for
from khuevan.ui.formats import number
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request

MOST_SHOWN = 200


@page(USE_IMPORTS)
def package(request: Request, kind: str) -> HttpResponse:
    """Take in a package, and order that lists be made of it."""
    found = find_package(kind)
    if found is None:
        raise NotFound
    is_sent = request.method == "POST"
    form = PackageForm(request.POST, request.FILES) if is_sent else PackageForm()
    if is_sent and form.is_valid():
        try:
            taken_in = actions.take_in_package(
                actor=request.actor,
                kind=found,
                unit_id=own_unit(request.actor),
                mode=PackageMode.LISTS,
                upload=form.cleaned_data["file"],
                now=clock.now(),
            )
        except NotFound:
            raise
        except DomainError as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("sheets:package_made", uuid=taken_in.uuid)
    context = {"title": found.label, "about": found.about, "form": form}
    return render_page(request, "sheets/package.html", context, status=form_status(request))


@page(USE_IMPORTS, methods=("GET",))
def show(request: Request, uuid: UUID) -> HttpResponse:
    """Show how far a package is; then the lists made of it, and what came into none."""
    one = package_for(request.actor, uuid)
    if one.state != BundleState.RUNNING and request.htmx and request.htmx.target == "ended":
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    kind = find_package(one.kind)
    context = {
        "package": one,
        "title": kind.label if kind else one.kind,
        "card": card_by(request.actor, one.job_uuid, now=clock.now()),
        "summary": package_told(one),
        "lists": lists_of(request.actor, one),
        "told": [Told.from_data(data) for data in one.told[:MOST_SHOWN]],
        "more": max(0, one.told_count - MOST_SHOWN),
    }
    return render_page(request, "sheets/package_made.html", context)


def lists_of(actor: Actor, package: PackageLoad) -> list[tuple[Text, SheetImport]]:
    """Return the lists that a package became, in the order in which they are confirmed."""
    found = {str(one.uuid): one for one in imports(actor=actor).filter(uuid__in=package.lists)}
    listed = [found[uuid] for uuid in package.lists if uuid in found]
    return [(importers.get(one.kind).layouts[0].label, one) for one in listed]


def package_told(package: PackageLoad) -> str:
    """Return in a sentence what came of a package."""
    if package.mode == PackageMode.LISTS:
        return _("%(count)s lists made of the package.") % {"count": number(len(package.lists))}
    told = _(
        "%(new)s to add, %(changed)s to update, %(unchanged)s unchanged, %(refused)s with faults."
    )
    counts = {name: number(package.counts.get(name, 0)) for name in
              ("new", "changed", "unchanged", "refused")}  # fmt: skip
    written = _("Written.") if package.lists else _("Nothing was written.")
    return f"{told % counts} {written}"
