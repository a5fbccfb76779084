"""The board of transfers by what they wait for, the list as its equal, and the export."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.platform.audit.api import ExportForm, purpose_words
from khuevan.platform.calendar.api import calendar_from
from khuevan.registry.transfers import facts, selectors
from khuevan.registry.transfers.actions.look import export_note
from khuevan.registry.transfers.desks import PUPILS, STAFF, Desk
from khuevan.registry.transfers.kinds import Side, State
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.frame import (
    case_url,
    desk_options,
    is_family,
    opening_links,
    own_school,
)
from khuevan.registry.transfers.pages.leaving import who_leaves
from khuevan.registry.transfers.shown import (
    due_words,
    end_name,
    gap_words,
    next_words,
    own_turn,
    pill_of,
    what_for,
)
from khuevan.registry.transfers.tables import TransferTable
from khuevan.ui.formats import moment
from khuevan.ui.page import form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import file_response

IN_A_LANE = 20


@dataclass(frozen=True, slots=True)
class Lane:
    """A column of the board."""

    state: State
    label: str | Promise
    icon: str


LANES = (
    Lane(State.REQUESTED, gettext_lazy("To answer"), "inbox"),
    Lane(State.ACCEPTED, gettext_lazy("To decide and release"), "gavel"),
    Lane(State.RELEASED, gettext_lazy("On the way"), "door-open"),
    Lane(State.RECEIVED, gettext_lazy("To place in a class"), "users"),
)
STAFF_LANES = (
    Lane(State.REQUESTED, gettext_lazy("To agree"), "inbox"),
    Lane(State.ACCEPTED, gettext_lazy("To decide and release"), "gavel"),
    Lane(State.RELEASED, gettext_lazy("On the way"), "door-open"),
)
VIEWS: tuple[tuple[str, str | Promise], ...] = (
    ("", gettext_lazy("All")),
    ("mine", gettext_lazy("Waiting for us")),
    ("in", gettext_lazy("Incoming")),
    ("out", gettext_lazy("Outgoing")),
    ("late", gettext_lazy("Overdue")),
)


@page(PUPILS.view, methods=("GET",))
def board(request: Request) -> HttpResponse:
    """Show the pupils' open cases by where they stand; families read theirs as a list.

    A school asks here too who is to leave.
    """
    if "leaving" in request.GET and own_school(request.actor, PUPILS):
        return who_leaves(request)
    return _family_board(request) if is_family(request) else _board(request, PUPILS)


@page(STAFF.view, methods=("GET",))
def staff_board(request: Request) -> HttpResponse:
    """Show the open cases of staff by where they stand."""
    return _board(request, STAFF)


@page(PUPILS.view, methods=("GET",))
def transfer_list(request: Request) -> HttpResponse:
    """Show all transfers of pupils within reach as a list."""
    return _list(request, PUPILS)


@page(STAFF.view, methods=("GET",))
def staff_list(request: Request) -> HttpResponse:
    """Show all moves of staff within reach as a list."""
    return _list(request, STAFF)


@page(PUPILS.record)
def export(request: Request) -> HttpResponse:
    """Ask what the list of pupils is for, then give it with the rows of the list's filters."""
    return _export(request, PUPILS)


@page(STAFF.record)
def staff_export(request: Request) -> HttpResponse:
    """Ask what the list of staff is for, then give it with the rows of the list's filters."""
    return _export(request, STAFF)


def _board(request: Request, desk: Desk) -> HttpResponse:
    actor, view = request.actor, request.GET.get("view", "")
    narrowed = selectors.open_ones() & _narrowed(request, desk, view)
    lanes = _lanes(
        request, desk, selectors.transfers(actor=actor, desk=desk).filter(narrowed), view
    )
    here = reverse(desk.route("board"))
    context = {
        "desk": desk,
        "desks": desk_options(request, desk, "board"),
        "lanes": lanes,
        "is_empty": not any(lane["count"] for lane in lanes),
        "options": [
            {"label": label, "url": f"{here}?view={key}" if key else here, "current": key == view}
            for key, label in VIEWS
        ],
        "opening": opening_links(request, desk),
        "list_url": reverse(desk.route("list")),
        "decided_url": reverse(desk.route("decided")) if actor.may(desk.decide) else "",
        "is_of_staff": desk is STAFF,
    }
    return render_page(request, "transfers/board.html", context)


def _list(request: Request, desk: Desk) -> HttpResponse:
    table = _table(request, desk)
    context = {
        "table": table,
        "desks": desk_options(request, desk, "list"),
        "board_url": reverse(desk.route("board")),
        "is_of_staff": desk is STAFF,
        "export_url": reverse(desk.route("export")) if request.actor.may(desk.record) else "",
    }
    part = "more" if table.is_more else "list"
    return render_page(request, "transfers/list.html", context, partial=part)


