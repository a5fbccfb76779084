"""Pages that begin after a row: no counting through what was seen, however long the list."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SALT = "khuevan.ui.tables"
AFTER = "after"
"""What the address calls the place after which a list goes on."""
PART = 50
LONGEST = 4000
"""Characters; no name comes near it."""


def after(
    rows: QuerySet[Any], fields: Sequence[str], values: Sequence[Any], *, down: bool
) -> QuerySet[Any]:
    """Keep the rows that come after a row with these values, in the order of these fields.

    Beside the exact condition stands a plain bound on the first field, so that an index is used.
    """
    step = "lt" if down else "gt"
    exact, equal = Q(), Q()
    for name, value in zip(fields, values, strict=True):
        exact |= equal & Q(**{f"{name}__{step}": value})
        equal &= Q(**{name: value})
    return rows.filter(Q(**{f"{fields[0]}__{step}e": values[0]}) & exact)


def ordered(rows: QuerySet[Any], fields: Sequence[str], *, down: bool) -> QuerySet[Any]:
    """Order the rows by these fields, all up or all down."""
    return rows.order_by(*(F(name).desc() if down else F(name).asc() for name in fields))


def values_of(row: Any, fields: Sequence[str]) -> list[Any]:
    """Return a row's values of fields that may follow relations."""
    return [_plain(_follow(row, name)) for name in fields]


def seal_cursor(fields: Sequence[str], seen: int, values: Sequence[Any]) -> str:
    """Return a place in a list for an address: sealed, so that no name can be read in it.

    Addresses stay in histories and in the logs of whatever stands between.
    """
    told = json.dumps([fields, seen, *values], ensure_ascii=False, separators=(",", ":"))
    return _cipher().encrypt(told.encode()).decode().rstrip("=")


def open_cursor(text: str, fields: Sequence[str]) -> tuple[int, list[Any]] | None:
    """Return how many rows were seen and the last one's values of these fields.

    None when the text is not ours, or a place in a list of another order: a name is no date.
    """
    if not text or len(text) > LONGEST:
        return None
    try:
        told = _cipher().decrypt(text.encode() + b"=" * (-len(text) % 4))
    except (InvalidToken, UnicodeEncodeError):
        return None
    order, seen, *values = json.loads(told)
    return (seen, values) if order == list(fields) else None


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(salted_hmac(SALT, "2", algorithm="sha256").digest()))


def part_of(
    rows: QuerySet[Any], fields: Sequence[str], cursor: str, *, size: int, down: bool = False
) -> tuple[list[Any], str]:
    """Return one part of rows in the order of these fields, and the cursor of the next part."""
    place = open_cursor(cursor, fields)
    rows = ordered(rows, fields, down=down)
    if place is not None:
        rows = after(rows, fields, place[1], down=down)
    found = list(rows[: size + 1])
    shown = found[:size]
    seen = (place[0] if place else 0) + len(shown)
    more = "" if len(found) <= size else seal_cursor(fields, seen, values_of(shown[-1], fields))
    return shown, more


def newest_part(
    request: HttpRequest, rows: QuerySet[Any], *, fields: Sequence[str] = ("pk",)
) -> tuple[list[Any], str]:
    """Return the part that the address asks for, newest first, and the next part's address."""
    shown, more = part_of(rows, fields, request.GET.get(AFTER, ""), size=PART, down=True)
    if not more:
        return shown, ""
    query = request.GET.copy()
    query[AFTER] = more
    return shown, f"{request.path}?{query.urlencode()}"


def _follow(row: Any, name: str) -> Any:
    for part in name.split("__"):
        row = getattr(row, part)
    return row


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | UUID) else value
