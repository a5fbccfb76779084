"""What FET is told of the rules of a school."""

from __future__ import annotations

from khuevan.school.timetable.asked.for_fet import fet_constraints
from khuevan.school.timetable.asked.values import ClassFact, Facts, LessonFact
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import Constraint
from khuevan.school.timetable.grids import Week, usual_bells

DAYS = 5


def facts_of(periods: dict[str, int]) -> Facts:
    """Return a class of a week of five days with lessons of one period."""
    names = [name for name, count in periods.items() for _number in range(count)]
    lessons = [LessonFact(pk, (1,), name, (1,), 1, None) for pk, name in enumerate(names, 1)]
    room = ClassFact(1, "1", "1A", 1, "MORNING")
    return Facts(Week(DAYS, usual_bells()), (room,), lessons)


def told(facts: Facts, *constraints: Constraint) -> dict[str, int]:
    """Return how often a day FET lets the class have each subject."""
    found = list(fet_constraints(facts, constraints))
    assert {(one.kind, one.names) for one in found} <= {("max_tag_hours_daily", ("1A",))}
    return {one.text("tag"): one.number("most") for one in found}


def test_subjects_that_could_be_too_often_on_a_day_are_bounded() -> None:
    facts = facts_of({"Toán": 5, "Tiếng Việt": 12, "Đạo đức": 1})
    # Twelve periods in five days are three on some, as the rule itself has it.
    assert told(facts, *of_rule("TT-H11", most=2)) == {"Toán": 2, "Tiếng Việt": 3}
    assert told(facts, *of_rule("TT-H11", "1B", most=2)) == {}


def test_groups_of_a_block_are_not_told_to_be_on_different_days() -> None:
    """They stand at one time: FET would find nothing. The rule is named for the class instead."""
    room = ClassFact(1, "1", "10A", 10, "MORNING")
    lessons = [LessonFact(pk, (1,), "Tiếng Anh", (pk,), 1, None, is_whole=False) for pk in (1, 2)]
    lessons += [LessonFact(pk, (1,), "Toán", (3,), 1, None) for pk in (3, 4)]
    facts = Facts(Week(DAYS, usual_bells()), (room,), lessons)
    for rule in (of_rule("TT-S03", up_to=3), of_rule("TT-H11", most=1)):
        apart, left = list(fet_constraints(facts, rule))
        if apart.kind != "min_days_between":
            apart, left = left, apart
        assert apart.numbers("lessons") == (3, 4)
        assert (left.source, left.names) == (rule[0].source, ("10A",))