def _export(request: Request, desk: Desk) -> HttpResponse:
    form = ExportForm(request.POST or None)
    table = _table(request, desk)
    if request.method == "POST" and form.is_valid():
        now, count = clock.now(), table.exact_count
        export_note(actor=request.actor, desk=desk, count=count, purpose=form.stated, now=now)
        notes = [
            (_("Exported by"), request.actor.label),
            (_("At"), moment(timezone.localtime(now))),
            (_("For"), purpose_words(form.stated)),
        ]
        name = _("Moves of staff") if desk is STAFF else _("Transfers")
        return file_response(table, form.cleaned_data["kind"], name=name, notes=notes)
    context = {
        "form": form,
        "table": table,
        "count": table.exact_count,
        "list_url": reverse(desk.route("list")),
    }
    return render_page(request, "transfers/export.html", context, status=form_status(request))


def _table(request: Request, desk: Desk) -> TransferTable:
    actor = request.actor
    return TransferTable(
        selectors.transfers(actor=actor, desk=desk),
        request.GET,
        actor=actor,
        desk=desk,
        on=actor.today,
        path=reverse(desk.route("list")),
    )


def _narrowed(request: Request, desk: Desk, view: str) -> Q:
    actor = request.actor
    return {
        "mine": lambda: selectors.waiting_for(actor, desk),
        "in": lambda: selectors.incoming(actor, desk),
        "out": lambda: selectors.outgoing(actor, desk),
        "late": lambda: selectors.overdue(actor.today),
    }.get(view, Q)()


def _lanes(request: Request, desk: Desk, rows: Any, view: str) -> list[dict[str, Any]]:
    """Return the columns: the most pressing cases, how many there are, where the others are."""
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    shown = STAFF_LANES if desk is STAFF else LANES
    pressing = (F("due_on").asc(nulls_last=True), "since_on", "pk")
    found: dict[State, list[Transfer]] = {
        lane.state: list(rows.filter(state=lane.state).order_by(*pressing)[:IN_A_LANE])
        for lane in shown
        if counts.get(lane.state)
    }
    every = [row for some in found.values() for row in some]
    cards = iter(cards_of(request, every, _mine(request, desk, every)))
    list_url = f"{reverse(desk.route('list'))}?open=1" + (f"&{view}=1" if view else "")
    lanes = []
    for lane in shown:
        own = [next(cards) for _row in found.get(lane.state, ())]
        count = counts.get(lane.state, 0)
        lanes.append(
            {
                "label": lane.label,
                "icon": lane.icon,
                "count": count,
                "cards": own,
                "more": count - len(own),
                "more_url": f"{list_url}&state={lane.state.value}",
            }
        )
    return lanes


def cards_of(request: Request, rows: list[Transfer], mine: set[int]) -> list[dict[str, Any]]:
    """Return cases as cards, those that wait for the reader marked."""
    on = request.actor.today
    ids = [pk for row in rows for pk in (row.from_school_id, row.to_school_id)]
    units, calendar = facts.short_names(ids, on=on), calendar_from(on)
    return [
        {
            "name": row.full_name,
            "grade": what_for(row),
            "url": case_url(row),
            "from": end_name(row, Side.RELEASER, units),
            "to": end_name(row, Side.RECEIVER, units),
            "next": next_words(row),
            "is_mine": row.pk in mine,
            "turn": own_turn(row, row.waits_for) if row.pk in mine else "",
            "due": due_words(row, on=on, calendar=calendar),
            "gap": gap_words(row, on=on),
            "state": pill_of(row),
        }
        for row in rows
    ]


def _mine(request: Request, desk: Desk, rows: list[Transfer]) -> set[int]:
    """Return which of some cases wait for the reader."""
    if not rows:
        return set()
    reached = selectors.transfers(actor=request.actor, desk=desk).filter(
        selectors.waiting_for(request.actor, desk), pk__in=[row.pk for row in rows]
    )
    return set(reached.values_list("pk", flat=True))


def _family_board(request: Request) -> HttpResponse:
    rows = list(selectors.transfers(actor=request.actor).order_by("-asked_on", "-pk")[:IN_A_LANE])
    context = {
        "cards": cards_of(request, rows, _mine(request, PUPILS, rows)),
        "askable": [
            {"name": one.person.full_name, "url": reverse("transfers:wish", args=[one.uuid])}
            for one in selectors.children_to_ask_for(actor=request.actor)
        ],
    }
    return render_page(request, "transfers/family.html", context)
