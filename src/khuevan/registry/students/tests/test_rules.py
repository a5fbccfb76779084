"""Two edits of one record, and numbers that deny a record."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.actor import permissions
from khuevan.kernel.personal_number import Contradiction
from khuevan.registry.students.rules import degree_of, doubts, merge, year_results

WORDS = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["", "x", "y"]), min_size=3)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "value", "clashes"),
    [
        ("An", "An", "An", "An", 0),
        ("An", "Anh", "An", "Anh", 0),
        ("An", "An", "Anh", "Anh", 0),
        ("An", "Anh", "Anh", "Anh", 0),
        ("An", "Anh", "Ánh", "Anh", 1),
        ("An", "", "Ánh", "", 1),
        ("", "Anh", "", "Anh", 0),
    ],
)
def test_merge_of_one_field(base: str, mine: str, theirs: str, value: str, clashes: int) -> None:
    merged = merge({"name": base}, {"name": mine}, {"name": theirs})
    assert merged.values == {"name": value}
    assert len(merged.clashes) == clashes


@given(base=WORDS, mine=WORDS, theirs=WORDS)
def test_merge_loses_nothing_that_was_typed(
    base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]
) -> None:
    merged = merge(base, mine, theirs)
    clashing = {clash.name for clash in merged.clashes}
    for name, typed in mine.items():
        if typed != base.get(name, ""):
            assert merged.values[name] == typed
        elif name not in clashing:
            assert merged.values[name] == theirs.get(name, "")


def test_number_that_fits_raises_no_doubt() -> None:
    assert doubts("042315000482", sex="FEMALE", birth_date=date(2015, 7, 18)) == []


def test_number_tells_the_other_sex_and_another_year() -> None:
    found = doubts("042215000482", sex="FEMALE", birth_date=date(2014, 7, 18))
    assert {(one.kind, one.told, one.written) for one in found} == {
        (Contradiction.SEX, "MALE", "FEMALE"),
        (Contradiction.BIRTH_YEAR, "2015", "2014"),
    }


def test_no_number_raises_no_doubt() -> None:
    assert doubts(None, sex="FEMALE", birth_date=None) == []


def test_only_what_answers_for_something_is_on_the_level_approve() -> None:
    """A level's button must not hand out pupils' lists or one's own roles under that word."""
    levels = {p.code: p.level for p in permissions}
    assert {code for code, level in levels.items() if level == "approve"} == {
        "access.reset:confirm",
        "cutover.cutover:sign",
        "gradebooks.book:lock",
        "gradebooks.correction:confirm",
        "gradebooks.correction:decide",
        "insight.census:decide",
        "results.result:approve",
        "retention.file:destroy",
        "schools.closure:decide",
        "schools.year:decide",
        "transfers.decision:sign",
    }
    assert levels["students.student:import"] == "record"
    assert levels["students.student:export"] == "manage"
    assert levels["access.delegation:manage"] == "record"


@pytest.mark.parametrize(
    ("seats", "is_completed", "expected"),
    [
        ([], False, {}),
        ([("2025–2026", 6)], False, {}),
        ([("2025–2026", 6), ("2026–2027", 7)], False, {"2025–2026": "PROMOTED"}),
        ([("2025–2026", 6), ("2026–2027", 6)], False, {"2025–2026": "REPEATED"}),
        ([("2023–2024", 6), ("2026–2027", 7)], False, {}),
        ([("2025–2026", 9)], True, {"2025–2026": "COMPLETED"}),
    ],
)
def test_the_next_class_tells_how_a_year_ended(
    seats: list[tuple[str, int]], is_completed: bool, expected: dict[str, str]
) -> None:
    assert year_results(seats, is_completed=is_completed) == expected


def test_a_degree_goes_with_the_disability() -> None:
    assert degree_of("MOBILITY", "SEVERE") == "SEVERE"
    assert degree_of("", "SEVERE") == ""
