"""Pure rules of a reconciliation: names that are one class, totals as read, what differs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from khuevan.kernel.vietnamese import fold, match_key

LARGEST = 99_999
"""More pupils than any school has: a number above is a slip."""

_NOT_NAME = re.compile(r"[\W_]+")
_OPENING = re.compile(r"^(lop|class)\s+(?=\S)")
_GRADE = re.compile(r"^(?:tong\s+)?(?:khoi|grade)(?:\s+lop)?\s*(\d{1,2})$")
_WHOLE = re.compile(
    r"^(toan truong|tong cong|tong so|tong|cong|ca truong|whole school|total)( hoc sinh)?$"
)
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_PLAIN = re.compile(r"(\d+)(?:[.,]0+)?")


class Fault(StrEnum):
    """Why a line of totals can't be taken."""

    NO_NUMBER = "NO_NUMBER"
    TOO_LARGE = "TOO_LARGE"
    NO_TOTAL = "NO_TOTAL"
    PART_ABOVE = "PART_ABOVE"
    TWICE = "TWICE"


@dataclass(frozen=True, slots=True)
class Count:
    """Pupils, or people: all, and of them the girls and those of ethnic minorities.

    None where nobody gave the figure.
    """

    total: int | None = None
    female: int | None = None
    minority: int | None = None

    @property
    def figures(self) -> tuple[int | None, int | None, int | None]:
        """Return the three, in order."""
        return self.total, self.female, self.minority

    def __add__(self, other: Count) -> Count:
        """Add two counts; a figure nobody gave stays unknown."""
        pairs = zip(self.figures, other.figures, strict=True)
        return Count(*(None if a is None or b is None else a + b for a, b in pairs))


NOBODY = Count(0, 0, 0)
Difference = tuple[int | None, int | None, int | None]


class Standing(StrEnum):
    """How a line stands."""

    SAME = "SAME"
    DIFFERS = "DIFFERS"
    EXPLAINED = "EXPLAINED"
    UNKNOWN = "UNKNOWN"
    """The school gave no total of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a reconciliation: the school's own count beside that of the records."""

    part: str
    key: str
    name: str
    own: Count | None
    recorded: Count
    order: str = ""
    is_there: bool = True
    """False for what the school counts and the records do not know at all."""
    explained: str = ""
    """The sentence, where it was said of this very difference."""
    said_before: str = ""
    """A sentence said of another difference: to be said anew."""

    @property
    def difference(self) -> Difference:
        """Return records less own, figure by figure; None where the school gave none."""
        return difference(self.own, self.recorded)

    @property
    def differs(self) -> bool:
        """Return whether any figure that both give is not the same."""
        return any(self.difference)

    @property
    def standing(self) -> Standing:
        """Return how the line stands."""
        if self.explained:
            return Standing.EXPLAINED
        if self.own is None:
            return Standing.UNKNOWN if self.recorded.total else Standing.SAME
        return Standing.DIFFERS if self.differs else Standing.SAME

    @property
    def is_settled(self) -> bool:
        """Return whether nothing is left to be said about it."""
        return self.standing in (Standing.SAME, Standing.EXPLAINED)


@dataclass(frozen=True, slots=True)
class Said:
    """An explanation and the difference it was said of."""

    sentence: str
    difference: Difference


def difference(own: Count | None, recorded: Count) -> Difference:
    """Return by how much the records are above the school's own count."""
    if own is None:
        return (None, None, None)
    pairs = zip(own.figures, recorded.figures, strict=True)
    one, two, three = (None if a is None or b is None else b - a for a, b in pairs)
    return one, two, three


@dataclass(frozen=True, slots=True)
class Named:
    """What a line is about: its key, what it is called, where it stands in order."""

    key: str
    name: str
    order: str = ""


