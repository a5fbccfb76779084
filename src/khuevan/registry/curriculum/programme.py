"""The programme of general education as dated data: what each grade learns, how much a year.

`data/programme.csv` holds a row for each grade and component with its text and how sure it is;
`data/components.csv` which subjects of the house make up a component (arts are music and art),
`data/programmes.csv` which grades learn by which programme, `data/integrated.csv` what is learnt
within subjects.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from khuevan.kernel.language import in_language
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
    """What holds for all plans of a level: weeks, choices, periods of a day, sessions of a week.

    What is at least asked is asked of two sessions a day; `tutoring` bounds the periods a week of a
    subject of the programme in the second session.
    """

    level: str
    weeks: int
    first_term_weeks: int
    chosen: int
    clusters: int
    day_limit: int
    session_limit: int
    most_sessions: int
    least_sessions: int
    least_days: int
    least_periods: int
    tutoring: int

    @property
    def terms(self) -> tuple[int, int]:
        """Return the weeks of teaching of each term."""
        return self.first_term_weeks, self.weeks - self.first_term_weeks


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme(RuleRow):
    """The programme that some grades learn by in a time, with what has to be known of it."""

    code: str
    name: str
    name_en: str
    grades: tuple[str, ...]
    note_en: str = ""

    @property
    def label(self) -> str:
        """Return its name in the reader's language."""
        return in_language(self.name, self.name_en)

    @property
    def remark(self) -> str:
        """Return what has to be known of it, in the reader's language."""
        return in_language(self.note, self.note_en)


@dataclass(frozen=True, slots=True, kw_only=True)
class Integrated(RuleRow):
    """Periods a year that every class of some grades has within its subjects, beside no marks."""

    code: str
    name: str
    name_en: str
    grades: tuple[str, ...]
    periods: int

    @property
    def label(self) -> str:
        """Return its name in the reader's language."""
        return in_language(self.name, self.name_en)


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the programme and the subjects that make it up."""

    code: str
    name: str
    name_en: str
    subjects: tuple[str, ...]
    strands: tuple[str, ...]
    """Of the subjects those that have equal parts of the year where they stand by themselves."""

    @property
    def label(self) -> str:
        """Return its name in the reader's language."""
        return in_language(self.name, self.name_en)


@cache
def components() -> dict[str, Component]:
    """Return the parts of the programme by code."""
    with (DATA / "components.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {
            row["code"]: Component(
                row["code"],
                row["name"],
                row["name_en"],
                tuple(row["subjects"].split(";")),
                tuple(filter(None, row["strands"].split(";"))),
            )
            for row in rows
        }


def opening_day(year: AcademicYear) -> date:
    """Return the day for which a school year asks what holds."""
    return opening_of(int(year.code[:4]))


def opening_of(first: int) -> date:
    """Return the day for which the school year that begins in a year asks what holds."""
    return date(first, *OPENING)


def first_year() -> int:
    """Return the first school year of which anything is known."""
    rows = rule_rows(DATA / "programme.csv", ProgrammeRow)
    return min(row.starts_on.year for row in rows)


def programme_of(grade: int, on: date) -> list[ProgrammeRow]:
    """Return what a grade learns on a day, in the programme's order, as far as known."""
    rows = rule_rows(DATA / "programme.csv", ProgrammeRow)
    return [row for row in rows if row.grade == grade and row.holds(on)]


def programme_named(grade: int, on: date) -> Programme | None:
    """Return the programme that a grade learns by on a day."""
    rows = rule_rows(DATA / "programmes.csv", Programme)
    return next((row for row in rows if str(grade) in row.grades and row.holds(on)), None)


def integrated_in(grade: int, on: date) -> list[Integrated]:
    """Return what a grade learns within its subjects on a day."""
    rows = rule_rows(DATA / "integrated.csv", Integrated)
    return [row for row in rows if str(grade) in row.grades and row.holds(on)]


def frame_of(level: str, on: date) -> Frame | None:
    """Return what holds for all plans of a level on a day."""
    rows = rule_rows(DATA / "frames.csv", Frame)
    return next((row for row in rows if row.level == level and row.holds(on)), None)
