"""The rule of two persons: whatever they hold, neither gets alone what they lack."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.access.rules import (
    Key,
    Receiver,
    ResetFault,
    Side,
    receiver,
    reset_fault,
)

CODES = ("students.student:view", "students.guardian:view", "people.address:view")
PLACES = ("A", "B", "C-A", None)
OWNER = 1

openings = st.frozensets(st.tuples(st.sampled_from(CODES), st.sampled_from(PLACES)), max_size=8)
known = st.frozensets(st.sampled_from(PLACES[:3]), max_size=3)
staff = st.frozensets(st.tuples(st.integers(1, 3), st.sampled_from(PLACES)), max_size=3)


@st.composite
def keys(draw: st.DrawFn) -> Key:
    return Key(OWNER, draw(openings), draw(staff))


@st.composite
def sides(draw: st.DrawFn) -> Side:
    holds = {(code, at) for code, at in draw(openings) if at is not None}
    return Side(
        persons=draw(st.frozensets(st.integers(1, 4), min_size=1, max_size=2)),
        holds=frozenset(holds),
        manages=draw(st.frozensets(st.integers(1, 3), max_size=3)),
        answers=draw(known),
        above=draw(known),
    )


@given(keys(), sides())
def test_nobody_confirms_what_they_asked_themselves(key: Key, one: Side) -> None:
    fault = reset_fault(key, one, replace(one, holds=key.opens, answers=key.places))
    assert fault is ResetFault.SAME_PERSON


@given(keys(), sides(), sides())
def test_nor_on_behalf_of_who_asked_nor_of_the_owner(key: Key, one: Side, other: Side) -> None:
    if one.persons & other.persons or OWNER in one.persons | other.persons:
        assert reset_fault(key, one, other) is not None


@given(keys(), sides(), sides())
def test_whoever_is_shown_it_gains_no_kind_of_permission(key: Key, one: Side, other: Side) -> None:
    if reset_fault(key, one, other) is not None:
        return
    shown = one if receiver(key, one) is Receiver.REQUESTER else other
    assert {code for code, _ in key.opens} <= {code for code, _ in shown.holds}


@given(keys(), sides(), sides())
def test_what_who_asks_lacks_is_answered_for_at_its_place(key: Key, one: Side, other: Side) -> None:
    if reset_fault(key, one, other) is not None:
        return
    for _code, at in key.opens - one.holds:
        assert at in other.answers
        assert any(place == at for _, place in other.holds & key.opens)
    for grant, at in key.staff:
        assert grant in one.manages or (
            at in other.answers and (grant in other.manages or at in other.above)
        )


@given(keys(), sides(), sides())
def test_who_holds_nothing_is_never_shown_it(key: Key, one: Side, other: Side) -> None:
    nothing = replace(one, holds=frozenset())
    if key.opens and reset_fault(key, nothing, other) is None:
        assert receiver(key, nothing) is Receiver.CONFIRMER
        assert key.opens <= other.holds


@given(keys(), sides(), sides(), st.data())
def test_holding_less_never_helps_to_confirm(
    key: Key, one: Side, other: Side, data: st.DataObject
) -> None:
    fewer = data.draw(st.frozensets(st.sampled_from(PLACES[:3])))
    weaker = replace(
        other,
        holds=frozenset(one for one in other.holds if one[1] in fewer),
        answers=other.answers & fewer,
        above=other.above & fewer,
    )
    if reset_fault(key, one, other) is not None:
        assert reset_fault(key, one, weaker) is not None


@given(keys(), sides(), sides())
def test_a_place_that_nobody_knows_is_nobodys_to_confirm(key: Key, one: Side, other: Side) -> None:
    lost = replace(key, opens=key.opens | {(CODES[0], None)})
    assert reset_fault(lost, one, other) is not None


MOTHER = Key(OWNER, frozenset({(CODES[0], "A"), (CODES[0], "B")}))
OFFICE_A = Side(frozenset({2}), holds=frozenset({(CODES[0], "A")}))
HEAD_B = Side(frozenset({3}), holds=frozenset({(CODES[0], "B")}), answers=frozenset({"B"}))


def test_a_mother_of_two_is_helped_by_one_office_and_the_other_head() -> None:
    assert reset_fault(MOTHER, OFFICE_A, HEAD_B) is None
    assert receiver(MOTHER, OFFICE_A) is Receiver.REQUESTER


@pytest.mark.parametrize(
    "confirmer",
    [
        replace(HEAD_B, answers=frozenset()),
        replace(HEAD_B, answers=frozenset({"A"})),
        replace(HEAD_B, holds=frozenset()),
        replace(HEAD_B, persons=frozenset({2})),
        replace(HEAD_B, persons=frozenset({3, 2})),
    ],
)
def test_but_not_by_somebody_else(confirmer: Side) -> None:
    assert reset_fault(MOTHER, OFFICE_A, confirmer) is not None


HEAD = Key(OWNER, frozenset({(CODES[0], "A")}), frozenset({(7, "A")}))
CLERK = Side(frozenset({2}), holds=HEAD.opens)
ADMIN = Side(frozenset({4}), manages=frozenset({7}))
OFFICER = Side(frozenset({3}), holds=HEAD.opens, answers=frozenset({"A"}), above=frozenset({"A"}))


def test_a_head_is_helped_by_the_office_and_an_officer_above() -> None:
    assert reset_fault(HEAD, CLERK, OFFICER) is None
    assert reset_fault(HEAD, CLERK, replace(OFFICER, above=frozenset())) is ResetFault.NOT_THEIRS


def test_an_administrator_may_ask_but_is_not_shown_it() -> None:
    assert reset_fault(HEAD, ADMIN, OFFICER) is None
    assert receiver(HEAD, ADMIN) is Receiver.CONFIRMER
    assert reset_fault(HEAD, ADMIN, replace(OFFICER, holds=frozenset())) is ResetFault.NOT_THEIRS
