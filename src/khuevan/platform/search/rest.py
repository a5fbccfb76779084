"""The search box for programs."""

from typing import Annotated, Self

from ninja import Schema
from pydantic import Field

from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.search import selectors
from khuevan.platform.search.providers import SearchHit
from khuevan.platform.search.selectors import LONGEST_QUERY, HitGroup
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["search"])


class HitOut(Schema):
    """One result."""

    label: str
    detail: str
    url: str

    @classmethod
    def of(cls, hit: SearchHit) -> Self:
        """Return the document of a hit."""
        return cls(label=hit.label, detail=hit.detail, url=hit.url)


class HitGroupOut(Schema):
    """The results of one kind."""

    kind: str
    label: str
    has_more: bool
    hits: list[HitOut]

    @classmethod
    def of(cls, group: HitGroup) -> Self:
        """Return the document of a group."""
        return cls(
            kind=group.code,
            label=str(group.label),
            has_more=group.has_more,
            hits=[HitOut.of(hit) for hit in group.hits],
        )


@router.get("/search", permission=SIGNED_IN, response=list[HitGroupOut])
def find(
    request: Request,
    q: Annotated[str, Field(min_length=1, max_length=LONGEST_QUERY)],
    limit: Annotated[int, Field(ge=1, le=50)] = 8,
) -> list[HitGroupOut]:
    """Return what the actor may see that answers a query, by kind."""
    actor = request.actor
    groups = selectors.search(actor=actor, query=q, limit=limit)
    return [HitGroupOut.of(group) for group in groups]
