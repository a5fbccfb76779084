"""classes.csv: the homeroom classes of the school year, by the ids of their rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from khuevan.exchange.oneroster.reading import Files, Line
from khuevan.exchange.oneroster.rows import Told, day_in, known_rows
from khuevan.exchange.oneroster.schools import Orgs
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.schools.api import AcademicYear

HOMEROOM, SCHEDULED = "homeroom", "scheduled"
PRESCHOOL = {"IT": "NT", "PR": "MG3", "PK": "MG4", "TK": "MG5", "KG": "MG5"}
"""What the standard's words for years before school (CEDS) come nearest to here."""


@dataclass(frozen=True, slots=True)
class Room:
    """A homeroom class of the package."""

    line: Line
    unit: OrgUnit

    @property
    def name(self) -> str:
        """Return what the class is called."""
        return self.line["title"]

    @property
    def grades(self) -> list[str]:
        """Return its grades in our words: the first is its own, more make it multi-grade."""
        return [_grade(text) for text in self.line.many("grades")]


def rooms_of(files: Files, orgs: Orgs, year: AcademicYear | None, told: Told) -> dict[str, Room]:
    """Return the homeroom classes by their ids; subject classes are told and left out."""
    sessions = _sessions(files, told)
    found = {}
    for line in known_rows(files.of("classes"), told):
        kind = line["classType"].lower()
        if kind == SCHEDULED:
            told.leave_out(line, "classType", "oneroster.subject_class")
        elif kind != HOMEROOM:
            told.refuse(line, "classType", "oneroster.type_unknown")
        elif line["schoolSourcedId"] not in orgs.by_id:
            told.dangling(line, "schoolSourcedId", "orgs.csv", line["schoolSourcedId"])
        elif _is_of_year(line, sessions, year, told):
            found[line["sourcedId"]] = Room(line, orgs.by_id[line["schoolSourcedId"]])
    return found


def _sessions(files: Files, told: Told) -> dict[str, tuple[date, date]]:
    found = {}
    for line in known_rows(files.of("academicSessions"), told):
        days: list[date] = []
        for name in ("startDate", "endDate"):
            try:
                day = day_in(line, name)
            except ValueError:
                day = None
            if day is None:
                told.refuse(line, name, "oneroster.date")
                break
            days.append(day)
        if len(days) < 2:
            continue
        if days[1] < days[0]:
            told.refuse(line, "endDate", "oneroster.ends_first")
        else:
            found[line["sourcedId"]] = (days[0], days[1])
    return found


def _is_of_year(
    line: Line,
    sessions: dict[str, tuple[date, date]],
    year: AcademicYear | None,
    told: Told,
) -> bool:
    """Return whether a class is of the year; one that names no session is taken as of it."""
    named = line.many("termSourcedIds")
    for one in named:
        if one not in sessions:
            told.dangling(line, "termSourcedIds", "academicSessions.csv", one)
            return False
    if not named or year is None:
        return True
    last = year.ends_on - timedelta(days=1)
    if any(sessions[one][0] <= last and year.starts_on <= sessions[one][1] for one in named):
        return True
    told.leave_out(line, "termSourcedIds", "oneroster.other_year", year=year.code)
    return False


def _grade(text: str) -> str:
    if text.isdecimal():
        return str(int(text))
    return PRESCHOOL.get(text.upper(), text)
