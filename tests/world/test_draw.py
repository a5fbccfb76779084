"""Draws: weights kept, serials unique, totals shared out exactly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.cli.world.draw import Serials, Weighted, seeded, share_out


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 100), min_size=1, max_size=40))
def test_parts_add_up_to_the_total(total: int, weights: list[float]) -> None:
    parts = share_out(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    assert all(abs(p - total * w / whole) < 1 for p, w in zip(parts, weights, strict=True))


def test_numbers_under_a_key_never_repeat() -> None:
    serials = Serials(3)
    assert len({serials.next("a") for _ in range(500)}) == 500


def test_two_makers_never_give_the_same_number() -> None:
    first, second = Serials(3), Serials(3, start=500)
    numbers = [maker.next("a") for maker in (first, second) for _ in range(500)]
    assert len(set(numbers)) == 1000


def test_used_up_numbers_are_told() -> None:
    serials = Serials(1)
    for _ in range(5):
        serials.next("a")
    with pytest.raises(OverflowError):
        serials.next("a")


@given(st.floats(0, 1, exclude_max=True))
def test_only_values_with_weight_are_picked(uniform: float) -> None:
    assert Weighted({"a": 3.0, "never": 0.0, "b": 1.0}).pick(uniform) == (
        "a" if uniform < 0.75 else "b"
    )


def test_a_source_depends_on_its_whole_path() -> None:
    assert seeded(1, "a").random() == seeded(1, "a").random()
    assert len({seeded(*path).random() for path in ((1, "a"), (1, "b"), (2, "a"))}) == 3
