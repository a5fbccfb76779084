"""What is typed into a cell and how a value is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.errors import DomainError
from khuevan.school.gradebooks.cells import fits, read_cell, write_cell
from khuevan.school.gradebooks.slots import Content, Word


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("75", 75),
        ("10", 100),
        ("05", 5),
        ("0", 0),
        ("7", 70),
        ("100", 100),
        ("7,5", 75),
        ("7.5", 75),
        (" 8 ", 80),
        ("10,0", 100),
        ("", Word.CLEARED),
        ("bù", Word.MAKE_UP_DUE),
        ("M", Word.EXEMPT),
    ],
)
def test_a_keypad_is_enough(typed: str, value: int) -> None:
    assert read_cell(Content.SCORE, typed) == value


@pytest.mark.parametrize("typed", ["85,5", "11,0", "10,5", "101", "-1", "7,55", "x", "７", "7,"])
def test_what_is_no_mark_is_refused(typed: str) -> None:
    with pytest.raises(DomainError):
        read_cell(Content.SCORE, typed)


def test_tests_of_primary_pupils_are_whole() -> None:
    assert read_cell(Content.TEST, "10") == 100
    for typed in ("75", "7,5", "05"):
        with pytest.raises(DomainError):
            read_cell(Content.TEST, typed)


@given(st.sampled_from(Content), st.integers(-5, 110))
def test_what_is_written_reads_the_same(content: Content, value: int) -> None:
    if fits(content, value):
        assert read_cell(content, write_cell(content, value)) == value


@given(st.sampled_from(Content), st.text(max_size=6))
def test_whatever_is_typed_is_a_fitting_value_or_refused(content: Content, typed: str) -> None:
    try:
        value = read_cell(content, typed)
    except DomainError:
        return
    assert fits(content, value)
