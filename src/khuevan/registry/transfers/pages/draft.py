"""The draft of an office's decision to print, to be signed on paper and then recorded."""

from __future__ import annotations

from operator import attrgetter
from uuid import UUID

from django.http import HttpResponse

from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.platform.organizations.api import signing_forms
from khuevan.registry.transfers import facts, selectors
from khuevan.registry.transfers.actions.look import note_look
from khuevan.registry.transfers.desks import Desk
from khuevan.registry.transfers.drafts import draft_of
from khuevan.registry.transfers.forms import DraftForm
from khuevan.registry.transfers.kinds import DecisionState, State
from khuevan.registry.transfers.pages.frame import case_url, decide_url
from khuevan.registry.transfers.pages.steps import both
from khuevan.ui.page import render_page
from khuevan.ui.request import Request


def _draft(desk: Desk, request: Request, uuid: UUID, side: str) -> HttpResponse:
    """Lay out what one's office would sign, in the form of signing chosen."""
    actor, on = request.actor, request.actor.today
    transfer = selectors.get_transfer_for(actor, uuid, desk.decide)
    decisions = selectors.decisions_of(actor=actor, transfer=transfer)
    standing = selectors.standing_of(actor, transfer, decisions)
    if side not in standing.offices:
        raise NotFound
    asked = selectors.asked_of(decisions, side, request.GET.get("matter", ""))
    if asked.state != DecisionState.OPEN or transfer.state != State.ACCEPTED:
        raise NotFound
    note_look(actor=actor, transfer=transfer, standing=standing, now=clock.now())
    signing = signing_forms(asked.office, on)
    form = DraftForm(
        request.GET if "signed_as" in request.GET else None,
        signing=signing,
        initial={
            "signer": actor.label if facts.is_at_office(actor, desk.sign, asked.unit) else "",
            "matter": asked.matters[0],
        },
    )
    chosen = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    draft = draft_of(
        transfer,
        asked,
        on=on,
        form=chosen.get("signed_as") or signing[0],
        signer=chosen.get("signer", ""),
        position=chosen.get("signer_position", ""),
        others=decisions,
        refusal=chosen.get("reason", "") if chosen.get("answer") == "0" else None,
    )
    context = {
        "draft": draft,
        "form": form,
        "name": transfer.full_name,
        "case_url": case_url(transfer),
        "record_url": decide_url(transfer, asked),
    }
    return render_page(request, "transfers/draft.html", context)


draft, staff_draft = both(attrgetter("decide"), methods=("GET",))(_draft)
