"""Changing the tree: what kind of change, which units, what it would do, doing it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.organizations import change_tables, tables
from khuevan.platform.organizations.actions import undoing
from khuevan.platform.organizations.change_forms import FORMS, ChangeForm
from khuevan.platform.organizations.forms import ScanForm, UndoForm
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.reorganizing import Change, carry_out, preview, require_possible
from khuevan.platform.organizations.selectors import unit_by_code, version_of
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request

ICONS = {
    Change.ADD: "plus",
    Change.RENAME: "pencil",
    Change.MOVE: "arrow-left-right",
    Change.MERGE: "layers",
    Change.SPLIT: "network",
    Change.CLOSE: "archive",
}


@page(MANAGE_UNITS)
def reorganize(request: Request) -> HttpResponse:
    """Ask for a change, show what it would do, then do it."""
    asked = request.POST or request.GET
    kind = asked.get("change", "")
    if not kind:
        return render_page(request, "organizations/choose.html", {"kinds": _kinds(request)})
    form_class = FORMS.get(kind)
    if form_class is None:
        raise Http404
    is_asked = request.method == "POST" or "on" in request.GET
    initial = {"on": request.actor.today, "units": request.GET.getlist("units")}
    form = form_class(asked if is_asked else None, actor=request.actor, initial=initial)
    context: dict[str, Any] = {"form": form, "kind": Change(kind), "pickers": form.pickers}
    if form.is_bound and form.is_valid():
        plan = form.plan(request.FILES.get("upload"))
        with form.domain_errors():
            require_possible(plan)
            if request.method == "POST":
                carry_out(plan, actor=request.actor, now=clock.now())
                messages.success(
                    request, _("The units are changed from %(on)s.") % {"on": day(plan.on)}
                )
                return done(request, f"{reverse('units:tree')}?{urlencode({'on': day(plan.on)})}")
        if not form.errors:
            context["preview"] = change_tables.preview_view(preview(plan), plan)
            context |= {"hidden": _hidden(form), "upload_form": ScanForm()}
    return render_page(
        request, "organizations/reorganize.html", context, status=form_status(request)
    )


@page(MANAGE_UNITS, methods=("GET",))
def pick(request: Request) -> HttpResponse:
    """Return the lines of one place to pick in, for what is typed there."""
    form_class = FORMS.get(request.GET.get("change", ""))
    field = request.GET.get("field", "")
    if form_class is None or field not in {one.name for one in form_class.picks}:
        raise Http404
    form = form_class(request.GET, actor=request.actor)
    return render_page(
        request, "organizations/picked.html", {"picker": form.picker(field)}, partial="options"
    )


@page(MANAGE_UNITS)
def undo(request: Request, code: str) -> HttpResponse:
    """Take back the latest change of a unit that was entered wrongly."""
    found = unit_by_code(code)
    version = version_of(found.pk, on=request.actor.today)
    if version is None or found.pk not in request.actor.reach(MANAGE_UNITS, "school"):
        raise Http404
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            undoing.undo_latest_change(
                actor=request.actor,
                unit_id=found.pk,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The change is taken back."))
            return done(request, tables.unit_url(code))
    title = _("Take back the latest change of %(unit)s") % {"unit": version.name}
    context = {
        "form": form,
        "form_title": title,
        "submit": _("Take the change back"),
        "back": tables.unit_url(code),
    }
    return render_page(request, "organizations/form.html", context, status=form_status(request))


def _kinds(request: Request) -> list[dict[str, Any]]:
    """Return the kinds of change, each with what it is for."""
    said = {
        Change.ADD: _("A division, a commune, an office: schools are opened as schools."),
        Change.RENAME: _("The old name stays true for the days before."),
        Change.MOVE: _("Offices and schools come under another unit, with all below them."),
        Change.MERGE: _("The units end; schools, registers and open files go to one."),
        Change.SPLIT: _("The unit ends; you say where each thing under it goes."),
        Change.CLOSE: _("Only a unit under which nothing stands any more."),
    }
    units = request.GET.getlist("units")
    return [
        {
            "label": kind.label,
            "note": said[kind],
            "icon": ICONS[kind],
            "url": f"?{urlencode({'change': kind.value, 'units': units}, doseq=True)}",
        }
        for kind in Change
    ]


def _hidden(form: ChangeForm) -> list[tuple[str, str]]:
    """Return what was asked, to be sent again when it is confirmed."""
    lists = cast("QueryDict", form.data).lists()
    typed = {f"{one.name}_q" for one in form.picks}
    left_out = {"csrfmiddlewaretoken", "upload", *typed}
    said = [
        (name, value)
        for name, values in lists
        if name not in left_out and not name.startswith("share-")
        for value in values
    ]
    named = {name for name, _value in said}
    found = [
        (one.name, row.unit.code)
        for one in form.picks
        if one.name not in named
        for row in form.picked.get(one.name, [])
    ]
    return [*said, *found]
