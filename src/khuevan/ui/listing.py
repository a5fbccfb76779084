"""Lists as pages draw them: a table's parts, filters kept in the address, keyset paging."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise

from khuevan.kernel.numbers import row_number

M = TypeVar("M", bound=Model)

CURSOR = "before"
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Pill:
    """A status in a cell: tone, icon and word."""

    tone: str
    icon: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of `ui/components/table.html`."""

    value: Any = ""
    pill: Pill | None = None
    none: str | Promise = ""
    css: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of `ui/components/table.html`."""

    label: str | Promise
    align: str = ""
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `ui/components/table.html`; its label is its first cell."""

    label: Any
    url: str = ""
    cells: Sequence[Cell] = ()
    key: str = ""
    on: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What `ui/components/table.html` draws."""

    caption: str | Promise
    columns: Sequence[Column]
    rows: Sequence[Row] = field(default_factory=tuple)
    select: str = ""
    sticky: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a filter."""

    label: str | Promise
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """What `ui/components/chip_menu.html` draws."""

    label: str
    options: Sequence[Option]


@dataclass(frozen=True, slots=True)
class Slice(Generic[M]):
    """One page of a list by descending id, and where the next begins."""

    rows: list[M]
    next_url: str = ""


def address(request: HttpRequest, **changes: str) -> str:
    """Return this page's address with some of its state changed; empty takes a part away."""
    query = request.GET.copy()
    query.pop(CURSOR, None)
    for name, value in changes.items():
        query.pop(name, None)
        if value:
            query[name] = value
    return f"{request.path}?{query.urlencode()}" if query else request.path


def menu(
    request: HttpRequest,
    name: str,
    label: str | Promise,
    choices: Iterable[tuple[str, str | Promise]],
    *,
    everything: str | Promise,
) -> Menu:
    """Return a filter with its choices as links, "everything" first."""
    chosen = request.GET.get(name, "")
    all_choices = [("", everything), *choices]
    current = next((text for value, text in all_choices if value == chosen), everything)
    options = [
        Option(text, address(request, **{name: value}), value == chosen)
        for value, text in all_choices
    ]
    return Menu(f"{label}: {current}", options)


def chosen_from(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """Return a filter's value from the address when it is one of the allowed, else nothing."""
    value = request.GET.get(name, "")
    return value if value in set(allowed) else ""


def slice_of(request: HttpRequest, rows: QuerySet[M], *, size: int = PAGE_SIZE) -> Slice[M]:
    """Return the page of a list by descending id that the address asks for."""
    before = row_number(request.GET.get(CURSOR, ""))
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows.order_by("-pk")[: size + 1])
    if len(found) <= size:
        return Slice(found)
    return Slice(found[:size], address(request, **{CURSOR: str(found[size - 1].pk)}))
