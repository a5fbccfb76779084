"""The request or batch that everything written now belongs to: one uuid for log and history."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import pghistory
from django.db import connection
from pghistory.models import Event

_request_id: ContextVar[UUID | None] = ContextVar("khuevan_request_id", default=None)


def current_request_id() -> UUID | None:
    """Return the uuid of the running request or batch."""
    return _request_id.get()


@contextmanager
def batch(*, actor_label: str = "", request_id: UUID | None = None) -> Iterator[UUID]:
    """Run one request or batch under one uuid, known to the history triggers too.

    One that names none goes on under the uuid that is running already.
    """
    details = {"actor": actor_label} | ({"request": str(request_id)} if request_id else {})
    with pghistory.context(**details) as context:
        chosen: UUID = request_id or current_request_id() or context.id
        token = _request_id.set(chosen)
        try:
            yield chosen
        finally:
            _request_id.reset(token)


def request_of(event: Event) -> UUID | None:
    """Return the request or batch that wrote a version of a row, if the program wrote it."""
    told = (event.pgh_context or {}).get("request")  # type: ignore[attr-defined]
    return UUID(told) if told else event.pgh_context_id  # type: ignore[attr-defined]


def tell_triggers_before_copy() -> None:
    """Set the history context by hand: COPY goes past the wrapper that would attach it.

    Call inside the transaction, before the first COPY.
    """
    chosen = current_request_id()
    if chosen is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', '', true)",
            [str(chosen)],
        )
