"""Who gets which combination: fair, told, the same whoever computes it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from khuevan.registry.choices.allotment_rules import (
    Chooser,
    Full,
    Outcome,
    Place,
    allot,
    given,
    in_order,
    lot_of,
    promise_of,
)

SEED = "5f1d0e"
PLACES = (1, 2, 3, 4)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[list[Place], list[Chooser]]:
    """Draw combinations and pupils with wishes, many of them for the same."""
    places = [Place(one, draw(st.integers(1, 3))) for one in PLACES]
    wishes = st.lists(st.sampled_from(PLACES), unique=True, max_size=4).map(tuple)
    points = st.none() | st.integers(10, 13).map(Decimal)
    count = draw(st.integers(0, 9))
    pupils = [Chooser(n, f"p{n}", draw(wishes), draw(points)) for n in range(count)]
    return places, pupils


def by_pupil(outcomes: list[Outcome]) -> dict[int, Outcome]:
    """Return outcomes by pupil."""
    return {one.chooser: one for one in outcomes}


def rank(one: Chooser, place: int | None) -> int:
    """Return how much a pupil wants a place; smaller is more."""
    return one.wishes.index(place) if place in one.wishes else len(one.wishes)


@for_all(rounds())
def test_capacity_is_held_and_nobody_gets_what_they_did_not_wish(
    drawn: tuple[list[Place], list[Chooser]],
) -> None:
    places, pupils = drawn
    outcomes = allot(places, pupils, SEED)
    taken = given(outcomes)
    assert all(taken.get(one.id, 0) <= one.capacity for one in places)
    wishes = {one.id: one.wishes for one in pupils}
    assert all(o.place is None or wishes[o.chooser][(o.wish or 0) - 1] == o.place for o in outcomes)
    assert Counter(one.chooser for one in outcomes) == Counter(one.id for one in pupils)


@for_all(rounds())
def test_nobody_is_passed_over_for_somebody_who_stands_behind(
    drawn: tuple[list[Place], list[Chooser]],
) -> None:
    places, pupils = drawn
    found = by_pupil(allot(places, pupils, SEED))
    for one in pupils:
        for other in pupils:
            envied = found[other.id].place
            wants_it = rank(one, envied) < rank(one, found[one.id].place)
            if envied is not None and wants_it:
                assert found[other.id].position < found[one.id].position


@for_all(rounds())
def test_no_wished_place_is_free_while_somebody_would_rather_have_it(
    drawn: tuple[list[Place], list[Chooser]],
) -> None:
    places, pupils = drawn
    outcomes = allot(places, pupils, SEED)
    taken, found = given(outcomes), by_pupil(outcomes)
    free = {one.id for one in places if taken.get(one.id, 0) < one.capacity}
    for one in pupils:
        better = set(one.wishes[: rank(one, found[one.id].place)])
        assert not better & free


@for_all(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_does_not_matter(
    drawn: tuple[list[Place], list[Chooser]], random: object
) -> None:
    places, pupils = drawn
    mixed = list(pupils)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert allot(places, pupils, SEED) == allot(places[::-1], mixed, SEED)


@settings(max_examples=40)
@for_all(rounds())
def test_nobody_gains_by_wishing_otherwise(drawn: tuple[list[Place], list[Chooser]]) -> None:
    places, pupils = drawn
    found = by_pupil(allot(places, pupils, SEED))
    for one in pupils[:3]:
        for said in permutations(PLACES, 2):
            others = [replace(p, wishes=said) if p.id == one.id else p for p in pupils]
            lied = by_pupil(allot(places, others, SEED))[one.id].place
            assert rank(one, lied) >= rank(one, found[one.id].place)


@for_all(rounds())
def test_it_is_deferred_acceptance(drawn: tuple[list[Place], list[Chooser]]) -> None:
    places, pupils = drawn
    assert {one: o.place for one, o in by_pupil(allot(places, pupils, SEED)).items()} == deferred(
        places, pupils
    )


def deferred(places: list[Place], pupils: list[Chooser]) -> dict[int, int | None]:
    """Return what Gale and Shapley's rounds of asking give: an independent computation."""
    order = {one.id: position for position, one in enumerate(in_order(pupils, SEED))}
    capacity = {one.id: one.capacity for one in places}
    wishes = {one.id: list(one.wishes) for one in pupils}
    held: dict[int, list[int]] = {one.id: [] for one in places}
    asking = [one.id for one in pupils]
    while asking:
        pupil = asking.pop()
        if not wishes[pupil]:
            continue
        place = wishes[pupil].pop(0)
        held[place] = sorted([*held[place], pupil], key=order.__getitem__)
        asking += held[place][capacity[place] :]
        held[place] = held[place][: capacity[place]]
    got = {pupil: place for place, found in held.items() for pupil in found}
    return {one.id: got.get(one.id) for one in pupils}


def test_each_refusal_says_where_somebody_stood() -> None:
    pupils = [Chooser(n, f"p{n}", (1, 2), Decimal(30 - n)) for n in range(4)]
    last = allot([Place(1, 2), Place(2, 1)], pupils, SEED)[-1]
    assert last == Outcome(3, 4, None, None, 0, (Full(1, 1, 2, 4), Full(2, 2, 1, 2)))
    third = allot([Place(1, 2), Place(2, 1)], pupils, SEED)[2]
    assert (third.place, third.wish, third.stood, third.full) == (2, 2, 1, (Full(1, 1, 2, 3),))


def test_scores_stand_before_lots_and_none_stands_last() -> None:
    pupils = [
        Chooser(1, "a", (), None),
        Chooser(2, "b", (), Decimal("38.25")),
        Chooser(3, "c", (), Decimal("40.5")),
        Chooser(4, "d", (), Decimal("38.25")),
    ]
    found = [one.id for one in in_order(pupils, SEED)]
    assert found[0] == 3
    assert found[-1] == 1
    equal = sorted([(lot_of(SEED, "b"), 2), (lot_of(SEED, "d"), 4)])
    assert found[1:3] == [number for _lot, number in equal]


def test_a_lot_can_be_drawn_again_by_anybody() -> None:
    # printf '%s' '5f1d0e:p1' | sha256sum
    assert lot_of("5f1d0e", "p1") == LOT_OF_P1
    assert promise_of("5f1d0e") == PROMISE


def test_a_wish_for_what_is_no_longer_offered_is_passed_over() -> None:
    (only,) = allot([Place(2, 1)], [Chooser(1, "a", (9, 2))], SEED)
    assert (only.place, only.wish, only.full) == (2, 2, ())


LOT_OF_P1 = "669fd49707de8c43fb1f1098e6237d49626d56e6b4895d1d8ebd352bd70543cc"
PROMISE = "a6d42b32533d44850ffe961001e737f0c48b06a5fff211b78260a1341d34d6f2"
