"""A unit's codes in other registers, and the units it answers to beside its manager."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.organizations.actions import linking
from khuevan.platform.organizations.forms import AliasForm, EndLinkForm, LinkForm
from khuevan.platform.organizations.models import LinkKind, OrgUnit, ReportingLink
from khuevan.platform.organizations.permissions import MANAGE_UNITS
from khuevan.platform.organizations.selectors import find_units, unit_by_code, version_of
from khuevan.platform.organizations.tables import unit_url
from khuevan.ui.forms import Form
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(MANAGE_UNITS)
def alias_new(request: Request, code: str) -> HttpResponse:
    """Write down which code another register gives a unit."""
    unit = _unit(request, code)
    form = AliasForm(request.POST or None, initial={"starts_on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            linking.add_alias(
                actor=request.actor, unit_id=unit.pk, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("The code is recorded."))
            return done(request, unit_url(code))
    return _page(request, form, unit, _("Code of %(unit)s in another register"))


@page(MANAGE_UNITS)
def link_new(request: Request, code: str) -> HttpResponse:
    """Let a unit answer to another one beside its manager."""
    unit = _unit(request, code)
    form = LinkForm(request.POST or None, initial={"starts_on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = form.cleaned_data
        found = list(find_units(said["master"], on=said["starts_on"])[:2])
        if len(found) == 1:
            with form.domain_errors():
                linking.add_link(
                    actor=request.actor,
                    unit_id=unit.pk,
                    master_id=found[0].unit_id,
                    kind=LinkKind(said["kind"]),
                    starts_on=said["starts_on"],
                    decision=said["decision"],
                    now=clock.now(),
                )
                messages.success(request, _("The link is recorded."))
                return done(request, unit_url(code))
        else:
            none = _("No unit has this name or code on that day.")
            many = _("Several units have this name. Type the code.")
            form.add_error("master", many if found else none)
    return _page(request, form, unit, _("Another unit that %(unit)s answers to"))


@page(MANAGE_UNITS)
def link_end(request: Request, uuid: UUID) -> HttpResponse:
    """End a link on a day."""
    link = ReportingLink.objects.select_related("unit").filter(uuid=uuid, ends_on=None).first()
    if link is None:
        raise Http404
    unit = _unit(request, link.unit.code)
    form = EndLinkForm(request.POST or None, initial={"on": request.actor.today})
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            linking.end_link(
                actor=request.actor, uuid=uuid, on=form.cleaned_data["on"], now=clock.now()
            )
            messages.success(request, _("The link has ended."))
            return done(request, unit_url(unit.code))
    return _page(request, form, unit, _("End a link of %(unit)s"))


def _unit(request: Request, code: str) -> OrgUnit:
    unit = unit_by_code(code)
    if unit.pk not in request.actor.reach(MANAGE_UNITS, "school"):
        raise Http404
    return unit


def _page(request: Request, form: Form, unit: OrgUnit, title: str) -> HttpResponse:
    version = version_of(unit.pk, on=request.actor.today)
    named = title % {"unit": version.name if version else unit.code}
    context = {
        "form": form,
        "form_title": named,
        "submit": _("Save"),
        "back": unit_url(unit.code),
    }
    return render_page(request, "organizations/form.html", context, status=form_status(request))
