"""Who stands in: the sheet's order and its worked example."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from khuevan.school.timetable.substitutes import Candidate, ranked

NORM = Fraction(19)
LIMIT = NORM / 2


def one(key: str, **known: object) -> Candidate:
    """Return somebody free, of whom some things are known."""
    return Candidate(**{"key": key, "name": key, "is_of_subject": False, "limit": LIMIT, **known})  # type: ignore[arg-type]


def test_the_subject_goes_first_unless_the_limit_is_broken() -> None:
    """An absent teacher of mathematics: another one over by 9, a physics teacher under."""
    maths = one("Toán", is_of_subject=True, over=Fraction(9), limit=Fraction(10))
    physics = one("Lí", over=Fraction(-2))
    assert ranked([physics, maths]) == [maths, physics]
    tired = one("Toán", is_of_subject=True, over=Fraction(9), limit=LIMIT)
    first, second = ranked([tired, physics])
    assert (first, first.teaches_subject) == (physics, False), "a period of supervision"
    assert second.breaks_limit


def test_the_department_goes_before_anybody() -> None:
    anybody, colleague = one("An"), one("Bình", is_of_department=True, stood_in=3)
    subject = one("Cúc", is_of_subject=True, is_of_department=True, stood_in=9)
    assert ranked([anybody, colleague, subject]) == [subject, colleague, anybody]


def test_among_alike_who_stood_in_least_then_who_teaches_least() -> None:
    often, seldom = one("An", stood_in=2), one("Bình", stood_in=1, over=Fraction(3))
    light = one("Cúc", stood_in=1, over=Fraction(-1))
    assert ranked([often, seldom, light]) == [light, seldom, often]


@given(
    st.lists(
        st.builds(
            Candidate,
            key=st.text("ab", min_size=1),
            name=st.text("ab"),
            is_of_subject=st.booleans(),
            over=st.fractions(-19, 12),
            limit=st.just(LIMIT),
            stood_in=st.integers(0, 9),
            is_of_department=st.booleans(),
        )
    )
)
def test_nobody_above_the_limit_stands_before_somebody_within(found: list[Candidate]) -> None:
    order = [who.breaks_limit for who in ranked(found)]
    assert order == sorted(order)
    assert len(order) == len(found)
