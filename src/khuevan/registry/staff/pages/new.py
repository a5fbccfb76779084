"""Taking somebody on in a school or an office."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.platform.organizations.api import OrgUnit, UnitKind, unit_by_code, version_of
from khuevan.registry.people.api import LOOK, alike_part, warn_of_lookalikes
from khuevan.registry.schools.api import Campus
from khuevan.registry.staff import actions
from khuevan.registry.staff.checks import fillable
from khuevan.registry.staff.errors import AlreadyTakenOn
from khuevan.registry.staff.forms import NewMemberForm
from khuevan.registry.staff.leaders import not_yours_to_lead
from khuevan.registry.staff.models import Position
from khuevan.registry.staff.permissions import FILL_POSITIONS, VIEW_RECORDS
from khuevan.registry.staff.rules import LEADING
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request


@page(FILL_POSITIONS)
def new(request: Request, code: str) -> HttpResponse:
    """Take somebody on; the same form sent twice makes one appointment."""
    actor = request.actor
    unit = unit_by_code(code)
    positions = fillable(actor, unit, on=actor.today)
    if not positions:
        raise NotFound
    form = NewMemberForm(
        request.POST or None,
        today=actor.today,
        positions=positions,
        leaders=leaders_note(unit, positions, on=actor.today),
        campuses=campuses_of(actor, unit),
        initial={"key": uuid4(), "starts_on": actor.today},
    )
    if LOOK in request.POST:
        return alike_part(request, form.newcomer(unit))
    if request.method == "POST" and form.is_valid():
        with form.domain_errors():
            warn_of_lookalikes(request, form.newcomer(unit))
            uuid = _take_on(request, unit, form)
            return done(request, _record_of(uuid))
    version = version_of(unit.pk, on=actor.today)
    context: dict[str, Any] = {
        "form": form,
        "unit_name": version.name if version else unit.code,
        "crumbs": [
            {"label": _("Staff"), "url": reverse("staff:list")},
            {"label": version.name if version else unit.code, "url": ""},
        ],
    }
    return render_page(request, "staff/new.html", context, status=form_status(request))


def _take_on(request: Request, unit: OrgUnit, form: NewMemberForm) -> Any:
    try:
        appointment = actions.take_on(
            actor=request.actor,
            unit_id=unit.pk,
            who=form.who,
            post=form.post,
            is_another=form.cleaned_data["is_another"],
            now=clock.now(),
        )
    except AlreadyTakenOn:
        return None
    words = {
        "name": appointment.person.full_name,
        "position": appointment.get_position_display(),
    }
    messages.success(request, _("%(name)s: %(position)s, recorded.") % words)
    return appointment.staff_member.uuid


def _record_of(uuid: Any) -> str:
    return reverse("staff:record", args=[uuid]) if uuid else reverse("staff:list")


def leaders_note(unit: OrgUnit, positions: Collection[str], *, on: date) -> str:
    """Return who appoints the leaders of a school, where the actor's office does not."""
    if unit.kind != UnitKind.SCHOOL or not LEADING.isdisjoint(positions):
        return ""
    return str(not_yours_to_lead(unit, Position.PRINCIPAL, on=on))


def campuses_of(actor: Actor, unit: OrgUnit) -> list[tuple[str, str]]:
    """Return the sites of a unit as choices, the main one first."""
    rows = Campus.objects.visible_to(actor, VIEW_RECORDS).filter(
        not_over(actor.today), school_id=unit.pk
    )
    return [(str(row.uuid), row.name) for row in rows.order_by("-is_main", "name", "pk")]
