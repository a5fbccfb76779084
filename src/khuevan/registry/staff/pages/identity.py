"""Correcting who a staff member is; opening the form shows the number, so it is noted."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.staff import actions
from khuevan.registry.staff.forms import IdentityForm
from khuevan.registry.staff.frame import read_record
from khuevan.registry.staff.pages.asking import asked
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.selectors import get_member_for
from khuevan.ui.page import page
from khuevan.ui.request import Request


@page(MANAGE_STAFF)
def identity(request: Request, uuid: UUID) -> HttpResponse:
    """Correct name, birth, sex, number, code and phone of a colleague."""
    actor = request.actor
    member = get_member_for(actor, uuid, MANAGE_STAFF)
    if request.method == "GET":
        member = actions.unmask(actor=actor, uuid=uuid, now=clock.now())
    initial = {**asdict(actions.identity_of(member)), "version": member.person.version}
    form = IdentityForm(request.POST or None, initial=initial, today=actor.today)

    def act(values: dict[str, Any]) -> str:
        actions.correct_identity(
            actor=actor,
            member_uuid=uuid,
            version=values["version"],
            told=form.identity,
            now=clock.now(),
        )
        return _("The record is corrected.")

    return asked(
        request,
        read_record(actor, member),
        form,
        title=_("Correct the record"),
        submit=_("Save changes"),
        act=act,
        to=reverse("staff:record", args=[uuid]),
    )
