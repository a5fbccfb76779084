"""The sheet into which a school enters its own totals: its rows, and what was pasted into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.core.files.base import File
from django.utils.translation import gettext as _

from khuevan.kernel.vietnamese import fold
from khuevan.platform.sheets.api import read_upload
from khuevan.registry.cutover import rules
from khuevan.registry.cutover.errors import UnreadableTotals
from khuevan.registry.cutover.models import Part
from khuevan.registry.cutover.rules import Count, Fault, Line, ReadTotal
from khuevan.registry.cutover.selectors import UNPLACED, Reconciliation
from khuevan.registry.cutover.telling import line_name
from khuevan.registry.staff.api import Position

MOST_LINES = 500
"""More lines than any school has classes, grades and positions."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the sheet."""

    part: str
    key: str
    name: str
    count: Count = rules.Count()

    @property
    def field(self) -> str:
        """Return what its inputs begin with."""
        return f"{self.part}.{self.key}"


@dataclass(frozen=True, slots=True)
class Extra:
    """A pasted line whose class is not sure: what it says, and the class proposed."""

    name: str
    count: Count
    proposed: str = ""


@dataclass(slots=True)
class Pasted:
    """What was pasted or uploaded, by the rows of the sheet it belongs to."""

    counts: dict[tuple[str, str], Count] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def entries_of(found: Reconciliation) -> list[Entry]:
    """Return the rows of the sheet with what was entered before: classes, grades, school, staff."""
    parts = (found.classes, found.grades, found.school, found.staff)
    return [
        Entry(line.part, line.key, line_name(line), line.own or Count())
        for lines in parts
        for line in sorted(lines, key=lambda one: (one.order, one.key))
        if line.key != UNPLACED
    ]


def read_cells(text: str, upload: File[bytes] | None) -> list[Sequence[object]]:
    """Return the cells of what was pasted, else of the first filled sheet of a file.

    :raises UnreadableFile: a subclass for each way a file can be wrong
    """
    if upload is None:
        return list(rules.split_lines(text))
    for sheet in read_upload(upload).sheets:
        rows = [row.cells for row in sheet.rows]
        if rules.read_totals(rows):
            return list(rows)
    return []


def pasted(
    rows: Iterable[Sequence[object]],
    *,
    entries: Sequence[Entry],
    classes: Sequence[Line],
    remembered: Mapping[str, str],
) -> Pasted:
    """Lay read totals onto the rows of the sheet; what is not sure is asked about.

    :raises UnreadableTotals: when there is no total at all, or far too many
    """
    read = rules.read_totals(rows)
    if not read or len(read) > MOST_LINES:
        raise UnreadableTotals
    exact = {line.key: line.key for line in classes if line.key != UNPLACED and line.is_there}
    known = {(one.part, one.key) for one in entries}
    found, first = Pasted(), dict[tuple[str, str], ReadTotal]()
    for one in read:
        if one.fault:
            found.faults.append(fault_words(one))
            continue
        place, is_sure = _place(one.name, exact, remembered)
        if place is None or not is_sure or place not in known:
            proposed = place[1] if place and place in known else ""
            found.extras.append(Extra(one.name, one.count, proposed))
        elif place in first:
            words = {"name": one.name, "first": first[place].number, "second": one.number}
            found.faults.append(
                _("%(name)s stands twice, in lines %(first)s and %(second)s: the first is taken.")
                % words
            )
        else:
            first[place] = one
            found.counts[place] = one.count
    return found


def _place(
    name: str, exact: Mapping[str, str], remembered: Mapping[str, str]
) -> tuple[tuple[str, str] | None, bool]:
    """Return which row of the sheet a written name means, and whether that is sure."""
    key, is_sure = rules.class_for(name, exact=exact, remembered=remembered)
    if key and is_sure:
        return (Part.CLASS, key), True
    if rules.names_whole(name):
        return (Part.SCHOOL, ""), True
    grade = rules.grade_named(name)
    if grade:
        return (Part.GRADE, grade), True
    position = _position(name)
    if position:
        return (Part.STAFF, position), True
    return ((Part.CLASS, key), False) if key else (None, False)


def _position(name: str) -> str:
    words = " ".join(fold(name).split())
    return next((code for code, label in Position.choices if fold(str(label)) == words), "")


def fault_words(one: ReadTotal) -> str:
    """Say what is wrong with a line of totals, and where."""
    words = {"line": one.number, "name": one.name, "value": one.value, "limit": rules.LARGEST}
    return {
        Fault.NO_NUMBER: _("Line %(line)s, %(name)s: “%(value)s” is no whole number."),
        Fault.TOO_LARGE: _("Line %(line)s, %(name)s: %(value)s is above %(limit)s."),
        Fault.NO_TOTAL: _("Line %(line)s, %(name)s: there is no total."),
        Fault.PART_ABOVE: _("Line %(line)s, %(name)s: a part is more than the total %(value)s."),
    }[one.fault or Fault.NO_TOTAL] % words
