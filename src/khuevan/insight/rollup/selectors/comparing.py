"""Two days compared within the reader's reach: who came, left and moved, and the rows of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from khuevan.insight.rollup.asked_two import SCHOOLS, Compared, Opened
from khuevan.insight.rollup.dimensions import (
    CLASSES,
    DIMENSIONS,
    LOCATION,
    PUPILS,
    STAFF,
    Frame,
)
from khuevan.insight.rollup.moves import (
    CAME,
    LEFT,
    NOW,
    OTHER_KIND,
    OTHER_POSITION,
    OUT,
    PLACED,
    THEN,
    UNPLACED,
    Differs,
    Seat,
    Tally,
    Trace,
    matches,
    tally,
    why,
)
from khuevan.insight.rollup.places import places_on
from khuevan.insight.rollup.rules import TOTAL
from khuevan.insight.rollup.selectors.counting import PERMISSIONS, year_of
from khuevan.insight.rollup.selectors.traces import (
    person_traces,
    rows_behind,
    single_traces,
    thing_traces,
)
from khuevan.insight.rollup.told import OF_A_DAY, ToldTally
from khuevan.kernel.actor import Actor, Permission
from khuevan.registry.schools.api import (
    VIEW_CLASSES,
    VIEW_SCHOOLS,
    GradeLevel,
    HomeroomClass,
    School,
)
from khuevan.registry.staff.api import VIEW_STAFF, Appointment
from khuevan.registry.students.api import COUNT_STUDENTS, VIEW_STUDENTS, Enrollment

OF_FIRST_DAY = frozenset((THEN, LEFT, OUT))
"""Flows whose rows are those of the first day."""
_ROWS: dict[str, tuple[Any, Permission]] = {
    PUPILS: (Enrollment, VIEW_STUDENTS),
    CLASSES: (HomeroomClass, VIEW_CLASSES),
    STAFF: (Appointment, VIEW_STAFF),
    SCHOOLS: (School, VIEW_SCHOOLS),
}


class TwoDays:
    """The comparison of two days for one reader; reads when asked, and everything once."""

    def __init__(self, actor: Actor, asked: Compared) -> None:
        self.actor, self.asked = actor, asked
        permission = COUNT_STUDENTS if asked.of == SCHOOLS else PERMISSIONS[asked.of]
        reach = actor.reach(permission, "school")
        self.schools = None if reach.everything else sorted(reach.ids)
        grades = {grade.pk: grade for grade in GradeLevel.objects.order_by("position")}
        self.frames = tuple(
            Frame(
                places_on(
                    actor=actor,
                    permission=permission,
                    on=on,
                    by_location=asked.basis == LOCATION,
                ),
                grades,
                year_of(on),
            )
            for on in (asked.first, asked.second)
        )
        self._keys = [
            {code: frame.key_of(code) for code in {asked.rows, "unit", *dict(asked.narrow)}}
            for frame in self.frames
        ]

    @cached_property
    def traces(self) -> list[Trace]:
        """Return where everybody within reach was on both days."""
        if self._is_of_people:
            return person_traces(self.asked.of, self.days, self.schools)
        return thing_traces(self.actor, self.asked.of, self.days, self._both)

    @cached_property
    def tally(self) -> Tally:
        """Return all numbers, as the reader may know them."""
        exact = tally(self.traces, self.placed)
        return exact if self.is_exact else ToldTally(exact, self.asked)

    @cached_property
    def is_exact(self) -> bool:
        """Return whether the reader may see every pupil of the schools that are compared."""
        reach = self.actor.reach(_ROWS[self.asked.of][1], "school")
        if self.asked.of != PUPILS or reach.everything:
            return True
        return all(
            pk in reach
            for day in (0, 1)
            for pk in self.frames[day].places
            if self._is_asked(day, pk)
        )

    def _is_asked(self, day: int, school: int) -> bool:
        """Return whether what narrows the comparison leaves a school in, as it was on a day."""
        return all(
            self._keys[day][code](school) == value
            for code, value in self.asked.narrow
            if DIMENSIONS[code].column == "school"
        )

    @property
    def days(self) -> tuple[Any, Any]:
        """Return the two days."""
        return self.asked.first, self.asked.second

    @property
    def _both(self) -> tuple[Frame, Frame]:
        return self.frames[0], self.frames[1]

    @property
    def _is_of_people(self) -> bool:
        return self.asked.of in (PUPILS, STAFF)

    def placed(self, trace: Trace) -> tuple[str | None, str | None, str]:
        """Return a trace's line on either day, None outside what is asked for; and the reason."""
        then = self._line(0, trace.then, trace.sex)
        now = self._line(1, trace.now, trace.sex)
        reason = why(trace, self._differs(trace), by_unit=self.asked.is_by_unit)
        return then, now, reason

    def _line(self, day: int, seat: Seat | None, sex: str) -> str | None:
        if seat is None:
            return None
        keys = self._keys[day]
        for code, value in self.asked.narrow:
            if keys[code](self._value(code, seat, sex)) != value:
                return None
        return keys[self.asked.rows](self._value(self.asked.rows, seat, sex))

    def _value(self, code: str, seat: Seat, sex: str) -> Any:
        column = DIMENSIONS[code].column
        if column == "school":
            return seat[0]
        if column == "sex":
            return sex
        if column == "grade":
            return int(seat[1]) if seat[1] else None
        return seat[1]

    def _differs(self, trace: Trace) -> Differs:
        if trace.then is None or trace.now is None:
            return Differs()
        (old_school, old), (school, new) = trace.then, trace.now
        if old_school != school:
            return Differs(school=True)
        unit = self._keys[0]["unit"](school) != self._keys[1]["unit"](school)
        if self.asked.of == STAFF:
            return Differs(unit=unit, kind=OTHER_POSITION if old != new else "")
        if self.asked.of == SCHOOLS:
            return Differs(unit=unit, kind=OTHER_KIND if self._is_other_kind(school) else "")
        return Differs(unit=unit, grade=self._up(old, new), seat=_seat(old, new))

    def _is_other_kind(self, school: int) -> bool:
        first, second = (frame.places[school] for frame in self.frames)
        return (first.school_type, first.ownership) != (second.school_type, second.ownership)

    def _up(self, old: Any, new: Any) -> int:
        if old is None or new is None:
            return 0
        grades = self.frames[0].grades
        return grades[int(new)].position - grades[int(old)].position

    # --- lines

    @cached_property
    def lines(self) -> list[tuple[str, str]]:
        """Return the lines of both days with their words; a line of both is called as now."""
        numbers = self.tally.by_line()
        now = dict(self.frames[1].lines(self.asked.rows, self._known(1, numbers)))
        rest = {key for key in numbers if key and key not in now}
        before = self.frames[0].lines(self.asked.rows, rest)
        return [*((key, name) for key, name in now.items() if key in numbers), *before]

    def _known(self, day: int, numbers: Iterable[str]) -> set[str]:
        if DIMENSIONS[self.asked.rows].column != "school":
            return {key for key in numbers if key}
        keys = self._keys[day][self.asked.rows]
        return {keys(pk) for pk in self.frames[day].places}

    @cached_property
    def reorganized(self) -> int:
        """Return how many of the schools asked for were put under another unit."""
        return sum(
            self._keys[0]["unit"](pk) != self._keys[1]["unit"](pk)
            for pk, place in self.frames[0].places.items()
            if place.is_open
            and self.frames[1].places[pk].is_open
            and any(self._is_asked(day, pk) for day in (0, 1))
        )

    # --- rows

    def opens(self, opened: Opened) -> bool:
        """Return whether a number may be asked for by itself: what is off by chance may not."""
        return self.is_exact or (not opened.reason and set(opened.flows) <= {*OF_A_DAY})

    def behind(self, opened: Opened) -> list[Trace]:
        """Return the traces behind a number."""
        return [
            trace
            for trace in self.traces
            if matches(
                trace,
                self.placed,
                line=opened.line,
                flows=opened.flows,
                reason=opened.reason,
            )
        ]

    def sees_rows(self, opened: Opened, traces: Iterable[Trace]) -> bool:
        """Return whether the reader may see every row behind a number."""
        reach = self.actor.reach(_ROWS[self.asked.of][1], "school")
        return reach.everything or reach.ids.issuperset(self.schools_behind(opened, traces))

    def is_first(self, opened: Opened) -> bool:
        """Return whether the rows of a number are those of the first day."""
        return opened.flows[0] in OF_FIRST_DAY

    def rows(self, opened: Opened, traces: list[Trace]) -> Any:
        """Return the rows behind a number, as they are in their table."""
        model, permission = _ROWS[self.asked.of]
        first = self.is_first(opened)
        rows = model.objects.visible_to(self.actor, permission)
        if not self._is_of_people:
            return rows.filter(pk__in=[one.ids[0 if first else 1] for one in traces])
        behind = rows_behind(self.asked.of, self.days, self.schools, traces, of_first_day=first)
        return rows.filter(pk__in=behind)

    def schools_behind(self, opened: Opened, traces: Iterable[Trace]) -> set[int]:
        """Return the schools at which the rows behind a number stand."""
        first = self.is_first(opened)
        seats = (one.then if first else one.now for one in traces)
        return {seat[0] for seat in seats if seat}

    def by_school(self, opened: Opened, traces: Iterable[Trace]) -> list[tuple[str, int]]:
        """Return how many of the rows behind a number are in each school, by name."""
        first = self.is_first(opened)
        frame = self.frames[0 if first else 1]
        found: dict[int, int] = {}
        for one in traces:
            seat = one.then if first else one.now
            if seat:
                found[seat[0]] = found.get(seat[0], 0) + one.number
        places = sorted((frame.places[pk] for pk in found), key=lambda p: (p.sort_key, p.id))
        return [(place.name, found[place.id]) for place in places]

    def words_of(self, code: str, key: str) -> str:
        """Return the words of a key that narrows, of whichever day knows it."""
        for frame in reversed(self.frames):
            found = dict(frame.lines(code, [key])).get(key, key)
            if found != key:
                return found
        return key

    def choices_of(self, code: str) -> list[dict[str, Any]]:
        """Return what a condition can be set to, of either day; the one in force marked."""
        chosen = dict(self.asked.narrow).get(code, "")
        column = DIMENSIONS[code].column
        found: dict[str, str] = {}
        for frame in reversed(self.frames):
            key = frame.key_of(code)
            if column == "school":
                keys = {key(pk) for pk, place in frame.places.items() if place.is_open}
            elif column == "grade":
                keys = {key(pk) for pk in frame.grades}
            else:
                keys = {"MALE", "FEMALE"}
            for value, label in frame.lines(code, keys):
                found.setdefault(value, label)
        return [
            {"value": value, "label": label, "current": value == chosen}
            for value, label in found.items()
        ]

    def traces_of(self, who: list[int]) -> dict[int, Trace]:
        """Return where some pupils or staff were, by the id of student or staff member."""
        return single_traces(self.asked.of, self.days, self.schools, who)

    def where(self, day: int, seat: Seat | None) -> str:
        """Return a seat in words, empty for none: the school as it was called that day."""
        return self.frames[day].places[seat[0]].name if seat else ""


@dataclass(frozen=True, slots=True)
class Equation:
    """The first day's number and the second's, with what lies between where it may be told."""

    then: int
    came: int | None
    left: int | None
    now: int
    within: int | None


def equation_of(compared: TwoDays) -> Equation:
    """Return the equation of all that was asked for; `within` moved and is on both days."""
    flows = compared.tally.by_line().get(TOTAL, {})
    return Equation(
        flows.get(THEN, 0) or 0,
        flows.get(CAME, 0),
        flows.get(LEFT, 0),
        flows.get(NOW, 0) or 0,
        compared.tally.within(),
    )


def _seat(old: Any, new: Any) -> str:
    if (old is None) == (new is None):
        return ""
    return PLACED if old is None else UNPLACED


__all__ = ["Equation", "TwoDays", "equation_of"]
