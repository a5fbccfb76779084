"""The change feed for programs: resume with the number the last answer gave."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Schema

from khuevan.kernel import clock
from khuevan.platform.feed.actions import give_changes
from khuevan.platform.feed.permissions import FOLLOW_CHANGES
from khuevan.platform.feed.selectors import followed
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
Purpose = Annotated[
    str,
    Query(
        max_length=200,
        description="What for, when the changes tell of people outside one's own school.",
    ),
]


class ChangeOut(Schema):
    """One change: the row's public facts after it, or before it when the row is gone."""

    number: int
    at: datetime
    resource: str
    key: UUID
    operation: Literal["CREATED", "CHANGED", "DELETED"]
    data: dict[str, str | int | bool | date | UUID | list[str] | None]


class ChangesOut(Schema):
    """Changes in order. Ask again with `after=next`: at once while `has_more`, later otherwise."""

    items: list[ChangeOut]
    next: int
    has_more: bool


@router.get("/changes", permission=FOLLOW_CHANGES, response=ChangesOut)
def list_changes(
    request: HttpRequest,
    after: After = 0,
    limit: Limit = 500,
    resources: Resources = "",
    purpose: Purpose = "",
) -> dict[str, Any]:
    """Return what was written after a number, deletions too, oldest first.

    A number is given once and never late: what is answered is complete up to `next`. Changes of
    rows the caller does not reach are left out without a trace.
    """
    actor = request.actor  # type: ignore[attr-defined]
    names = [name.strip() for name in resources.split(",") if name.strip()]
    part = give_changes(
        actor=actor,
        followed=followed(actor, names),
        after=after,
        limit=limit,
        purpose=purpose,
        now=clock.now(),
    )
    return {"items": part.changes, "next": part.next, "has_more": part.has_more}
