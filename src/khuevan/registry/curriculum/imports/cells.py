"""The cell that names classes with their periods, "11AV2(2), 12VAN(3)"; read and written, pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from khuevan.kernel.vietnamese import normalize

SEPARATORS = re.compile(r"[,;\n\r]")
ITEM = re.compile(r"(?P<name>.*?)\s*(?:\(\s*(?P<count>[0-9]{1,4})\s*(?:tiết|t)?\s*\))?", re.I)
BRACKET = re.compile(r"[()]")
PLAIN_BRACKETS = re.compile(r"\([^()]+\)")


@dataclass(frozen=True, slots=True)
class ClassPeriods:
    """A class as a cell names it, and its periods a week where the cell tells them."""

    name: str
    periods: int | None = None


@dataclass(frozen=True, slots=True)
class ClassesCell:
    """What a cell names, and what of it cannot be read."""

    lessons: tuple[ClassPeriods, ...] = ()
    unread: tuple[str, ...] = ()


def read_classes(text: str) -> ClassesCell:
    """Read the classes that a cell names; never raises, and loses nothing unnamed."""
    lessons: list[ClassPeriods] = []
    unread: list[str] = []
    for piece in SEPARATORS.split(text):
        item = normalize(piece)
        if not item:
            continue
        found = ITEM.fullmatch(item)
        name = found["name"] if found else ""
        if not found or not name or BRACKET.search(PLAIN_BRACKETS.sub("", name)):
            unread.append(item)
            continue
        lessons.append(ClassPeriods(name, int(found["count"]) if found["count"] else None))
    return ClassesCell(tuple(lessons), tuple(unread))


def write_classes(lessons: Iterable[ClassPeriods]) -> str:
    """Write classes with their periods as the cell holds them."""
    return ", ".join(
        one.name if one.periods is None else f"{one.name}({one.periods})" for one in lessons
    )
