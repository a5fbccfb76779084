"""The programme of general education as dated data: what each grade learns, how much a year.

`data/programme.csv` holds a row for each grade and component with its text and how sure it is;
`data/components.csv` which subjects of the house make up a component (arts are music and art).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from khuevan.kernel.rule_rows import RuleRow, rule_rows
from khuevan.registry.schools.api import AcademicYear

DATA = Path(__file__).parent / "data"
OPENING = (9, 5)
"""The day for which a school year asks what holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow(RuleRow):
    """A grade learns a component for so many periods a year, in one of the ways of `PlanKind`."""

    grade: int
    component: str
    periods: int
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame(RuleRow):
    """What holds for all plans of a level: weeks, choices, periods of a day, sessions of a week."""

    level: str
    weeks: int
    first_term_weeks: int
    chosen: int
    clusters: int
    day_limit: int
    session_limit: int
    most_sessions: int
    least_sessions: int

    @property
    def terms(self) -> tuple[int, int]:
        """Return the weeks of teaching of each term."""
        return self.first_term_weeks, self.weeks - self.first_term_weeks


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the programme and the subjects that make it up."""

    code: str
    name: str
    name_en: str
    subjects: tuple[str, ...]

    @property
    def label(self) -> str:
        """Return its name in the reader's language."""
        return self.name if (get_language() or "vi").startswith("vi") else self.name_en


@cache
def components() -> dict[str, Component]:
    """Return the parts of the programme by code."""
    with (DATA / "components.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {
            row["code"]: Component(
                row["code"], row["name"], row["name_en"], tuple(row["subjects"].split(";"))
            )
            for row in rows
        }


def opening_day(year: AcademicYear) -> date:
    """Return the day for which a school year asks what holds."""
    return date(int(year.code[:4]), *OPENING)


def programme_of(grade: int, on: date) -> list[ProgrammeRow]:
    """Return what a grade learns on a day, in the programme's order, as far as known."""
    rows = rule_rows(DATA / "programme.csv", ProgrammeRow)
    return [row for row in rows if row.grade == grade and row.holds(on)]


def frame_of(level: str, on: date) -> Frame | None:
    """Return what holds for all plans of a level on a day."""
    rows = rule_rows(DATA / "frames.csv", Frame)
    return next((row for row in rows if row.level == level and row.holds(on)), None)
