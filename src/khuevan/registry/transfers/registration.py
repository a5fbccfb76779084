"""What the transfers app hangs into the shell, the tasks of a day, the log and records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import RecordGuard, record_guards
from khuevan.registry.students.api import StudentAction, record_actions
from khuevan.registry.transfers import audit_codes, files, notices, permissions, selectors
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.travelling import register_own_parts
from khuevan.ui.formats import number
from khuevan.ui.home import Task, TaskSource, tasks
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "files", "notices"]

GROUPS = {
    "transfers of the sector": (_("Sector records"), ("officer",), 340),
    "transfers of a school": (_("School records"), ("principal", "clerk"), 330),
}


def waiting(request: HttpRequest) -> int:
    """Return how many transfers wait for whoever asks."""
    return selectors.count_waiting(request.actor)  # type: ignore[attr-defined]


def waiting_tasks(request: HttpRequest) -> Iterator[Task]:
    """Yield the transfers that wait for this person, as one line; late ones color it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    rows = Transfer.objects.visible_to(actor, permissions.VIEW_TRANSFERS)
    mine = rows.filter(selectors.open_ones()).filter(selectors.waiting_for(actor))
    told = mine.aggregate(all=Count("pk"), late=Count("pk", filter=selectors.overdue(actor.today)))
    count, late = told["all"], told["late"]
    if not count:
        return
    yield Task(
        label=ngettext(
            "%(count)s transfer waits for you", "%(count)s transfers wait for you", count
        )
        % {"count": number(count)},
        url=f"{reverse('transfers:list')}?mine=1",
        icon="arrow-left-right",
        due=ngettext("%(count)s is late", "%(count)s are late", late) % {"count": number(late)}
        if late
        else "",
        tone="bad" if late else "",
        count=count,
        order=60,
    )


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
record_actions.register(
    "transfer",
    StudentAction(
        _("Changes schools"),
        "transfers:leave",
        "school",
        permissions.RECORD_TRANSFERS,
        order=10,
    ),
)


def _records(actor: Actor) -> QuerySet[Any]:
    return Transfer.objects.visible_to(actor, permissions.VIEW_TRANSFERS)


record_guards.register("transfers", RecordGuard("transfers.", _records))
