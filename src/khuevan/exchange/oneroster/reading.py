"""A package as its files stand: manifest first, then the tables it names, row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from khuevan.exchange.oneroster.errors import (
    ColumnsMissing,
    FileMissing,
    FileTwice,
    FileUnreadable,
    ManifestWrong,
    NoPackage,
    PackageTooLarge,
    VersionUnknown,
)
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.sheets.api import (
    MEBIBYTE,
    Limits,
    Params,
    Place,
    Remark,
    Severity,
    Source,
    UnreadableFile,
    cell_text,
    read_upload,
    sources_in,
)

LIMITS = Limits(file=100 * MEBIBYTE, rows=400_000, cells=12_000_000)
MANIFEST = "manifest"
VERSIONS = ("1.1", "1.2")
ABSENT, BULK, DELTA = "absent", "bulk", "delta"
READ = ("orgs", "academicSessions", "classes", "users", "roles", "enrollments", "demographics")
"""Files that lists are made of. Courses, resources, marks and profiles hold nothing for them."""
OTHER_HEADERS = {
    "users": {
        "agents": "agentsourcedids",
        "userid": "userids",
        "orgsourcedid": "orgsourcedids",
        "grade": "grades",
    },
    "classes": {"grade": "grades", "termsourcedid": "termsourcedids"},
    "demographics": {"usersourcedid": "sourcedid"},
}
"""Headers of drafts of the standard that are still written, and what they are called now."""
NEEDED = {
    "orgs": ("sourcedId", "name", "type"),
    "academicSessions": ("sourcedId", "startDate", "endDate"),
    "classes": ("sourcedId", "title", "classType", "schoolSourcedId"),
    "users": ("sourcedId", "givenName", "familyName"),
    "roles": ("userSourcedId", "role", "orgSourcedId"),
    "enrollments": ("sourcedId", "classSourcedId", "userSourcedId", "role"),
    "demographics": ("sourcedId",),
}
NEEDED_1_1 = {"users": (*NEEDED["users"], "orgSourcedIds", "role")}


LISTED = (
    *("agentSourcedIds", "beginDate", "birthDate", "classType", "grades", "identifier"),
    *("middleName", "orgSourcedIds", "phone", "primary", "roleType", "schoolSourcedId", "sex"),
    *("sms", "status", "termSourcedIds", "userIds", "userMasterIdentifier"),
)
"""Columns that a list has a place for besides those in `NEEDED`."""
KEPT = frozenset(
    name.lower()
    for names in (LISTED, NEEDED_1_1["users"], *NEEDED.values(), ("propertyName", "value"))
    for name in names
)
"""Columns that are kept of a file; of all others nothing is held while it is read."""
MOST_CELLS = 8_000_000
"""Cells kept of all files together: those of a quarter of a million people, half a gigabyte."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file that is read, by their lowered names."""

    file: str
    places: Mapping[str, int]
    """Where each stands among the cells that are kept of a row."""
    headers: Mapping[str, str]
    """The names as the file writes them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file; the columns are known once for all rows."""

    number: int
    cells: tuple[str, ...]
    columns: Columns

    @property
    def file(self) -> str:
        """Return the name of the file."""
        return self.columns.file

    def __getitem__(self, name: str) -> str:
        place = self.columns.places.get(name.lower(), len(self.cells))
        return self.cells[place] if place < len(self.cells) else ""

    def at(self, name: str) -> Place:
        """Return where a column of the row stands; the row alone where there is none such."""
        header = self.columns.headers.get(name.lower(), "")
        return Place(self.columns.file, self.number, header, self[name])

    def many(self, name: str) -> list[str]:
        """Return a list of values written in one cell."""
        return [text for part in self[name].split(",") if (text := part.strip())]

    def remark(self, name: str, code: str, params: Params, *, warns: bool = False) -> Remark:
        """Say what is wrong with a column of the row, or to be looked at."""
        place = self.at(name)
        severity = Severity.WARNING if warns else Severity.ERROR
        return Remark(place, code, params, severity)


