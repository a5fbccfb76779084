"""A row of a list of lessons as lessons: its words understood, its periods read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import (
    Fault,
    Params,
    ParsedRow,
    Problem,
    Recognized,
    Severity,
    locate,
)
from khuevan.registry.curriculum.giving_rules import Told
from khuevan.registry.curriculum.imports.cells import ClassesCell, ClassPeriods, read_classes
from khuevan.registry.curriculum.imports.names import Names, Unknown
from khuevan.registry.curriculum.models import MOST_A_WEEK

MOST_CLASSES = 200
YES = frozenset(map(match_key, ("x", "có", "co", "yes", "1", "v")))
NO = frozenset(map(match_key, ("không", "khong", "no", "0", "-", "")))
"""What in the column of marks says that this teacher answers for them, or doesn't."""
COUNTS = ("periods", "first_term", "second_term")


@dataclass(frozen=True, slots=True)
class Said:
    """One lesson that a row tells: who gives a class a subject, and how much of it."""

    member: int
    room_id: int
    subject: str
    told: Told
    word: str
    """How the list writes the subject: one twice may be a slip."""
    on: date | None = None
    """From which day, where the list says so."""
    answers: bool = False
    """Whether this one answers for the marks of the subject."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with the lessons it tells and what is wrong with it."""

    row: ParsedRow
    lessons: tuple[Said, ...]
    faults: tuple[Fault, ...]

    @property
    def is_refused(self) -> bool:
        """Say whether it can't go in."""
        return any(fault.is_error for fault in self.faults)


@dataclass(frozen=True, slots=True)
class Faults:
    """Says what is wrong with a field of a row, in its place."""

    recognized: Recognized

    def __call__(
        self,
        of: ParsedRow,
        name: str,
        code: str,
        params: Params = MappingProxyType({}),
        *,
        warns: bool = False,
    ) -> Fault:
        """Return the fault."""
        severity = Severity.WARNING if warns else Severity.ERROR
        problem = Problem(code, dict(params), severity=severity)
        text = of.told(name, self.recognized)
        return locate(problem, of.number, self.recognized, name, text)


def read_line(row: ParsedRow, names: Names, fault: Faults) -> Line:
    """Return what a row tells."""
    values = row.values
    faults = [*row.faults, *_counts(row, fault)]
    marks = values.get("answers") or ""
    if match_key(marks) not in YES | NO:
        faults.append(fault(row, "answers", "curriculum.answers_unread", {"name": marks}))
    who: int | Unknown | None = None
    if values.get("teacher"):
        who = names.teacher(values["teacher"], values.get("teacher_code") or "")
    lessons: list[Said] = []
    cell = _classes(values.get("classes") or "", names)
    for text in cell.unread:
        faults.append(fault(row, "classes", "curriculum.unread_class", {"name": text}))
    of_row = _told(row)
    left_open = not cell.lessons
    for one in cell.lessons[:MOST_CLASSES]:
        if one.periods is not None and not 0 < one.periods <= MOST_A_WEEK:
            faults.append(_too_many(row, "classes", fault))
        room = names.room(one.name)
        if isinstance(room, Unknown):
            faults.append(fault(row, "classes", room.code, room.params))
        subject = _subject(row, None if isinstance(room, Unknown) else room, names, fault)
        if isinstance(subject, Fault):
            faults += [] if subject in faults else [subject]
        member = who
        if isinstance(who, Unknown) and isinstance(room, int) and isinstance(subject, str):
            member = names.giver(who, room, subject)
        if isinstance(member, int) and isinstance(room, int) and isinstance(subject, str):
            if names.is_guess(values["subject"], room):
                told = {"subject": subject}
                faults.append(
                    fault(row, "subject", "curriculum.language_guessed", told, warns=True)
                )
            count = Told(one.periods) if one.periods is not None else of_row
            lessons.append(
                Said(
                    member,
                    room,
                    subject,
                    count,
                    match_key(values["subject"]),
                    values.get("from_day"),
                    match_key(marks) in YES,
                )
            )
        else:
            left_open = True
    if isinstance(who, Unknown) and left_open:
        column = "teacher_code" if values.get("teacher_code") else "teacher"
        faults.insert(0, fault(row, column, who.code, who.params))
    return Line(row, tuple(lessons), tuple(faults))


def _subject(
    row: ParsedRow, room_id: int | None, names: Names, fault: Faults
) -> str | Fault | None:
    text = row.values.get("subject")
    if not text:
        return None
    found = names.subject(text, room_id)
    if isinstance(found, Unknown):
        return fault(row, "subject", found.code, found.params)
    return found


def _classes(text: str, names: Names) -> ClassesCell:
    """Return what a cell names: one class where it is called just so, however it is written."""
    if isinstance(names.room(text), int):
        return ClassesCell((ClassPeriods(text),))
    return read_classes(text)


def _told(row: ParsedRow) -> Told:
    """Return the periods that the columns of a row tell; terms go before the one number."""
    weekly, first, second = (row.values.get(name) for name in COUNTS)
    if first is None and second is None:
        return Told(weekly)
    return Told(terms=(first or 0, second or 0))


def _counts(row: ParsedRow, fault: Faults) -> Iterator[Fault]:
    for name in COUNTS:
        count = row.values.get(name)
        least = 1 if name == "periods" else 0
        if count is not None and not least <= count <= MOST_A_WEEK:
            yield _too_many(row, name, fault)
    _weekly, first, second = (row.values.get(name) for name in COUNTS)
    if not (first or second) and (first is not None or second is not None):
        yield fault(row, "first_term", "curriculum.no_periods")


def _too_many(row: ParsedRow, name: str, fault: Faults) -> Fault:
    return fault(row, name, "curriculum.periods_unfit", {"most": MOST_A_WEEK})
