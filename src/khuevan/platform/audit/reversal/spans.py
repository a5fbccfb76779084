"""Which versions of rows one piece of work wrote: numbers of history, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import pghistory
from django.db import connection

from khuevan.platform.audit.context import batch, current_request_id


@dataclass(frozen=True, slots=True)
class Span:
    """The versions after one number and up to another that carry one of these marks.

    Others write at the same time and draw from the same numbers; their versions carry other marks.
    """

    after: int
    until: int
    marks: tuple[str, ...]

    def to_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"after": self.after, "until": self.until, "marks": list(self.marks)}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Span:
        """Return what `to_data` gave."""
        return cls(data["after"], data["until"], tuple(data["marks"]))


@contextmanager
def following() -> Iterator[list[Span]]:
    """Note what is written inside: afterwards the list holds the span. Within one transaction."""
    with nullcontext() if current_request_id() else batch(), pghistory.context() as context:
        marks = tuple(sorted({str(context.id), str(current_request_id())}))
        found: list[Span] = []
        after = _last_number()
        yield found
        found.append(Span(after, _last_number(), marks))


def _last_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT last_value FROM history_numbers")
        number: int = cursor.fetchone()[0]
    return number
