"""Reading a pasted list of pupils with scores and wishes: pure, no ORM.

A line is a pupil: class, full name, birth date, score, then the wishes by name, apart by tabs (as
copied from a spreadsheet) or semicolons. What is empty stays as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum

from khuevan.kernel.vietnamese import match_key

FIXED = 4
"""Columns before the wishes."""
MOST_POINTS = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Known:
    """A pupil of the round."""

    student_id: int
    room: str
    name: str
    born: str


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says; None where it says nothing."""

    student_id: int
    points: Decimal | None
    wishes: tuple[int, ...] | None


class LineFaultKind(Enum):
    """Why a line can't be read."""

    NOBODY = "nobody"
    SEVERAL = "several"
    TWICE = "twice"
    POINTS = "points"
    COMBINATION = "combination"
    WISHES = "wishes"


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line, by its number and what stands there."""

    number: int
    kind: LineFaultKind
    text: str


def read_list(
    text: str, pupils: Iterable[Known], offered: Mapping[str, int], most: int
) -> tuple[list[Line], list[LineFault]]:
    """Return what the lines of a list say, and what is wrong with which.

    :param offered: combinations by name
    """
    known: dict[tuple[str, str], list[Known]] = {}
    for one in pupils:
        known.setdefault((match_key(one.room), match_key(one.name)), []).append(one)
    names = {match_key(name): pk for name, pk in offered.items()}
    lines: list[Line] = []
    faults: list[LineFault] = []
    for number, cells in _rows(text):
        found = _read(number, cells, known, names, most)
        if isinstance(found, LineFault):
            faults.append(found)
        elif any(one.student_id == found.student_id for one in lines):
            faults.append(LineFault(number, LineFaultKind.TWICE, cells[1]))
        else:
            lines.append(found)
    return lines, faults


def _rows(text: str) -> Iterable[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        cells = [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]
        is_heading = number == 1 and match_key(cells[0]) in {"lop", "class", match_key("Lớp")}
        if any(cells) and not is_heading:
            yield number, [*cells, *[""] * (FIXED - len(cells))]


def _read(
    number: int,
    cells: Sequence[str],
    known: Mapping[tuple[str, str], list[Known]],
    names: Mapping[str, int],
    most: int,
) -> Line | LineFault:
    found = known.get((match_key(cells[0]), match_key(cells[1])), [])
    if len(found) > 1:
        found = [one for one in found if one.born == cells[2]]
        if len(found) != 1:
            return LineFault(number, LineFaultKind.SEVERAL, cells[1])
    if not found:
        return LineFault(number, LineFaultKind.NOBODY, f"{cells[1]} {cells[0]}".strip())
    points = _points(cells[3])
    if points is None and cells[3]:
        return LineFault(number, LineFaultKind.POINTS, cells[3])
    said = [cell for cell in cells[FIXED:] if cell]
    unknown = next((cell for cell in said if match_key(cell) not in names), None)
    if unknown is not None:
        return LineFault(number, LineFaultKind.COMBINATION, unknown)
    wishes = tuple(names[match_key(cell)] for cell in said)
    if len(wishes) > most or len(set(wishes)) < len(wishes):
        return LineFault(number, LineFaultKind.WISHES, ", ".join(said))
    return Line(found[0].student_id, points, wishes or None)


def _points(text: str) -> Decimal | None:
    try:
        points = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    is_number = points.is_finite() and 0 <= points <= MOST_POINTS
    return points if is_number and round(points, 3) == points else None