def reconcile(
    part: str,
    *,
    known: Mapping[str, Named],
    recorded: Mapping[str, Count],
    own: Mapping[str, tuple[str, Count]],
    said: Mapping[str, Said],
) -> list[Line]:
    """Return the lines of a part, the largest difference first, settled ones last.

    `known` are those the records have, counted or empty; `own` may name others.
    """
    lines = []
    for key in [*known, *(key for key in own if key not in known)]:
        named = known.get(key)
        name, count = own.get(key, ("", None))
        counted = recorded.get(key, NOBODY)
        found = said.get(key)
        is_of_this = found is not None and found.difference == difference(count, counted)
        lines.append(
            Line(
                part=part,
                key=key,
                name=named.name if named else name,
                own=count,
                recorded=counted,
                order=named.order if named else f"~{key}",
                is_there=named is not None,
                explained=found.sentence if found and is_of_this else "",
                said_before=found.sentence if found and not is_of_this else "",
            )
        )
    lines = [_without_needless(line) for line in lines]
    return sorted(lines, key=_by_difference)


def _without_needless(line: Line) -> Line:
    """Leave out a sentence about a line that agrees by now."""
    is_open = line.differs or (line.own is None and line.recorded.total)
    if is_open or not (line.explained or line.said_before):
        return line
    return Line(line.part, line.key, line.name, line.own, line.recorded, line.order, line.is_there)


def _by_difference(line: Line) -> tuple[bool, int, int, str, str]:
    total, *parts = line.difference
    return (
        line.is_settled,
        -abs(total or 0),
        -sum(abs(one or 0) for one in parts),
        line.order,
        line.key,
    )


def whole(lines: Iterable[Line]) -> tuple[Count | None, Count]:
    """Return what the classes add up to: by the school's own totals, and by the records.

    A figure is unknown where one class lacks it.
    """
    rows = list(lines)
    owned = [line.own for line in rows if line.own is not None]
    own = sum(owned, NOBODY) if owned else None
    return own, sum((line.recorded for line in rows), NOBODY)


def loose_key(name: str) -> str:
    """Return what loose spellings of a class name share: Lớp 6/A1, 6-A1 and 6a1 are one."""
    return _NOT_NAME.sub("", _OPENING.sub("", match_key(name).replace("lớp ", "lop ", 1)))[:60]


def class_for(
    name: str, *, exact: Mapping[str, str], remembered: Mapping[str, str]
) -> tuple[str, bool]:
    """Return the class a written name means, by its key, and whether that is sure.

    Sure is a name that differs in blanks, case or encoding alone, or that was confirmed before;
    any other likeness is a proposal. `exact` maps match names to keys.
    """
    match_name = match_key(name).replace(" ", "")
    if match_name in exact:
        return exact[match_name], True
    loose = loose_key(name)
    if loose in remembered and remembered[loose] in exact.values():
        return remembered[loose], True
    alike = {key for known, key in exact.items() if loose_key(known) == loose}
    return (alike.pop(), False) if len(alike) == 1 else ("", False)


@dataclass(frozen=True, slots=True)
class ReadTotal:
    """A line of pasted totals, as read."""

    number: int
    """Its place among the lines, from 1."""
    name: str
    count: Count
    fault: Fault | None = None
    value: str = ""
    """The cell that is wrong."""


HEADERS: Mapping[str, tuple[str, ...]] = {
    "name": ("lop", "ten lop", "khoi lop", "khoi", "chuc vu", "vi tri", "vi tri viec lam", "don vi",
             "class", "position", "ten"),
    "total": ("tong so", "tong", "si so", "so hoc sinh", "so hs", "ts", "tong so hs", "so luong",
              "tong so hoc sinh", "hien co", "total", "number", "pupils"),
    "female": ("nu", "so nu", "hs nu", "hoc sinh nu", "trong do nu", "girls", "female"),
    "minority": ("dan toc", "dan toc thieu so", "dtts", "hs dan toc", "dt", "hs dtts",
                 "hoc sinh dan toc", "minority", "ethnic minorities"),
}  # fmt: skip
ORDER = ("name", "total", "female", "minority")
ORDINALS = ("stt", "tt", "so tt", "no")


