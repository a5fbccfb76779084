"""What the transfers app hangs into the shell, the tasks of a day, the log and records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import RecordGuard, record_guards, record_parts
from khuevan.platform.organizations.api import Handed, Handover, handovers
from khuevan.registry.staff.api import MemberAction, member_actions
from khuevan.registry.students.api import (
    RecordNote,
    Student,
    StudentAction,
    record_actions,
    record_notes,
)
from khuevan.registry.transfers import (
    audit_codes,
    facts,
    files,
    notices,
    permissions,
    published,
    retention,
    selectors,
)
from khuevan.registry.transfers.actions.handing import pass_on
from khuevan.registry.transfers.desks import DESKS, PUPILS, STAFF
from khuevan.registry.transfers.kinds import Side
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.pages.frame import case_url
from khuevan.registry.transfers.shown import end_name, pill_of
from khuevan.registry.transfers.travelling import register_own_parts
from khuevan.ui.formats import number
from khuevan.ui.home import Task, TaskSource, tasks
from khuevan.ui.request import Request
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "files", "notices", "published", "retention"]

COUNTED = "_transfers_waiting"
GROUPS = {
    "transfers of the sector": (_("Sector records"), ("officer",), 340),
    "transfers of a school": (_("School records"), ("principal", "clerk"), 330),
}


def waiting(request: Request) -> int:
    """Return how many transfers wait for whoever asks; counted once a request."""
    return sum(count for count, _late in _counted(request).values())


def waiting_tasks(request: Request) -> Iterator[Task]:
    """Yield the cases that wait for this person, a line each for pupils and staff."""
    told = _counted(request)
    for desk in DESKS:
        count, late = told.get(desk.subject, (0, 0))
        if not count:
            continue
        words = (
            ngettext("%(count)s transfer waits for you", "%(count)s transfers wait for you", count)
            if desk is PUPILS
            else ngettext(
                "%(count)s move of staff waits for you",
                "%(count)s moves of staff wait for you",
                count,
            )
        )
        yield Task(
            label=words % {"count": number(count)},
            url=f"{reverse(desk.route('list'))}?mine=1",
            icon="arrow-left-right",
            due=ngettext("%(count)s is late", "%(count)s are late", late) % {"count": number(late)}
            if late
            else "",
            tone="bad" if late else "",
            count=count,
            order=60,
        )


def pupils_note(actor: Actor, student: Student) -> list[RecordNote]:
    """Return the open case of a pupil, for the pages of the record."""
    told = []
    for one in selectors.under_way(actor=actor, student=student):
        ends = (one.from_school_id, one.to_school_id)
        units = facts.short_names(ends, on=actor.today)
        names = [end_name(one, side, units) for side in (Side.RELEASER, Side.RECEIVER)]
        told.append(
            RecordNote(
                gettext("Changes schools:"),
                f"{' → '.join(names)} · {pill_of(one).label}.",
                case_url(one),
                gettext("Open the transfer"),
                instead_of="transfers:leave",
            )
        )
    return told


def _counted(request: Request) -> dict[str, tuple[int, int]]:
    kept: dict[str, tuple[int, int]] | None = getattr(request, COUNTED, None)
    if kept is None:
        kept = selectors.waiting(request.actor)
        setattr(request, COUNTED, kept)
    return kept


for name, (group, hats, order) in GROUPS.items():
    nav.register(
        name,
        NavItem(
            label=_("Transfers"),
            route="transfers:board",
            icon="arrow-left-right",
            permission=permissions.VIEW_TRANSFERS,
            group=group,
            hats=hats,
            order=order,
            prefix="/transfers/",
            count=waiting,
        ),
    )
tasks.register(
    "transfers.waiting",
    TaskSource(permissions.VIEW_TRANSFERS, waiting_tasks, ("principal", "clerk", "officer")),
)
register_own_parts()
record_notes.register("transfers", pupils_note)
record_actions.register(
    "transfer",
    StudentAction(
        _("Changes schools"),
        "transfers:leave",
        "school",
        permissions.RECORD_TRANSFERS,
        order=10,
        is_leaving=True,
    ),
)


member_actions.register(
    "transfer",
    MemberAction(
        _("Moves to another school"),
        "transfers:staff_leave",
        "school",
        STAFF.record,
        of_leaders=False,
    ),
)
nav.register(
    "own move",
    NavItem(
        label=_("Ask to move"),
        route="transfers:own",
        icon="arrow-left-right",
        permission=permissions.ASK_MOVE,
        group=_("School records"),
        hats=("teacher",),
        order=335,
        prefix="/transfers/own/",
    ),
)


def _records(actor: Actor) -> QuerySet[Any]:
    found = [Transfer.objects.visible_to(actor, desk.view).values("pk") for desk in DESKS]
    rows = Transfer.objects.unscoped(because="each desk's own scope is asked here")
    return rows.filter(Q(pk__in=found[0]) | Q(pk__in=found[1]))


record_parts.register("transfer", _("Transfer case: papers, decisions, what travels"))
record_guards.register("transfers", RecordGuard("transfers.", _records))
handovers.register("transfers", Handover(Handed.DOSSIERS, pass_on))
