"""Giving a role to a person, and ending it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.access import actions, anchors
from khuevan.platform.access.actions.grants import Place, givable_roles
from khuevan.platform.access.forms.people import GiveRoleForm, ReasonForm
from khuevan.platform.access.permissions import GIVE_GRANTS
from khuevan.platform.access.selectors import (
    get_grant_for,
    get_person_for,
    grant_lines,
    role_named,
    roles,
)
from khuevan.platform.accounts.api import Person, User
from khuevan.platform.organizations.api import OrgUnit, find_units, unit_by_code, version_of
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(GIVE_GRANTS)
def give(request: Request, uuid: UUID) -> HttpResponse:
    """Give a person a role: first where, then which."""
    person = get_person_for(request.actor, uuid, GIVE_GRANTS)
    unit = _unit(request)
    if unit is None:
        return _ask_unit(request, person)
    place = Place(unit.pk)
    form = GiveRoleForm(
        request.POST or None,
        roles=givable_roles(request.actor, roles(), place),
        classes=[(one.id, one.name) for one in anchors.choices("class", request.actor, unit.pk)],
        today=request.actor.today,
    )
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            starts_on, ends_on = form.period
            actions.give_grant(
                actor=request.actor,
                person=person,
                role=role_named(form.cleaned_data["role"]),
                place=Place(unit.pk, form.cleaned_data.get("class_id")),
                starts_on=starts_on,
                ends_on=ends_on,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Role given."))
            return done(request, _page_of(person))
    version = version_of(unit.pk, on=request.actor.today)
    context = {"form": form, "person": person, "unit": version, "back_url": _page_of(person)}
    return render_page(request, "access/give.html", context, status=form_status(request))


@page(GIVE_GRANTS)
def end(request: Request, uuid: UUID) -> HttpResponse:
    """End a role that was given by hand."""
    grant = get_grant_for(request.actor, uuid, GIVE_GRANTS)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            actions.end_grant(
                actor=request.actor,
                grant=grant,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("Role ended."))
            return done(request, _page_of(grant.person))
    line = grant_lines([grant], actor=request.actor)[0]
    context = {"form": form, "line": line, "back_url": _page_of(grant.person)}
    return render_page(request, "access/end_grant.html", context, status=form_status(request))


def _unit(request: Request) -> OrgUnit | None:
    """Return the unit the address names, else the actor's own when it has no units below."""
    code = request.GET.get("unit", "")
    reach = request.actor.reach(GIVE_GRANTS, "school")
    if code:
        unit = unit_by_code(code)
        if unit.pk not in reach:
            raise NotFound
        return unit
    if not reach.everything and len(reach.ids) == 1:
        return OrgUnit.objects.get(pk=next(iter(reach.ids)))
    return None


def _ask_unit(request: Request, person: Person) -> HttpResponse:
    text = request.GET.get("q", "").strip()
    units = find_units(text, on=request.actor.today)[:20] if text else []
    reach = request.actor.reach(GIVE_GRANTS, "school")
    context = {
        "person": person,
        "text": text,
        "units": [one for one in units if one.unit_id in reach],
        "back_url": _page_of(person),
    }
    return render_page(request, "access/choose_unit.html", context)


def _page_of(person: Person) -> str:
    user = User.objects.unscoped(because="the person was found within reach").filter(person=person)
    found = user.values_list("uuid", flat=True).first()
    return reverse("access:user", args=[found]) if found else reverse("access:users")
