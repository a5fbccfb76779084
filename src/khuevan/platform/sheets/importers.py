"""Kinds of imports: what an app registers so that its spreadsheets go through the one wizard."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.registry import Registry
from khuevan.platform.sheets.faults import Fault, Text
from khuevan.platform.sheets.layouts import Layout, Recognized
from khuevan.platform.sheets.names import Beside, NameKind
from khuevan.platform.sheets.parsing import Context, ParsedRow
from khuevan.platform.sheets.reading import Sheet, Workbook
from khuevan.platform.sheets.writing import SheetToWrite


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What a row would do, worked out against the records as they stand."""

    number: int
    outcome: str
    values: dict[str, Any] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)
    target_id: int | None = None
    target_version: int | None = None

    @property
    def footprint(self) -> tuple[object, ...]:
        """Return what must still hold when the row is written."""
        changes = {name: list(pair) for name, pair in self.changes.items()}
        return str(self.outcome), self.target_id, self.target_version, changes


Promises = Mapping[str, Sequence[Any]]
"""What a person ordered to be added with the list, by the remedy: added when it is written."""


class Planner(Protocol):
    """Compares all rows with the records: a fixed number of queries, nothing written."""

    def __call__(
        self,
        *,
        actor: Actor,
        unit_id: int,
        rows: Sequence[ParsedRow],
        recognized: Recognized,
        promises: Promises,
        on: date,
    ) -> list[PlannedRow]: ...


class Writer(Protocol):
    """Writes planned rows with the app's bulk actions, inside the caller's transaction.

    Of what was promised it adds what the rows need, first.
    """

    def __call__(
        self,
        *,
        actor: Actor,
        unit_id: int,
        rows: Sequence[PlannedRow],
        promises: Promises,
        on: date,
        now: datetime,
        progress: Callable[[int], None],
    ) -> None: ...


class Doubter(Protocol):
    """Says of new rows what a person should look at: by row number, warnings that refuse nothing.

    Asked when a list is checked, and not again when it is written; a fixed number of queries.
    """

    def __call__(
        self, *, actor: Actor, unit_id: int, rows: Sequence[PlannedRow], recognized: Recognized
    ) -> Mapping[int, Fault]: ...


@dataclass(frozen=True, slots=True)
class Offer:
    """Something the unit lacks, which one press would add: what is missing, and the button."""

    sentence: str
    button: str
    items: tuple[Any, ...]
    """What is promised when the offer is taken: plain values, kept with the list."""


class Finder(Protocol):
    """Looks through the refused rows for what the unit lacks."""

    def __call__(
        self,
        *,
        actor: Actor,
        unit_id: int,
        rows: Sequence[tuple[dict[str, str], Sequence[Fault]]],
        on: date,
    ) -> Offer | None: ...


@dataclass(frozen=True, slots=True)
class GroupSize:
    """How many a group, such as a class, has before and after; and how many it may have."""

    name: str
    before: int
    after: int
    limit: int | None = None
    rule: str = ""
    """Where the limit stands."""
    is_new: bool = False
    """True for a group that is opened with the list."""

    @property
    def surplus(self) -> int:
        """Return how many are too many."""
        return max(0, self.after - self.limit) if self.limit is not None else 0

    @property
    def change(self) -> int:
        """Return how many more there will be, or fewer."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a list would make of the unit, told before anybody confirms it."""

    heading: Text
    """What the groups are."""
    groups: Sequence[GroupSize]
    total: GroupSize
    dates: Sequence[tuple[Text, str]]
    """What takes effect, and from when."""

    @property
    def rules(self) -> list[str]:
        """Return where the limits stand, each once."""
        return sorted({group.rule for group in self.groups if group.rule})


class Teller(Protocol):
    """Tells the consequences of what was measured, as the records stand now."""

    def __call__(
        self, *, actor: Actor, unit_id: int, measured: Any, promises: Promises, on: date
    ) -> Consequences: ...


@dataclass(frozen=True, slots=True)
class Effects:
    """How the rows of a list are summed up when it is checked, and told when it is confirmed."""

    measure: Callable[[Sequence[PlannedRow]], Any]
    """Returns plain values that are kept with the list."""
    tell: Teller


class Whose(Protocol):
    """Tells which unit a list belongs to that nobody named, where that is no school.

    :raises DomainError: where nothing says it
    """

    def __call__(self, *, actor: Actor, name: str, workbook: Workbook, now: datetime) -> int: ...


def no_remark(fields: Container[str], on: date) -> str:
    """Say nothing."""
    return ""


