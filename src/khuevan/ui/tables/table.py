"""A list of rows: which are kept, in which order, which part of them; for pages and files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, ClassVar, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khuevan.ui.formats import number
from khuevan.ui.tables.columns import Column
from khuevan.ui.tables.drawing import row_html
from khuevan.ui.tables.filters import BoundFilter, Filter
from khuevan.ui.tables.keyset import AFTER, after, open_cursor, ordered, seal_cursor, values_of
from khuevan.ui.tables.ready import Head, Row

R = TypeVar("R")
SORT, COLUMNS = "sort", "cols"
PART_OF_FILE = 2000
MOST_COUNTED = 10_000
"""A page counts no further: above it stands `more than`, and the list costs the same."""


def how_many(count: int) -> str:
    """Return a count of a page, which ends at `MOST_COUNTED`, in words."""
    if count <= MOST_COUNTED:
        return number(count)
    return _("more than %(number)s") % {"number": number(MOST_COUNTED)}


class Table(Generic[R]):
    """Derive one for each list: say its columns and filters; give it rows and the address."""

    name: ClassVar[str] = "list"
    page_size: ClassVar[int] = 50
    caption: str | Promise = ""
    default_sort: ClassVar[str] = ""
    select: str = ""
    """What the boxes of chosen rows are called; without it there are none."""
    select_url: str = ""
    """The page that is told which rows are chosen."""
    selection_template: str = ""
    """What can be done with them."""
    sticky: bool = False
    counted: QuerySet[Any] | None = None
    """The same rows by a cheaper query, for their count; they themselves when nothing is given."""

    def __init__(self, rows: QuerySet[Any], query: QueryDict, *, path: str = "") -> None:
        self.all_rows = rows
        self.query = query
        self.path = path
        self.every_column = list(self.build_columns())
        self.bound = [
            BoundFilter(one, one.keep(query.getlist(one.key))) for one in self.build_filters()
        ]

    # --- what a list says of itself

    def build_columns(self) -> Sequence[Column[R]]:
        """Return the columns, the first one naming the row."""
        raise NotImplementedError

    def build_filters(self) -> Sequence[Filter]:
        """Return the filters in the order they are offered."""
        return ()

    def prepare(self, rows: Sequence[R]) -> None:
        """Look up what the columns need of these rows, all at once."""

    def key_of(self, row: R) -> str:
        """Return what a row's selection box posts."""
        return str(getattr(row, "uuid", ""))

    def url_of(self, row: R) -> str:
        """Return the page that a row opens, or nothing."""
        return ""

    def count_text(self, matching: int, total: int) -> str:
        """Return how many rows match out of how many."""
        return _("%(matching)s of %(total)s") % {
            "matching": how_many(matching),
            "total": how_many(total),
        }

    # --- state, all of it from the address

    @cached_property
    def shown(self) -> list[Column[R]]:
        """Return the columns the reader sees; the first one always."""
        asked = set(self.query.get(COLUMNS, "").split(",")) - {""}
        first, *others = self.every_column
        if asked:
            return [first, *(one for one in others if one.key in asked)]
        return [first, *(one for one in others if not one.is_extra)]

    @cached_property
    def sort(self) -> tuple[Column[R], bool]:
        """Return the column that orders the list, and whether downwards."""
        asked = self.query.get(SORT, "")
        for text in (asked, self.default_sort):
            key, down = text.removeprefix("-"), text.startswith("-")
            for column in self.every_column:
                if column.key == key and column.order:
                    return column, down
        return next(column for column in self.every_column if column.order), False

    @cached_property
    def in_force(self) -> list[BoundFilter]:
        """Return the filters that the address asks for."""
        return [one for one in self.bound if one.values]

    @cached_property
    def matching(self) -> QuerySet[Any]:
        """Return all rows that pass the filters, in order: what a file or a print holds."""
        rows = self.all_rows
        for one in self.in_force:
            rows = one.apply(rows)
        column, down = self.sort
        return ordered(rows, column.order, down=down)

    @cached_property
    def total_count(self) -> int:
        """Return how many rows there are without filters, counted to one above the most."""
        return _counted(self.all_rows if self.counted is None else self.counted)

    @cached_property
    def matching_count(self) -> int:
        """Return how many rows pass the filters, counted to one above the most."""
        return _counted(self.matching) if self.in_force else self.total_count

    @cached_property
    def exact_count(self) -> int:
        """Return how many rows pass the filters, however many: what a file or a log tells."""
        counted = self.matching_count
        return counted if counted <= MOST_COUNTED else self.matching.count()

    @property
    def count(self) -> str:
        """Return the words for both counts."""
        return self.count_text(self.matching_count, self.total_count)

    # --- one part of the list

    @cached_property
    def place(self) -> tuple[int, list[Any]] | None:
        """Return how many rows were seen before this part, and the last one's values."""
        return open_cursor(self.query.get(AFTER, ""), self.sort[0].order)

    @property
    def is_more(self) -> bool:
        """Return whether this is a later part of the list."""
        return self.place is not None

    @cached_property
    def part(self) -> tuple[list[R], bool]:
        """Return this part's rows, and whether more come after them: one query."""
        rows, (column, down) = self.matching, self.sort
        if self.place is not None:
            rows = after(rows, column.order, self.place[1], down=down)
        found = list(rows[: self.page_size + 1])
        self.prepare(found[: self.page_size])
        return found[: self.page_size], len(found) > self.page_size

    @property
    def is_empty(self) -> bool:
        """Return whether nothing at all is listed."""
        return not self.part[0]

    @cached_property
    def rows(self) -> list[Row]:
        """Return this part's rows ready to draw."""
        return [self.draw(row) for row in self.part[0]]

    def draw(self, row: R) -> Row:
        """Return one row ready to draw."""
        first, *others = self.shown
        return Row(
            key=self.key_of(row),
            label=str(first.value(row)),
            url=self.url_of(row),
            cells=[column.draw(row) for column in others],
        )

    @property
    def seen(self) -> int:
        """Return how many rows the reader has seen with this part."""
        return (self.place[0] if self.place else 0) + len(self.part[0])

    @property
    def more_url(self) -> str:
        """Return the address of the next part, or nothing."""
        rows, has_more = self.part
        if not has_more:
            return ""
        order = self.sort[0].order
        return self.url({AFTER: seal_cursor(order, self.seen, values_of(rows[-1], order))})

    @property
    def more_text(self) -> str:
        """Return how many rows have been shown of those that match."""
        return _("Shown: %(seen)s of %(matching)s") % {
            "seen": number(self.seen),
            "matching": how_many(self.matching_count),
        }

    @property
    def start_url(self) -> str:
        """Return the address of the list's beginning, for readers who came to a later part."""
        return self.url({AFTER: ""}) if self.is_more else ""

    @cached_property
    def rows_html(self) -> SafeString:
        """Return this part's rows as markup."""
        return mark_safe("".join(row_html(row, self.select) for row in self.rows))  # noqa: S308

    @cached_property
    def columns(self) -> list[Head]:
        """Return the headings."""
        return [self._head(column) for column in self.shown]

    def _head(self, column: Column[R]) -> Head:
        align = "num" if column.align == "r" else column.align
        if not column.order:
            return Head(column.label, align)
        by, down = self.sort
        now = ("desc" if down else "asc") if by.key == column.key else ""
        wanted = f"-{column.key}" if now == "asc" else column.key
        return Head(column.label, align, self.url({SORT: wanted, AFTER: ""}), now)

    # --- addresses

    def url(self, changes: dict[str, str]) -> str:
        """Return the list's address with some parameters set, or removed when empty."""
        query = self.query.copy()
        for name, value in changes.items():
            query.setlist(name, [value])
        return self._address(query)

    def _address(self, query: QueryDict) -> str:
        """Return the list's address with the parameters that say something."""
        for name, values in list(query.lists()):
            told = [value for value in values if value]
            if told:
                query.setlist(name, told)
            else:
                del query[name]
        return f"{self.path}?{query.urlencode()}" if query else self.path or "?"

    @property
    def filter_query(self) -> str:
        """Return the filters and the order for the address of a file or a print."""
        pairs = [(one.key, value) for one in self.in_force for value in one.values]
        if self.query.get(SORT):
            pairs.append((SORT, self.query.get(SORT, "")))
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def chips(self) -> list[dict[str, str]]:
        """Return the filters in force, each with the address without it."""
        return [
            {"label": one.filter.words(value), "remove_url": self._without(one.key, value)}
            for one in self.in_force
            for value in one.values
        ]

    def _without(self, key: str, value: str) -> str:
        query = self.query.copy()
        query.setlist(key, [other for other in query.getlist(key) if other != value])
        query.pop(AFTER, None)
        return self._address(query)

    @property
    def clear_url(self) -> str:
        """Return the address without filters, when there are any."""
        if not self.in_force:
            return ""
        query = self.query.copy()
        for one in self.bound:
            query.pop(one.key, None)
        query.pop(AFTER, None)
        return self._address(query)

    @property
    def search(self) -> BoundFilter | None:
        """Return the text filter, when there is one."""
        return next((one for one in self.bound if one.kind == "text"), None)

    @property
    def offered(self) -> list[BoundFilter]:
        """Return the filters that still have something to choose."""
        return [
            one for one in self.bound if one.free_choices or (one.kind == "flag" and not one.values)
        ]

    def kept(self, *without: str) -> list[tuple[str, str]]:
        """Return the parameters that a form on the page must carry along."""
        dropped = {AFTER, *without}
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if name not in dropped and value
        ]

    @property
    def kept_by_search(self) -> list[tuple[str, str]]:
        """Return what the search form carries along."""
        return self.kept(self.search.key if self.search else "")

    @property
    def kept_by_filters(self) -> list[tuple[str, str]]:
        """Return what the form for another filter carries along."""
        return self.kept()

    # --- as a file

    @property
    def file_columns(self) -> list[Column[R]]:
        """Return the columns of a file: those shown that hold data."""
        return [column for column in self.shown if column.in_file]

    def file_rows(self) -> Iterator[list[Any]]:
        """Return the plain values of every matching row, a part at a time."""
        columns = self.file_columns
        rows = iter(self.matching.iterator(chunk_size=PART_OF_FILE))
        while part := list(islice(rows, PART_OF_FILE)):
            self.prepare(part)
            yield from ([column.value(row) for column in columns] for row in part)


def _counted(rows: QuerySet[Any]) -> int:
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()
