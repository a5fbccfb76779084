"""What everybody may see, worked out from facts alone: slow and obvious, without grants or SQL.

Days are plain dates; a period holds from its first day up to, not including, its end.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

FOREVER = date(9999, 1, 1)
LONG_AGO = date(1900, 1, 1)
OFFICE = {"PRINCIPAL", "CLERK"}
"""Positions that see all of a school's pupils and classes."""


@dataclass
class Fact:
    """Something that holds of a subject and an object for a period."""

    subject: str
    object: str
    starts: date
    ends: date = FOREVER
    kind: str = ""
    row: int = 0

    def holds(self, on: date) -> bool:
        """Return whether it holds on a day."""
        return self.starts <= on < self.ends

    def is_ahead(self, on: date) -> bool:
        """Return whether it holds on a day or later."""
        return self.ends > on


@dataclass
class Model:
    """The facts of a small province."""

    jobs: list[Fact] = field(default_factory=list)
    """Somebody works at a school; `kind` is the position, `row` the appointment."""
    officers: list[Fact] = field(default_factory=list)
    managers: list[Fact] = field(default_factory=list)
    """A school is managed by a commune."""
    duties: list[Fact] = field(default_factory=list)
    """Somebody is in charge of a class (`kind` empty) or teaches a subject there."""
    stand_ins: list[Fact] = field(default_factory=list)
    leaves: list[Fact] = field(default_factory=list)
    """Somebody is away from a school and its classes are closed to them."""
    enrolled: list[Fact] = field(default_factory=list)
    seats: list[Fact] = field(default_factory=list)
    guardians: list[Fact] = field(default_factory=list)
    limits: list[Fact] = field(default_factory=list)
    """A guardian has no custody of a pupil on those days."""
    school_of: dict[str, str] = field(default_factory=dict)
    """Class to school."""

    def pupils_seen(self, person: str, on: date) -> set[str]:
        """Return the pupils whose records somebody may open on a day."""
        schools = self._offices(person, on) | self._managed(person, on)
        seen = {one.subject for one in self.enrolled if one.object in schools and one.is_ahead(on)}
        rooms = self.rooms_open(person, on)
        seen |= {one.subject for one in self.seats if one.object in rooms and one.holds(on)}
        seen |= {
            one.object
            for one in self.guardians
            if one.subject == person and one.holds(on) and not self._is_limited(one, on)
        }
        if any(one.subject == person for one in self.enrolled):
            seen.add(person)
        return seen

    def classes_seen(self, person: str, on: date) -> set[str]:
        """Return the classes somebody may open on a day."""
        schools = self._offices(person, on) | self._managed(person, on)
        whole = {room for room, school in self.school_of.items() if school in schools}
        return whole | self.rooms_open(person, on)

    def staff_seen(self, person: str, on: date) -> set[int]:
        """Return the appointments somebody may see in a list on a day: those of their schools."""
        schools = {one.object for one in self.jobs if one.subject == person and one.holds(on)}
        schools |= self._managed(person, on)
        return {one.row for one in self.jobs if one.object in schools}

    def rooms_open(self, person: str, on: date) -> set[str]:
        """Return the classes that somebody's own duties or standing in open on a day."""
        return {
            one.object
            for one in (*self.duties, *self.stand_ins)
            if one.subject == person
            and one.holds(on)
            and not self._is_away(person, self.school_of[one.object], on)
        }

    def _is_limited(self, guardian: Fact, on: date) -> bool:
        return any(
            (one.subject, one.object) == (guardian.subject, guardian.object) and one.holds(on)
            for one in self.limits
        )

    def _is_away(self, person: str, school: str, on: date) -> bool:
        return any(
            one.subject == person and one.object == school and one.holds(on) for one in self.leaves
        )

    def _offices(self, person: str, on: date) -> set[str]:
        return {
            one.object
            for one in self.jobs
            if one.subject == person and one.kind in OFFICE and one.holds(on)
        }

    def _managed(self, person: str, on: date) -> set[str]:
        communes = {one.object for one in self.officers if one.subject == person and one.holds(on)}
        return {one.subject for one in self.managers if one.object in communes and one.holds(on)}

    def end_job(self, job: Fact, on: date) -> None:
        """End an appointment with all that rests on it."""
        resting = [job]
        if job.kind != "SECOND":
            resting += [
                one
                for one in self.jobs
                if one.subject == job.subject
                and one.kind == "SECOND"
                and one.starts < on < one.ends
            ]
        for one in resting:
            one.ends = on
        stays = {one.object for one in self.jobs if one.subject == job.subject and one.is_ahead(on)}
        for facts in (self.duties, self.stand_ins):
            for one in list(facts):
                if one.subject == job.subject and self.school_of[one.object] not in stays:
                    self.cut(facts, one, on)

    def forget_unbegun(self, job: Fact, on: date) -> None:
        """Drop what had not begun of who was released and taken back: it was deleted meanwhile."""
        job_ends, job.ends = job.ends, on
        stays = {one.object for one in self.jobs if one.subject == job.subject and one.is_ahead(on)}
        job.ends = job_ends
        for facts in (self.duties, self.stand_ins):
            for one in list(facts):
                gone = one.subject == job.subject and self.school_of[one.object] not in stays
                if gone and one.starts >= on:
                    facts.remove(one)

    @staticmethod
    def cut(facts: list[Fact], one: Fact, on: date) -> None:
        """End a fact on a day; one that had not begun is as if it had never been."""
        if one.starts >= on:
            facts.remove(one)
        else:
            one.ends = min(one.ends, on)

    def last_day_of_work(self, person: str, school: str, on: date, until: date) -> date | None:
        """Return until when somebody on a school's staff may have a duty there; None for never."""
        jobs = [one for one in self.jobs if one.subject == person and one.object == school]
        if not any(one.holds(on) for one in jobs):
            return None
        day = on
        while day < until and any(one.holds(day) for one in jobs):
            later = [one.ends for one in jobs if one.holds(day)]
            day = min(max(later), until)
        return day
