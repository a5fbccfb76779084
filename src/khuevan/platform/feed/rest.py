"""The change feed for programs: resume with the number the last answer gave."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Query, Schema

from khuevan.kernel import clock
from khuevan.platform.audit.api import RECORD_PURPOSES, codes_of
from khuevan.platform.feed.actions import give_changes, give_snapshot
from khuevan.platform.feed.permissions import FOLLOW_CHANGES
from khuevan.platform.feed.selectors import followed
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

MOST = 1000

router = Router(tags=["changes"])

After = Annotated[
    int, Query(ge=0, le=2**62, description="The `next` of the last answer; 0 for the beginning.")
]
Limit = Annotated[int, Query(ge=1, le=MOST)]
Resources = Annotated[
    str, Query(max_length=300, description="Names with commas between them; empty for all.")
]
Reach = Annotated[str, Query(max_length=40, description="The `reach` of the last answer.")]
Purpose = Annotated[
    str,
    Query(
        max_length=200,
        description="What for, when the changes tell of people outside one's own school: "
        f"{codes_of(RECORD_PURPOSES)}, or words.",
    ),
]


class ChangeOut(Schema):
    """One change: the row's public facts after it, or before it when the row is gone.

    ENTERED: the row came into the caller's reach, as it is now; LEFT: it is out of reach.
    """

    number: int
    at: datetime | None
    resource: str
    key: UUID
    operation: Literal["CREATED", "CHANGED", "DELETED", "ENTERED", "LEFT"]
    data: dict[str, str | int | bool | date | UUID | list[str] | list[int] | None]


class ChangesOut(Schema):
    """Changes in order. Ask again with `after=next`: at once while `has_more`, later otherwise."""

    items: list[ChangeOut]
    next: int
    has_more: bool
    today: date
    reach: str
    resync: bool


class SnapshotOut(Schema):
    """Rows that are there. Ask on with `cursor`; then follow changes from the first `next` on."""

    items: list[ChangeOut]
    next: int
    cursor: str
    today: date
    reach: str


@router.get("/changes", permission=FOLLOW_CHANGES, response=ChangesOut)
def list_changes(
    request: Request,
    after: After = 0,
    limit: Limit = 500,
    resources: Resources = "",
    purpose: Purpose = "",
    seen_on: date | None = None,
    reach: Reach = "",
) -> dict[str, Any]:
    """Return what was written after a number, deletions too, oldest first.

    A number is given once and never late: what is answered is complete up to `next`. Changes of
    rows the caller does not reach are left out without a trace. Give back `today` of the last
    answer as `seen_on` and `reach` as `reach`: then what comes into reach or leaves it is told
    too, and `resync` says when the caller's own reach changed and a snapshot has to be read.
    """
    actor = request.actor
    names = [name.strip() for name in resources.split(",") if name.strip()]
    part = give_changes(
        actor=actor,
        followed=followed(actor, names),
        after=after,
        limit=limit,
        purpose=purpose,
        now=clock.now(),
        seen_on=seen_on,
        reach=reach,
    )
    return {
        "items": part.changes,
        "next": part.next,
        "has_more": part.has_more,
        "today": actor.today,
        "reach": part.reach,
        "resync": part.resync,
    }


@router.get("/changes/snapshot", permission=FOLLOW_CHANGES, response=SnapshotOut)
def show_snapshot(
    request: Request,
    resource: Annotated[str, Query(min_length=1, max_length=60)],
    cursor: Annotated[str, Query(max_length=4000)] = "",
    limit: Limit = 500,
    purpose: Purpose = "",
) -> dict[str, Any]:
    """Return the rows of one resource that the caller reaches, as they are, in parts."""
    actor = request.actor
    (one,) = followed(actor, [resource])
    part = give_snapshot(
        actor=actor, followed=one, cursor=cursor, limit=limit, purpose=purpose, now=clock.now()
    )
    return {
        "items": part.rows,
        "next": part.next,
        "cursor": part.cursor,
        "today": actor.today,
        "reach": part.reach,
    }