@dataclass(slots=True)
class Files:
    """The tables of a package."""

    version: str
    lines: dict[str, list[Line]] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def of(self, name: str) -> list[Line]:
        """Return the rows of a file; none where it is absent."""
        return self.lines.get(name, [])


def read_files(path: Path) -> Files:
    """Read a package: a zip, or a folder in which it was unpacked.

    :raises NoPackage, VersionUnknown, FileMissing, ManifestWrong, ColumnsMissing, FileTwice:
    :raises FileUnreadable, PackageTooLarge: when a file in it cannot be read, or holds too much
    """
    sources = _by_name(path)
    if MANIFEST not in sources:
        raise NoPackage
    manifest = {line["propertyName"]: line for line in _lines(MANIFEST, sources[MANIFEST])}
    version = manifest["oneroster.version"]["value"] if "oneroster.version" in manifest else ""
    if version not in VERSIONS:
        raise VersionUnknown(version=version or "?")
    files, room = Files(version), MOST_CELLS
    promised = [name for name in READ if _mode(manifest, name) != ABSENT]
    missing = [f"{name}.csv" for name in promised if name.lower() not in sources]
    if missing:
        raise FileMissing(files=", ".join(missing))
    for name in READ:
        if name in promised:
            needed = (NEEDED_1_1 if version == "1.1" else {}).get(name, NEEDED[name])
            files.lines[name] = list(_lines(name, sources[name.lower()], needed))
            room -= sum(len(line.cells) for line in files.lines[name])
            if room < 0:
                raise PackageTooLarge(limit=MOST_CELLS)
        elif name.lower() in sources:
            place, params = Place(f"{name}.csv", None), {"file": f"{name}.csv"}
            files.remarks.append(Remark(place, "oneroster.not_declared", params, Severity.WARNING))
    return files


def _by_name(path: Path) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for source in sources_in(path, is_archive=zipfile.is_zipfile(path)):
        name = PurePosixPath(source.name)
        if name.suffix.lower() == ".csv" and len(name.parts) <= 2:
            if name.stem.lower() in found:
                raise FileTwice(file=name.name)
            found[name.stem.lower()] = source
    return found


def _mode(manifest: Mapping[str, Line], name: str) -> str:
    line = manifest.get(f"file.{name}")
    mode = line["value"].lower() if line else ABSENT
    if line and mode not in {ABSENT, BULK, DELTA}:
        raise ManifestWrong(row=line.number, name=f"file.{name}", value=line["value"])
    return mode


def _lines(name: str, source: Source, needed: tuple[str, ...] = ()) -> Iterator[Line]:
    file = f"{name}.csv"
    try:
        with source.opened(most_bytes=LIMITS.file) as upload:
            workbook = read_upload(upload, LIMITS)
    except UnreadableFile as refusal:
        raise FileUnreadable(file=file, reason=str(refusal)) from refusal
    rows = workbook.sheets[0].rows
    if not rows:
        return
    written = [normalize(cell_text(cell)) for cell in rows[0].cells]
    others = OTHER_HEADERS.get(name, {})
    keys = [others.get(text.lower(), text.lower()) for text in written]
    missing = [one for one in needed if one.lower() not in keys]
    if missing:
        raise ColumnsMissing(file=file, columns=", ".join(missing))
    kept = [place for place, key in enumerate(keys) if key in KEPT]
    places = {keys[place]: at for at, place in enumerate(kept)}
    columns = Columns(file, places, {keys[place]: written[place] for place in kept})
    rows.reverse()
    rows.pop()
    while rows:  # each row goes as soon as it is a line
        row = rows.pop()
        cells = row.cells
        texts = (cells[place] if place < len(cells) else "" for place in kept)
        yield Line(row.number, tuple(normalize(cell_text(text)) for text in texts), columns)
