"""A row of a timetable as a lesson, or as a rule: its words understood, its time looked up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from khuevan.kernel.vietnamese import fold
from khuevan.platform.sheets.api import Fault, ParsedRow
from khuevan.registry.curriculum.api import Faults, Names, Unknown
from khuevan.registry.schools.api import Session, class_match_name
from khuevan.school.timetable.actions.taking import LessonTold
from khuevan.school.timetable.grids import Spot, Week
from khuevan.school.timetable.models import MOST_LENGTH, Half

WEEKDAYS = {
    "hai": 1, "ba": 2, "tu": 3, "nam": 4, "sau": 5, "bay": 6,
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
}  # fmt: skip
SPLIT = re.compile(r"\s*[,;+]\s*")


@dataclass(slots=True)
class Reader:
    """Everything by which the rows of a timetable are understood."""

    names: Names
    week: Week
    rooms: Mapping[str, int]
    """Rooms of the school by what two spellings of a name share."""
    fault: Faults
    faults: list[Fault] = field(default_factory=list)

    @property
    def halves(self) -> list[str]:
        """Return the half-days in which classes of the school have their lessons."""
        return sorted({self._session((pk,)) for pk in self.names.rooms})

    def lesson(self, row: ParsedRow) -> LessonTold | None:
        """Return the lesson a row tells; nothing where something of it is not known."""
        classes = self._classes(row)
        subject = self._subject(row, classes)
        length = row.values.get("length") or 1
        if not 1 <= length <= MOST_LENGTH:
            self._tell(row, "length", "timetable.length_unfit", {"most": MOST_LENGTH})
        member = self._giver(row, classes, subject)
        if any(fault.is_error for fault in self.faults):
            return None
        spot = self._spot(row, classes, length)
        return LessonTold(
            classes,
            subject,
            member,
            self.names.members[member].person_id if member is not None else None,
            length,
            spot.weekday if spot else None,
            spot.half if spot else "",
            spot.period if spot else None,
            self._room(row),
            bool(row.values.get("pinned")) and spot is not None,
        )

    def teacher(self, row: ParsedRow, name: str) -> int | None:
        """Return whom a name means, or tell that nobody is called so."""
        found = self.names.teacher(name)
        if isinstance(found, Unknown):
            self.faults.append(self.fault(row, "teacher", found.code, found.params))
            return None
        return found

    def _classes(self, row: ParsedRow) -> tuple[int, ...]:
        text = row.values.get("classes") or ""
        whole = self.names.room(text) if text else None
        if isinstance(whole, int):
            return (whole,)
        found: list[int] = []
        for name in filter(None, SPLIT.split(text)):
            room = self.names.room(name)
            if isinstance(room, Unknown):
                self.faults.append(self.fault(row, "classes", room.code, room.params))
            else:
                found.append(room)
        if not text:
            self._tell(row, "classes", "timetable.no_class")
        return tuple(dict.fromkeys(found))

    def _subject(self, row: ParsedRow, classes: tuple[int, ...]) -> str:
        text = row.values.get("subject") or ""
        if not text:
            self._tell(row, "subject", "timetable.no_subject")
            return ""
        found = self.names.subject(text, classes[0] if classes else None)
        if isinstance(found, Unknown):
            self.faults.append(self.fault(row, "subject", found.code, found.params))
            return ""
        return found

    def _giver(self, row: ParsedRow, classes: tuple[int, ...], subject: str) -> int | None:
        text = row.values.get("teacher") or ""
        if not text:
            self._tell(row, "teacher", "timetable.no_teacher", warns=True)
            return None
        found = self.names.teacher(text)
        first, *others = [text] if isinstance(found, int) else SPLIT.split(text)
        if others:
            told = {"names": ", ".join(others)[:200]}
            self._tell(row, "teacher", "timetable.other_teachers", told, warns=True)
        found = self.names.teacher(first)
        if isinstance(found, Unknown) and classes and subject:
            giver = self.names.giver(found, classes[0], subject)
            if giver is not None:
                return giver
        return found if isinstance(found, int) else self.teacher(row, first)

    def _spot(self, row: ParsedRow, classes: tuple[int, ...], length: int) -> Spot | None:
        weekday, period = weekday_of(row.values.get("weekday") or ""), row.values.get("period")
        if weekday is None or period is None:
            return None
        half = half_of(row.values.get("half") or "") or self._session(classes)
        spot = Spot(weekday, half, period)
        slot = self.week.slot(spot)
        if slot is None or not self.week.holds(slot, length):
            self._tell(row, "period", "timetable.no_such_time", {"period": period}, warns=True)
            return None
        return spot

    def _session(self, classes: tuple[int, ...]) -> str:
        """Return the half-day in which a class has its lessons, the morning where it has both."""
        session = self.names.rooms[classes[0]].session
        return str(Half.AFTERNOON if session == Session.AFTERNOON else Half.MORNING)

    def _room(self, row: ParsedRow) -> int | None:
        text = row.values.get("room") or ""
        found = self.rooms.get(class_match_name(text)) if text else None
        if text and found is None:
            self._tell(row, "room", "timetable.unknown_room", {"name": text}, warns=True)
        return found

    def _tell(
        self,
        row: ParsedRow,
        name: str,
        code: str,
        params: Mapping[str, str | int] | None = None,
        *,
        warns: bool = False,
    ) -> None:
        self.faults.append(self.fault(row, name, code, params or {}, warns=warns))


def weekday_of(text: str) -> int | None:
    """Return which day of the week a text means, Monday being 1 and written 2 or Thứ Hai."""
    words = re.findall(r"[0-9]+|[a-z]+", fold(text))
    for word in reversed(words):
        if len(word) <= 2 and word.isdigit() and 2 <= int(word) <= 8:
            return int(word) - 1
        if word in WEEKDAYS:
            return WEEKDAYS[word]
    return None


def half_of(text: str) -> str:
    """Return which half of the day a text means, or nothing."""
    words = fold(text).split()
    for word in words:
        if word in ("sang", "s", "am", "morning"):
            return str(Half.MORNING)
        if word in ("chieu", "c", "pm", "afternoon"):
            return str(Half.AFTERNOON)
    return ""
