"""What may not be among the groups of a school's year."""

from __future__ import annotations

from dataclasses import replace

from khuevan.registry.curriculum.group_rules import (
    GroupFacts,
    GroupFaultKind,
    counted_weeks,
    group_faults,
    in_the_way,
)

ONE = GroupFacts(1, "Vật lí", "CHOSEN", "Khối 1", 7, frozenset({1, 2}), (2,) * 35)
OTHER = replace(ONE, id=2, subject="Địa lí", teacher=8, pupils=frozenset({3}))


def kinds(*groups: GroupFacts) -> list[GroupFaultKind]:
    """Return what is wrong among groups."""
    return [fault.kind for fault in group_faults(groups)]


def test_groups_that_share_nobody_are_without_a_fault() -> None:
    assert kinds(ONE, OTHER) == []


def test_pupil_and_teacher_are_at_one_place_at_a_time() -> None:
    twice = replace(OTHER, pupils=frozenset({2, 3}), teacher=7)
    assert kinds(ONE, twice) == [GroupFaultKind.PUPILS_TWICE, GroupFaultKind.TEACHER_TWICE]
    apart = replace(twice, block="Khối 2")
    assert kinds(ONE, apart) == []


def test_a_subject_is_learnt_in_one_group_even_without_blocks() -> None:
    again = replace(ONE, id=2, block="", pupils=frozenset({2}))
    assert kinds(replace(ONE, block=""), again) == [GroupFaultKind.PUPILS_TWICE]
    topics = replace(again, kind="CLUSTER")
    assert kinds(replace(ONE, block=""), topics) == []


def test_groups_of_a_block_have_the_same_weeks() -> None:
    assert kinds(ONE, replace(OTHER, weeks=(1,) * 35)) == [GroupFaultKind.UNEVEN_BLOCK]


def test_what_a_group_lacks_is_told() -> None:
    bare = replace(ONE, teacher=None, pupils=frozenset(), weeks=())
    assert kinds(bare) == [
        GroupFaultKind.EMPTY,
        GroupFaultKind.NO_TEACHER,
        GroupFaultKind.UNPLANNED,
    ]


def test_periods_of_several_classes_count_once() -> None:
    assert counted_weeks([(2, 2), (2, 2)]) == (2, 2)
    assert counted_weeks([(1, 2), (2, 1)]) == (2, 2)
    assert counted_weeks([]) == ()


def test_who_is_in_the_way_is_named_by_group() -> None:
    assert in_the_way(ONE, [ONE, OTHER], {3, 4}) == {2: [3]}
    assert in_the_way(ONE, [replace(OTHER, block="")], {3}) == {}