def no_names(row: PlannedRow) -> Iterable[Hashable]:
    """Know a row by the record it was compared with, and a new one by nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """A way to mend many faults at once: the rows are right, the unit lacks something.

    Taking it writes nothing: it is promised, and the importer's writer keeps the promise.
    """

    code: str
    permission: Permission
    fault: str
    """The code of the faults it mends."""
    find: Finder
    tell: Callable[[Sequence[Any]], str]
    """Says what was promised."""
    withdraw: Text
    """The button that takes the promise back."""


@dataclass(frozen=True, slots=True)
class AlsoOut:
    """Another program's workbook in which a unit's records go out as well."""

    word: str
    """What it is called on the command line."""
    layout: str
    rows: Callable[[Actor, int, date], Iterable[Mapping[str, str]]]
    beside: Callable[[Actor, int, date], Sequence[SheetToWrite]]
    """The code lists that stand beside it."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """How a unit's own records become a list of the kind: read back, it changes nothing."""

    permission: Permission
    rows: Callable[[Actor, int, date], Iterable[Mapping[str, str]]]
    """Texts by field, one mapping for each row, in the order of the list."""
    is_of_offices: bool = False
    """True where a list is of an office and all below it, and not of one school."""
    also: tuple[AlsoOut, ...] = ()
    """Workbooks of other programs, for one unit at a time."""


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of import."""

    code: str
    word: str
    """What it is called on the command line and in addresses of the REST root."""
    label: Text
    permission: Permission
    layouts: tuple[Layout, ...]
    shown: tuple[str, ...]
    """Fields shown first in the preview; the others follow when they change or are wrong."""
    context: Callable[[Actor, int, date, Promises], Context]
    plan: Planner
    write: Writer
    doubts: Doubter | None = None
    remedies: tuple[Remedy, ...] = ()
    name_kinds: tuple[NameKind, ...] = ()
    """Kinds of words that a person may match with records, once for the unit."""
    names_of: str = ""
    """The importer whose matched words it shares; its own where none is named."""
    beside: Callable[[Sequence[Sheet]], Beside] | None = None
    """Reads what other sheets of a file say of the words of its lists."""
    effects: Effects | None = None
    names: Callable[[PlannedRow], Iterable[Hashable]] = no_names
    """What a new row is known by, so that two lists with one of them are not written at once."""
    remark: Callable[[Container[str], date], str] = no_remark
    """What is taken for granted where the list has no column, told before anything is written."""
    practice: Callable[[Actor, int, date], Sequence[Mapping[str, str]]] | None = None
    """Rows with faults to try the wizard on in the demo, made from the unit's own records."""
    outgoing: Outgoing | None = None
    whose: Whose | None = None
    """Tells whose list a file is that says it nowhere; None where a school's name must stand."""
    stays: Text = ""
    """What is left as it is when a list is taken back, said before it is ordered."""
    stands_alone: bool = False
    """True when lists of two units touch nothing of each other: they may be loaded at once."""
    record: str = ""
    """The label of the model whose rows its rows are compared with: `target_id` is their key."""
    done_route: str = ""
    """Route of the page where the result is to be seen, taking the unit's code as `code`."""
    done_label: Text = ""
    """What its link says."""

    @property
    def words_of(self) -> str:
        """Return under which importer its matched words are kept."""
        return self.names_of or self.code

    def layout(self, code: str) -> Layout:
        """Return one of its layouts."""
        return next(layout for layout in self.layouts if layout.code == code)


importers: Registry[Importer] = Registry("importer")


@dataclass(frozen=True, slots=True)
class AcademicYears:
    """What the app that knows the academic years tells: lists are of one of them."""

    day_of: Callable[[Actor, str], date]
    """The day of a year, by its code, from which a list counts: today where it falls in it.

    :raises DomainError: where no such year is known
    """
    begin: Callable[[Actor, datetime], None]
    """Opens the year of today and its grades where none is known yet."""
    known: Callable[[date], Sequence[str]]
    """The codes of the years known on a day: the current one first, then from the newest on."""


academic_years: Registry[AcademicYears] = Registry("academic years")
"""One, registered by the app that has them."""


def day_in_year(actor: Actor, code: str) -> date | None:
    """Return the day from which lists of a year count; None where that is today, or none is named.

    :raises DomainError: where no such year is known
    """
    if not code:
        return None
    day = next((years.day_of(actor, code) for years in academic_years), actor.today)
    return None if day == actor.today else day


def years_known(on: date) -> list[str]:
    """Return the codes of the academic years, the current one first."""
    return [code for years in academic_years for code in years.known(on)]


def find_importer(name: str) -> Importer | None:
    """Return the importer with this code or this word, or None."""
    return next((one for one in importers if name in {one.code, one.word}), None)
