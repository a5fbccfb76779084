"""All that a timetable is held by: every rule of the sheet as the school has set it."""

from __future__ import annotations

from collections.abc import Iterator

from khuevan.school.timetable.asked import of_classes, of_teachers
from khuevan.school.timetable.asked.nearest import Book
from khuevan.school.timetable.asked.values import Facts
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import Constraint


def _nowhere_twice(_facts: Facts, _book: Book) -> Iterator[Constraint]:
    """Yield that everything has a place and nobody is in two (TT-H01): always."""
    yield from of_rule("TT-H01")


def _as_before(facts: Facts, book: Book) -> Iterator[Constraint]:
    """Yield that lessons stay where the version before had them (TT-S10)."""
    said = book.all("TT-S10")
    if said.is_on and facts.before:
        lessons, slots = zip(*facts.before, strict=True)
        yield from of_rule("TT-S10", weight=said.weight, lessons=tuple(lessons), slots=tuple(slots))


RULES = (
    _nowhere_twice,
    of_classes.weekly_periods,
    of_classes.main_session,
    of_classes.full_days,
    of_classes.flag_ceremony,
    of_classes.class_meeting,
    of_teachers.away,
    of_classes.at_once,
    of_classes.option_blocks,
    of_classes.combined,
    of_classes.once_or_twice,
    of_classes.sport,
    of_teachers.ways,
    of_teachers.full_days,
    of_classes.no_holes,
    of_teachers.gaps,
    of_classes.double_periods,
    of_classes.spread,
    of_classes.heavy_subjects,
    of_teachers.free,
    of_teachers.meetings,
    of_teachers.even_days,
    of_teachers.sees_class,
    of_teachers.in_step,
    _as_before,
    of_teachers.in_a_row,
)
"""The rules in the sheet's order; H07, H15 and H16 are made together."""


def school_constraints(facts: Facts, book: Book) -> Iterator[Constraint]:
    """Yield every constraint of a timetable, rule by rule."""
    for rule in RULES:
        yield from rule(facts, book)