def read_totals(rows: Iterable[Sequence[object]]) -> list[ReadTotal]:
    """Read totals out of cells: a name and its numbers on each line, below headings or without."""
    columns: dict[str, int] | None = None
    found = []
    for number, cells in enumerate(rows, start=1):
        texts = [cell_of(cell) for cell in cells]
        if not any(texts):
            continue
        heading = _heading(texts)
        if heading:
            columns = heading
            continue
        one = _read(number, texts, columns or _guessed(texts))
        if one is not None:
            found.append(one)
    return found


def split_lines(text: str) -> list[list[str]]:
    """Cut pasted text into cells: by tab as spreadsheets copy, else by semicolon or blanks."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [_cells(line) for line in lines]


def _cells(line: str) -> list[str]:
    for mark in ("\t", ";", "|"):
        if mark in line:
            return line.split(mark)
    if "," in line:
        return line.split(",")
    words = line.split()
    tail: list[str] = []
    while len(words) > 1 and len(tail) < 3 and _PLAIN.fullmatch(words[-1]):
        tail.insert(0, words.pop())
    return [" ".join(words), *tail]


def cell_of(cell: object) -> str:
    """Return a cell as text; a whole number without its decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip() if cell is not None else ""


def _heading(texts: Sequence[str]) -> dict[str, int] | None:
    """Return which column is what, where a line holds headings."""
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        word = _NOT_NAME.sub(" ", fold(text)).strip()
        for column, words in HEADERS.items():
            if column not in found and word in words:
                found[column] = place
    return found if "total" in found and "name" in found else None


def _guessed(texts: Sequence[str]) -> dict[str, int]:
    """Take the first filled cell for the name and those behind it for the figures.

    A number before a name is an ordinal.
    """
    start = next((place for place, text in enumerate(texts) if text), 0)
    behind = texts[start + 1] if len(texts) > start + 1 else ""
    if texts[start].isdecimal() and behind and not _PLAIN.fullmatch(behind):
        start += 1
    return {name: start + place for place, name in enumerate(ORDER)}


def _read(number: int, texts: Sequence[str], columns: Mapping[str, int]) -> ReadTotal | None:
    def at(name: str) -> str:
        place = columns.get(name, -1)
        return texts[place] if 0 <= place < len(texts) else ""

    name = " ".join(at("name").split())[:60]
    figures = [at(one) for one in ORDER[1:]]
    if not name or fold(name) in ORDINALS or (not any(figures) and not columns):
        return None
    values: list[int | None] = []
    for text in figures:
        value, fault = read_figure(text)
        if fault:
            return ReadTotal(number, name, Count(), fault, text[:40])
        values.append(value)
    count = Count(*values)
    fault = fault_of(count)
    return ReadTotal(number, name, count, fault, figures[0][:40])


def read_figure(text: str) -> tuple[int | None, Fault | None]:
    """Read one figure: a whole number, with dots between thousands or decimals of zero."""
    bare = text.strip().replace("\u00a0", "").replace(" ", "")
    if not bare or bare in {"-", "–"}:
        return None, None
    if _GROUPED.fullmatch(bare):
        bare = bare.replace(".", "")
    match = _PLAIN.fullmatch(bare)
    if match is None or not match.group(1).isascii():
        return None, Fault.NO_NUMBER
    value = match.group(1)
    if len(value.lstrip("0")) > len(str(LARGEST)) or int(value) > LARGEST:
        return None, Fault.TOO_LARGE
    return int(value), None


def fault_of(count: Count) -> Fault | None:
    """Return what is wrong with the figures of one line beside each other."""
    if count.total is None:
        return Fault.NO_TOTAL
    parts = (count.female, count.minority)
    return Fault.PART_ABOVE if any((one or 0) > count.total for one in parts) else None


def grade_named(name: str) -> str:
    """Return the grade a line such as Khối 6 names, else nothing."""
    match = _GRADE.fullmatch(" ".join(fold(name).split()))
    return match.group(1).lstrip("0") if match else ""


def names_whole(name: str) -> bool:
    """Return whether a line is the sum of the school."""
    return bool(_WHOLE.fullmatch(_NOT_NAME.sub(" ", fold(name)).strip()))
