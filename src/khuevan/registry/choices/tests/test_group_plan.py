"""Which groups combinations of one grade ask for."""

from __future__ import annotations

from hypothesis import given as for_all
from hypothesis import strategies as st

from khuevan.registry.choices.group_plan import (
    Learnt,
    Pupil,
    StandingGroup,
    placing_of,
    proposed_groups,
)

A = frozenset({("Vật lí", "CHOSEN"), ("Hóa học", "CHOSEN"), ("Sinh học", "CHOSEN")})
B = frozenset({("Vật lí", "CHOSEN"), ("Địa lí", "CHOSEN"), ("Tin học", "CHOSEN")})


def pupils(*learns: tuple[int, frozenset[Learnt]]) -> dict[int, Pupil]:
    """Number pupils of classes."""
    return {n: Pupil(n, room, what) for n, (room, what) in enumerate(learns, start=1)}


def test_a_class_of_one_combination_stays_together() -> None:
    assert proposed_groups(pupils((1, A), (1, A), (2, B))) == []


def test_what_differs_is_learnt_in_groups_at_one_time() -> None:
    found = proposed_groups(pupils((1, A), (1, B), (2, A), (2, B)))
    assert {one.subject for one in found} == {"Hóa học", "Sinh học", "Địa lí", "Tin học"}
    assert all(one.rooms == {1, 2} for one in found)
    blocks = sorted(
        sorted(one.subject for one in found if one.block == number) for number in (1, 2)
    )
    assert blocks == [["Hóa học", "Tin học"], ["Sinh học", "Địa lí"]] or blocks == [
        ["Hóa học", "Địa lí"],
        ["Sinh học", "Tin học"],
    ]


def test_where_groups_stand_pupils_leave_come_into_the_smallest_or_find_none() -> None:
    there = pupils((1, A), (1, B), (1, B), (2, B), (2, A))
    standing = [
        StandingGroup(1, ("Hóa học", "CHOSEN"), frozenset({1}), frozenset({1, 2})),
        StandingGroup(2, ("Tin học", "CHOSEN"), frozenset({1}), frozenset({2})),
        StandingGroup(3, ("Tin học", "CHOSEN"), frozenset({1}), frozenset()),
    ]
    placing = placing_of(standing, there)
    assert placing.pupils == {1: {1}, 2: {2}, 3: {3}}
    assert {one.subject for one in placing.new} == {"Sinh học", "Địa lí"}
    assert placing.left == 2, "in class 2 one for Hóa học, one for Tin học"


SUBJECTS = [(name, "CHOSEN") for name in "abcdef"]


@for_all(
    st.lists(
        st.tuples(
            st.integers(1, 3),
            st.frozensets(st.sampled_from(SUBJECTS), min_size=2, max_size=2),
        ),
        max_size=12,
    )
)
def test_nobody_is_twice_in_a_block_and_everybody_learns_what_they_chose(
    drawn: list[tuple[int, frozenset[Learnt]]],
) -> None:
    there = pupils(*drawn)
    found = proposed_groups(there)
    for number in {one.block for one in found} - {0}:
        block = [one for one in found if one.block == number]
        assert sum(len(one.pupils) for one in block) == len(
            frozenset.union(*(one.pupils for one in block))
        )
    for one in there.values():
        mates = [each.learns for each in there.values() if each.room == one.room]
        together = frozenset.intersection(*mates)
        in_groups = {(each.subject, each.kind) for each in found if one.id in each.pupils}
        assert together | in_groups == one.learns
        assert not together & in_groups
