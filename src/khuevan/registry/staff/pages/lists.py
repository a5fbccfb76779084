"""The staff within reach, and those of one school."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.audit.api import ExportForm, purpose_words
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.schools.api import School, get_school_for, school_frame
from khuevan.registry.staff.actions import export_note
from khuevan.registry.staff.checks import fillable
from khuevan.registry.staff.permissions import FILL_POSITIONS, MANAGE_STAFF, VIEW_STAFF
from khuevan.registry.staff.selectors import appointments
from khuevan.registry.staff.tables import StaffTable
from khuevan.ui.formats import moment
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import file_response


@page(VIEW_STAFF, methods=("GET",))
def staff_list(request: Request) -> HttpResponse:
    """Show the staff of all units within reach."""
    return _show(request, "staff/list.html", _table(request))


@page(VIEW_STAFF)
def export(request: Request) -> HttpResponse:
    """Ask what the list is for, then give it: names, positions and classes, nothing private."""
    form = ExportForm(request.POST or None)
    table = _table(request)
    if request.method == "POST" and form.is_valid():
        return _give(request, table, form.cleaned_data["kind"], form.stated)
    context = {"form": form, "table": table, "count": table.exact_count}
    return render_page(request, "staff/export.html", context, status=form_status(request))


@page(VIEW_STAFF, methods=("GET",))
def school_staff(request: Request, code: str) -> HttpResponse:
    """Show the staff of one school."""
    school = get_school_for(request.actor, code, VIEW_STAFF)
    table = _table(request, school)
    return _show(request, "staff/school.html", table, school)


def _give(request: Request, table: StaffTable, kind: str, purpose: str) -> HttpResponse:
    now = clock.now()
    reach = request.actor.reach(VIEW_STAFF, "school")
    unit_id = next(iter(reach.ids)) if not reach.everything and len(reach.ids) == 1 else None
    count = table.exact_count
    export_note(actor=request.actor, unit_id=unit_id, count=count, purpose=purpose, now=now)
    notes = [
        (_("Exported by"), request.actor.label),
        (_("Acting as"), request.actor.role_label),
        (_("At"), moment(timezone.localtime(now))),
        (_("For"), purpose_words(purpose)),
    ]
    return file_response(table, kind, name=_("Staff"), notes=notes)


def _table(request: Request, school: School | None = None) -> StaffTable:
    on = request.actor.today
    rows = appointments(actor=request.actor, on=on)
    reach = request.actor.reach(VIEW_STAFF, "school")
    path = reverse("staff:list")
    if school is not None:
        rows = rows.filter(unit_id=school.pk)
        path = reverse("staff:school", args=[school.code])
    return StaffTable(
        rows,
        request.GET,
        actor=request.actor,
        on=on,
        path=path,
        of_one_school=school is not None or (not reach.everything and len(reach.ids) == 1),
    )


def _show(
    request: Request, template: str, table: StaffTable, school: School | None = None
) -> HttpResponse:
    frame = school_frame(request, school, "staff") if school is not None else {}
    new_url = _new_url(request, school)
    part = "more" if table.is_more else "list"
    return render_page(
        request, template, {**frame, "table": table, "new_url": new_url}, partial=part
    )


def _new_url(request: Request, school: School | None) -> str:
    """Return where to take somebody on, for whoever fills positions of the one school shown."""
    actor = request.actor
    if school is not None and actor.may(FILL_POSITIONS):
        unit = OrgUnit.objects.get(pk=school.pk)
        found = fillable(actor, unit, on=actor.today)
        return reverse("staff:new", args=[unit.code]) if found else ""
    reach = request.actor.reach(MANAGE_STAFF, "school")
    if reach.everything or len(reach.ids) != 1:
        return ""
    unit = OrgUnit.objects.get(pk=next(iter(reach.ids)))
    return reverse("staff:new", args=[unit.code])
