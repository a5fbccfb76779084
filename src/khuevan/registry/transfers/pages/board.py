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
from khuevan.registry.transfers.kinds import Side, State
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.frame import is_family, opening_links
from khuevan.registry.transfers.permissions import RECORD_TRANSFERS, VIEW_TRANSFERS
from khuevan.registry.transfers.shown import due_words, end_name, gap_words, next_words
from khuevan.registry.transfers.tables import TransferTable
from khuevan.ui.formats import moment
from khuevan.ui.page import Request, form_status, page, render_page
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
VIEWS: tuple[tuple[str, str | Promise], ...] = (
    ("", gettext_lazy("All")),
    ("mine", gettext_lazy("Waiting for us")),
    ("in", gettext_lazy("Incoming")),
    ("out", gettext_lazy("Outgoing")),
    ("late", gettext_lazy("Overdue")),
)


@page(VIEW_TRANSFERS, methods=("GET",))
def board(request: Request) -> HttpResponse:
    """Show the open transfers by where they stand; families read theirs as a list of cases."""
    if is_family(request):
        return _family_board(request)
    actor, view = request.actor, request.GET.get("view", "")
    rows = selectors.transfers(actor=actor).filter(selectors.open_ones() & _narrowed(request, view))
    lanes = _lanes(request, rows, view)
    context = {
        "lanes": lanes,
        "is_empty": not any(lane["count"] for lane in lanes),
        "options": [
            {
                "label": label,
                "url": f"{reverse('transfers:board')}?view={key}" if key else request.path,
                "current": key == view,
            }
            for key, label in VIEWS
        ],
        "opening": opening_links(request),
        "list_url": reverse("transfers:list"),
    }
    return render_page(request, "transfers/board.html", context)


@page(VIEW_TRANSFERS, methods=("GET",))
def transfer_list(request: Request) -> HttpResponse:
    """Show all transfers within reach as a list."""
    table = _table(request)
    context = {
        "table": table,
        "board_url": reverse("transfers:board"),
        "may_export": request.actor.may(RECORD_TRANSFERS),
    }
    part = "more" if table.is_more else "list"
    return render_page(request, "transfers/list.html", context, partial=part)


@page(RECORD_TRANSFERS)
def export(request: Request) -> HttpResponse:
    """Ask what the list is for, then give it with the rows of the list's filters."""
    form = ExportForm(request.POST or None)
    table = _table(request)
    if request.method == "POST" and form.is_valid():
        now, count = clock.now(), table.matching_count
        export_note(actor=request.actor, count=count, purpose=form.stated, now=now)
        notes = [
            (_("Exported by"), request.actor.label),
            (_("At"), moment(timezone.localtime(now))),
            (_("For"), purpose_words(form.stated)),
        ]
        return file_response(table, form.cleaned_data["kind"], name=_("Transfers"), notes=notes)
    context = {"form": form, "table": table, "count": table.matching_count}
    return render_page(request, "transfers/export.html", context, status=form_status(request))


def _table(request: Request) -> TransferTable:
    actor = request.actor
    return TransferTable(
        selectors.transfers(actor=actor),
        request.GET,
        actor=actor,
        on=actor.today,
        path=reverse("transfers:list"),
    )


def _narrowed(request: Request, view: str) -> Q:
    actor = request.actor
    return {
        "mine": lambda: selectors.waiting_for(actor),
        "in": lambda: selectors.incoming(actor),
        "out": lambda: selectors.outgoing(actor),
        "late": lambda: selectors.overdue(actor.today),
    }.get(view, Q)()


def _lanes(request: Request, rows: Any, view: str) -> list[dict[str, Any]]:
    """Return the columns: the most pressing cases, how many there are, where the others are."""
    counts = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    pressing = (F("due_on").asc(nulls_last=True), "since_on", "pk")
    found: dict[State, list[Transfer]] = {
        lane.state: list(rows.filter(state=lane.state).order_by(*pressing)[:IN_A_LANE])
        for lane in LANES
        if counts.get(lane.state)
    }
    cards = iter(_cards(request, [row for some in found.values() for row in some]))
    list_url = f"{reverse('transfers:list')}?open=1" + (f"&{view}=1" if view else "")
    lanes = []
    for lane in LANES:
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


def _cards(request: Request, rows: list[Transfer]) -> list[dict[str, Any]]:
    on = request.actor.today
    ids = [pk for row in rows for pk in (row.from_school_id, row.to_school_id)]
    units, calendar = facts.short_names(ids, on=on), calendar_from(on)
    mine = _mine(request, rows)
    return [
        {
            "name": row.full_name,
            "grade": row.grade_level.name,
            "url": reverse("transfers:case", args=[row.uuid]),
            "from": end_name(row, Side.RELEASER, units),
            "to": end_name(row, Side.RECEIVER, units),
            "next": next_words(row),
            "is_mine": row.pk in mine,
            "due": due_words(row, on=on, calendar=calendar),
            "gap": gap_words(row, on=on),
        }
        for row in rows
    ]


def _mine(request: Request, rows: list[Transfer]) -> set[int]:
    """Return which of some cases wait for the reader."""
    if not rows:
        return set()
    reached = selectors.transfers(actor=request.actor).filter(
        selectors.waiting_for(request.actor), pk__in=[row.pk for row in rows]
    )
    return set(reached.values_list("pk", flat=True))


def _family_board(request: Request) -> HttpResponse:
    rows = list(selectors.transfers(actor=request.actor).order_by("-asked_on", "-pk")[:IN_A_LANE])
    context = {"cards": _cards(request, rows)}
    return render_page(request, "transfers/family.html", context)
