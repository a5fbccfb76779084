"""What stands around every page of one case: who, from where to where, how it stands."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.platform.calendar.api import calendar_from
from khuevan.registry.schools.api import School, schools
from khuevan.registry.transfers import facts
from khuevan.registry.transfers.desks import PUPILS, Desk, desk_of, desks_seen
from khuevan.registry.transfers.kinds import Move, Route, Side, State, Subject
from khuevan.registry.transfers.models import Transfer, TransferDecision
from khuevan.registry.transfers.shown import (
    due_words,
    end_name,
    gap_words,
    pill_of,
    what_for,
)
from khuevan.ui.components import steps
from khuevan.ui.formats import day
from khuevan.ui.request import Request
from khuevan.ui.shell import shells_by_hat

REACHED = {
    State.REQUESTED: 1,
    State.ACCEPTED: 2,
    State.RELEASED: 3,
    State.RECEIVED: 4,
    State.PLACED: 5,
}


def hat_of(request: Request) -> str:
    """Return the code of the hat worn."""
    hat = getattr(request.actor, "hat", None)
    return hat.code if hat else ""


def is_family(request: Request) -> bool:
    """Return whether the reader has a shell of their own: a pupil or a guardian."""
    return hat_of(request) in shells_by_hat


def own_school(actor: Actor, desk: Desk) -> School | None:
    """Return the school whose office the actor is, when it is one alone."""
    found = list(schools(actor=actor, on=actor.today, permission=desk.record)[:2])
    return found[0] if len(found) == 1 else None


def opening_links(request: Request, desk: Desk) -> dict[str, str]:
    """Return where the actor's school opens cases; nothing for an office."""
    school = own_school(request.actor, desk)
    if school is None:
        return {}
    return {
        "leave": f"{reverse('transfers:board')}?leaving=1" if desk is PUPILS else "",
        "come": reverse(desk.route("come"), args=[school.code]),
        "outside": reverse(desk.route("from_outside"), args=[school.code]),
    }


def desk_options(request: Request, desk: Desk, name: str) -> list[dict[str, Any]]:
    """Return the switch between pupils and staff, for who sees both."""
    seen = desks_seen(request.actor)
    labels = {Subject.PUPIL: _("Pupils"), Subject.STAFF: _("Staff")}
    options = [
        {
            "label": labels[one.subject],
            "url": reverse(one.route(name)),
            "current": one is desk,
        }
        for one in seen
    ]
    return options if len(options) > 1 else []


def case_url(transfer: Transfer, name: str = "case") -> str:
    """Return a page of a case."""
    return reverse(desk_of(transfer.subject).route(name), args=[transfer.uuid])


def decide_url(transfer: Transfer, decision: TransferDecision, name: str = "decide") -> str:
    """Return where an office's decision is recorded, or drafted."""
    route = desk_of(transfer.subject).route(name)
    url = reverse(route, args=[transfer.uuid, decision.side])
    return f"{url}?matter={decision.matters[0]}"


def case_frame(request: Request, transfer: Transfer, *, is_own: bool = False) -> dict[str, Any]:
    """Return what `transfers/frame.html` draws around a page of one case."""
    actor: Actor = request.actor
    on = actor.today
    units = facts.unit_names([transfer.from_school_id, transfer.to_school_id], on=on)
    return {
        "transfer": transfer,
        "name": transfer.full_name,
        "pill": pill_of(transfer),
        "about": [
            *(
                [_("born %(day)s") % {"day": day(transfer.birth_date)}]
                if transfer.birth_date
                else []
            ),
            what_for(transfer),
            *([Move(transfer.move).label] if transfer.move else []),
        ],
        "from_name": end_name(transfer, Side.RELEASER, units),
        "to_name": end_name(transfer, Side.RECEIVER, units),
        "due": due_words(transfer, on=on, calendar=calendar_from(on)),
        "gap": gap_words(transfer, on=on),
        "steps": _steps(transfer),
        "case_url": reverse("transfers:own_case", args=[transfer.uuid])
        if is_own
        else case_url(transfer),
        "crumbs": [
            {"label": _("My move"), "url": reverse("transfers:own")}
            if is_own
            else {
                "label": _("Moves of staff") if transfer.is_of_staff else _("Transfers"),
                "url": reverse(desk_of(transfer.subject).route("board")),
            },
            {"label": transfer.full_name, "url": ""},
        ],
    }


def _steps(transfer: Transfer) -> list[Any]:
    """Return the way of a case with what is done; nothing for one that was stopped."""
    if transfer.state not in REACHED:
        return []
    labels = [_("Requested"), _("Accepted"), _("Released"), _("Received"), _("In class")]
    if transfer.is_of_staff:
        labels = [_("Requested"), _("Agreed"), _("Decided and released"), _("Received")]
    elif transfer.route == Route.OUT:
        labels = labels[:-1]
    return steps(labels, REACHED[State(transfer.state)])
