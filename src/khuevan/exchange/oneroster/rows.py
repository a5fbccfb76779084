"""What rows of every file share: an id of their own, a status, dates, references."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from khuevan.exchange.oneroster.reading import Line
from khuevan.platform.sheets.api import Remark

ACTIVE = ("", "active")


@dataclass(slots=True)
class Told:
    """What is found on the way: remarks, and how many rows came into no list by a fault."""

    remarks: list[Remark] = field(default_factory=list)
    refused: int = 0
    left: dict[tuple[str, str], int] = field(default_factory=dict)
    """File and sourcedId of rows that are refused or left out, and their row."""

    def refuse(self, line: Line, name: str, code: str, **params: str | int) -> None:
        """Refuse a row for what stands in a column."""
        self.remarks.append(line.remark(name, code, params))
        self.refused += 1
        self._leave(line)

    def leave_out(self, line: Line, name: str, code: str, **params: str | int) -> None:
        """Leave a row out, which refuses nothing."""
        self.remarks.append(line.remark(name, code, params, warns=True))
        self._leave(line)

    def warn(self, line: Line, name: str, code: str, **params: str | int) -> None:
        """Tell something to be looked at; the row goes on."""
        self.remarks.append(line.remark(name, code, params, warns=True))

    def dangling(
        self, line: Line, name: str, file: str, wanted: str, *, warns: bool = False
    ) -> None:
        """Tell of a reference that leads to nothing: to no row, or to one that was left out."""
        code, params = "oneroster.reference", {"file": file}
        extra: dict[str, int] = {}
        if (file, wanted) in self.left:
            code, extra = "oneroster.refers_refused", {"row": self.left[file, wanted]}
        if warns:
            self.warn(line, name, code, **params, **extra, value=wanted)
        else:
            self.refuse(line, name, code, **params, **extra, value=wanted)

    def is_left(self, file: str, wanted: str) -> bool:
        """Return whether a row of a file was refused or left out."""
        return (file, wanted) in self.left

    def _leave(self, line: Line) -> None:
        if line["sourcedId"]:
            self.left.setdefault((line.file, line["sourcedId"]), line.number)


def known_rows(lines: Iterable[Line], told: Told) -> Iterator[Line]:
    """Yield the rows that hold: with an id of their own, and neither deleted nor over."""
    seen: dict[str, int] = {}
    for line in lines:
        key, status = line["sourcedId"], line["status"].lower()
        if not key:
            told.refuse(line, "sourcedId", "oneroster.no_id")
        elif key in seen:
            told.refuse(line, "sourcedId", "oneroster.id_twice", row=seen[key])
        elif status == "tobedeleted":
            told.leave_out(line, "status", "oneroster.to_be_deleted")
        elif status == "inactive":
            told.leave_out(line, "status", "oneroster.inactive")
        elif status not in ACTIVE:
            told.refuse(line, "status", "oneroster.status_unknown")
        else:
            yield line
        if key:
            seen.setdefault(key, line.number)


def day_in(line: Line, name: str) -> date | None:
    """Return a date, or None where the cell is blank.

    :raises ValueError: where it holds something else
    """
    text = line[name]
    return date.fromisoformat(text[:10]) if text else None


def holds_on(line: Line, begins: str, ends: str, on: date, told: Told) -> bool:
    """Return whether a row's period holds on a day; tell what speaks against it."""
    days = []
    for name in (begins, ends):
        try:
            days.append(day_in(line, name))
        except ValueError:
            told.refuse(line, name, "oneroster.date")
            return False
    first, last = days
    if first and last and last < first:
        told.refuse(line, ends, "oneroster.ends_first")
        return False
    if last and last < on:
        told.leave_out(line, ends, "oneroster.over", day=f"{last:%d/%m/%Y}")
        return False
    return True
