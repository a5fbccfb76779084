"""Packages: files that hold several kinds of lists at once, each made into lists of our own kinds.

An app registers how its package is opened; what it makes goes through the same check and actions
as every other list. A fault is told where it stands in the package, not in the list made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from khuevan.kernel.actor import Actor
from khuevan.kernel.registry import Registry
from khuevan.platform.sheets.faults import Fault, Params, Severity, Text
from khuevan.platform.sheets.importers import Importer
from khuevan.platform.sheets.reading import Row, Sheet, Workbook
from khuevan.platform.sheets.writing import SheetToWrite

HEADER_ROW = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a package: the file in it, the row a person sees, the column, what stands there."""

    file: str
    row: int | None
    column: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong with a package itself, or to be looked at, before any list is made of it."""

    place: Place
    code: str
    params: Params = field(default_factory=dict)
    severity: Severity = Severity.ERROR

    @property
    def fault(self) -> Fault:
        """Return it as a fault, for its sentences."""
        row, value = self.place.row or 0, self.place.value
        return Fault(self.code, "", row, self.severity, value=value, params=self.params)


@dataclass(frozen=True, slots=True)
class Made:
    """One row made of a package: texts by field, and where each of them comes from."""

    texts: Mapping[str, str]
    home: Place
    """Where the row as a whole comes from: what has no cell of its own is told there."""
    places: Mapping[str, Place] = field(default_factory=dict)

    def place_of(self, name: str) -> Place:
        """Return where a field comes from."""
        return self.places.get(name, self.home)


@dataclass(slots=True)
class PackageList:
    """One list made of a package: of one kind, for one unit."""

    importer: Importer
    unit_id: int
    unit_code: str
    rows: list[Made] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Return what the file is called that is kept of it."""
        return f"{self.unit_code}-{self.importer.word}.xlsx"

    @property
    def fields(self) -> list[str]:
        """Return the fields it has columns for: those that are told, and those that must be."""
        told = {name for row in self.rows for name, text in row.texts.items() if text}
        known = self.importer.layouts[0].fields
        return [one.name for one in known if one.required or one.name in told]

    @property
    def headers(self) -> list[str]:
        """Return the headers of its columns."""
        known = self.importer.layouts[0].by_name
        return [known[name].header for name in self.fields]

    @property
    def texts(self) -> list[list[str]]:
        """Return its rows as texts, in the order of the columns."""
        names = self.fields
        return [[row.texts.get(name, "") for name in names] for row in self.rows]

    @property
    def to_write(self) -> SheetToWrite:
        """Return the list as a sheet to write."""
        return SheetToWrite(self.unit_code, self.headers, self.texts)

    @property
    def workbook(self) -> Workbook:
        """Return the list as it would be read."""
        lines = enumerate([self.headers, *self.texts], start=HEADER_ROW)
        rows = [Row(number, list(texts)) for number, texts in lines]
        return Workbook("xlsx", [Sheet(self.unit_code, rows)])

    def at(self, number: int) -> Made:
        """Return what a row of the list was made of."""
        return self.rows[number - HEADER_ROW - 1]


@dataclass(slots=True)
class Package:
    """What was read of a package: the lists in the order in which they are written."""

    lists: list[PackageList] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    refused: int = 0
    """How many of its rows came into no list, because of a fault."""


@dataclass(frozen=True, slots=True)
class PackageKind:
    """One kind of package."""

    word: str
    """What it is called on the command line and in addresses."""
    label: Text
    open: Callable[[Actor, Path, int | None, date | None], Package]
    """Reads it for an actor: of one school where a person named it, from a day on.

    :raises DomainError: where the file is refused as a whole
    """
    about: Text = ""
    """Told before a file is chosen."""


packages: Registry[PackageKind] = Registry("package")


def find_package(word: str) -> PackageKind | None:
    """Return the kind of package with this word, or None."""
    return next((one for one in packages if one.word == word), None)
