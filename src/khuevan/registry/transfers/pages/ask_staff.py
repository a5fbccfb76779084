"""Opening a colleague's case: leaving, coming, from another province; and one's own move."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.registry.schools.api import get_school_for
from khuevan.registry.staff.api import get_member_for
from khuevan.registry.transfers import actions, selectors
from khuevan.registry.transfers.desks import STAFF
from khuevan.registry.transfers.forms import (
    OwnMoveForm,
    StaffComeForm,
    StaffLeaveForm,
    StaffNewcomerForm,
)
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.asking import asking
from khuevan.registry.transfers.pages.board import cards_of
from khuevan.registry.transfers.permissions import ASK_MOVE
from khuevan.ui.page import done, page, render_page
from khuevan.ui.request import Request


@page(STAFF.record)
def staff_leave(request: Request, uuid: UUID) -> HttpResponse:
    """Ask for a colleague of one's own school to move to another."""
    member = get_member_for(request.actor, uuid, STAFF.record)
    today = request.actor.today
    form = StaffLeaveForm(request.POST or None, today=today, initial={"moves_on": today})

    def ask() -> Transfer:
        return actions.ask_for_colleague(
            actor=request.actor,
            member_uuid=member.uuid,
            to=form.to,
            wish=form.wish,
            now=clock.now(),
        )

    title = _("%(name)s moves to another school") % {"name": member.person.full_name}
    back = reverse("staff:record", args=[uuid])
    return asking(request, STAFF, form, ask, title=title, back_url=back)


@page(STAFF.record)
def staff_come(request: Request, code: str) -> HttpResponse:
    """Ask for a colleague of another school, as the application names them."""
    school = get_school_for(request.actor, code, STAFF.record)
    today = request.actor.today
    form = StaffComeForm(request.POST or None, today=today, initial={"moves_on": today})

    def ask() -> Transfer:
        return actions.ask_for_colleague_of(
            actor=request.actor,
            to_school=school,
            from_school=form.from_school,
            sought=form.sought,
            wish=form.wish,
            now=clock.now(),
        )

    title = _("A colleague comes from another school")
    other = reverse("transfers:staff_from_outside", args=[code])
    return asking(request, STAFF, form, ask, title=title, other_url=other)


@page(STAFF.record)
def staff_from_outside(request: Request, code: str) -> HttpResponse:
    """Open a case for a colleague from another province."""
    school = get_school_for(request.actor, code, STAFF.record)
    form = StaffNewcomerForm(request.POST or None, initial={"moves_on": request.actor.today})

    def ask() -> Transfer:
        return actions.ask_for_outsider(
            actor=request.actor,
            to_school=school,
            outside=form.outside,
            newcomer=form.newcomer,
            wish=form.wish,
            now=clock.now(),
        )

    return asking(request, STAFF, form, ask, title=_("A colleague comes from another province"))


@page(ASK_MOVE, methods=("GET",))
def own(request: Request) -> HttpResponse:
    """Show one's own moves, and where to ask for one."""
    rows = list(selectors.own_moves(actor=request.actor).order_by("-asked_on", "-pk")[:20])
    cards = cards_of(request, rows, set())
    for card, row in zip(cards, rows, strict=True):
        card["url"] = reverse("transfers:own_case", args=[row.uuid])
    is_open = any(row.waits_for for row in rows)
    context = {"cards": cards, "ask_url": "" if is_open else reverse("transfers:own_ask")}
    return render_page(request, "transfers/own.html", context)


@page(ASK_MOVE)
def own_ask(request: Request) -> HttpResponse:
    """Ask to move to another school oneself."""
    today = request.actor.today
    form = OwnMoveForm(request.POST or None, today=today, initial={"moves_on": today})

    def ask() -> Transfer:
        return actions.ask_to_move(actor=request.actor, to=form.to, wish=form.wish, now=clock.now())

    return asking(
        request,
        STAFF,
        form,
        ask,
        title=_("Ask to move to another school"),
        back_url=reverse("transfers:own"),
        opened=_sent,
    )


def _sent(request: Request, transfer: Transfer) -> HttpResponse:
    messages.success(request, _("Your application has been sent to both schools."))
    return done(request, reverse("transfers:own_case", args=[transfer.uuid]))
