"""Groups of pupils of several classes: who is in them, who teaches them, what they count."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_student, make_year

from khuevan.kernel.errors import NotFound
from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.actions.groups import GroupData
from khuevan.registry.curriculum.errors import (
    GroupNamed,
    GroupUnplanned,
    PupilInAnotherGroup,
    PupilNotInClasses,
    TeacherInBlock,
)
from khuevan.registry.curriculum.models import TeachingGroup
from khuevan.registry.curriculum.selectors.groups import Group, teaching_groups
from khuevan.registry.curriculum.selectors.loads import teacher_loads
from khuevan.registry.staff.api import StaffMember, TeachingAssignment
from khuevan.registry.students.api import place_student

LATER = TODAY + timedelta(days=30)


def data(cast: Cast, **said: Any) -> GroupData:
    """Return what is said of a group of two classes."""
    return replace(
        GroupData(
            "Tin học 1",
            "Tin học",
            "OPTIONAL",
            (cast.class_6a.pk, cast.class_6b.pk),
            "Khối tự chọn 1",
        ),
        **said,
    )


@pytest.fixture
def group(cast: Cast) -> TeachingGroup:
    """Make a group of 6A and 6B, whose plans have its subject."""
    for room in (cast.class_6a, cast.class_6b):
        for subject in ("Tin học", "Công nghệ"):
            actions.plan_subject(
                actor=EVERYTHING,
                class_uuid=room.uuid,
                subject_name=subject,
                kind="OPTIONAL",
                weeks=[2] * 35,
                now=NOW,
            )
    return make(cast)


def make(cast: Cast, **said: Any) -> TeachingGroup:
    """Make a group as the principal."""
    return actions.make_group(
        actor=actor_of(cast.hung),
        school=cast.school_a,
        year=make_year(),
        data=data(cast, **said),
        now=NOW,
    )


def shown(cast: Cast, on: Any = TODAY) -> dict[str, Group]:
    """Return the groups of school A by name."""
    rows = teaching_groups(actor=EVERYTHING, school=cast.school_a, year=make_year(), on=on)
    return {one.name: one for one in rows}


def fill(cast: Cast, group: TeachingGroup, *pupils: Any, on: Any = TODAY) -> None:
    """Say who is in a group."""
    actions.set_group_pupils(
        actor=actor_of(cast.hung),
        uuid=group.uuid,
        student_ids=[one.pk for one in pupils],
        on=on,
        now=NOW,
    )


def give(cast: Cast, group: TeachingGroup, member: StaffMember | None, on: Any = TODAY) -> None:
    """Give a group to a teacher."""
    actions.give_group(actor=actor_of(cast.hung), uuid=group.uuid, member=member, on=on, now=NOW)


def test_a_group_tells_classes_pupils_and_periods(cast: Cast, group: TeachingGroup) -> None:
    fill(cast, group, cast.minh_anh, cast.student_6b)
    (one,) = shown(cast).values()
    assert one.class_names == ("6A", "6B")
    assert one.student_ids == {cast.minh_anh.pk, cast.student_6b.pk}
    assert (one.block, one.weeks, one.staff_member_id) == ("Khối tự chọn 1", (2,) * 35, None)


def test_who_leaves_a_group_was_in_it(cast: Cast, group: TeachingGroup) -> None:
    fill(cast, group, cast.minh_anh, cast.student_6b)
    fill(cast, group, cast.student_6b, on=LATER)
    assert shown(cast)["Tin học 1"].student_ids == {cast.minh_anh.pk, cast.student_6b.pk}
    assert shown(cast, LATER)["Tin học 1"].student_ids == {cast.student_6b.pk}


def test_who_changes_class_leaves_the_groups_of_the_old_one(
    cast: Cast, group: TeachingGroup
) -> None:
    old, new = (
        make(cast, name=name, subject_name="Công nghệ", class_ids=(room.pk,), block="")
        for name, room in (("Công nghệ 6A", cast.class_6a), ("Công nghệ 6B", cast.class_6b))
    )
    fill(cast, group, cast.minh_anh)
    fill(cast, old, cast.minh_anh)
    place_student(
        actor=actor_of(cast.loan),
        uuid=cast.minh_anh.uuid,
        homeroom_class=cast.class_6b,
        on=LATER,
        now=NOW,
    )
    assert shown(cast)["Công nghệ 6A"].student_ids == {cast.minh_anh.pk}
    there = shown(cast, LATER)
    assert there["Công nghệ 6A"].student_ids == frozenset()
    assert there["Tin học 1"].student_ids == {cast.minh_anh.pk}, "it has both classes"
    fill(cast, new, cast.minh_anh, on=LATER)
    assert shown(cast, LATER)["Công nghệ 6B"].student_ids == {cast.minh_anh.pk}


def test_a_teacher_of_two_classes_in_one_group_has_its_lessons_once(
    cast: Cast, group: TeachingGroup
) -> None:
    member = make_staff("Vũ Đình Khoa", school=cast.school_a)
    give(cast, group, member)
    taught = TeachingAssignment.objects.unscoped(because="a test").filter(staff_member=member)
    assert {one.homeroom_class_id for one in taught} == {cast.class_6a.pk, cast.class_6b.pk}
    found = teacher_loads(
        actor=EVERYTHING, school=cast.school_a, year=make_year(), on=TODAY, term=0
    )
    load = next(one for one in found if one.member == member)
    assert load.load is not None
    assert load.load.credited == 2
    assert list(load.lessons.values()) == [["Tin học 1"]]


def test_a_new_teacher_takes_the_classes_over(cast: Cast, group: TeachingGroup) -> None:
    first = make_staff("Vũ Đình Khoa", school=cast.school_a)
    second = make_staff("Đỗ Thị Ngân", school=cast.school_a)
    give(cast, group, first)
    give(cast, group, second, on=LATER)
    rows = TeachingAssignment.objects.unscoped(because="a test").filter(subject_name="Tin học")
    assert {(one.staff_member_id, one.ends_on == LATER) for one in rows} == {
        (first.pk, True),
        (second.pk, False),
    }


def test_two_groups_of_a_block_share_neither_pupil_nor_teacher(
    cast: Cast, group: TeachingGroup
) -> None:
    fill(cast, group, cast.minh_anh)
    member = make_staff("Vũ Đình Khoa", school=cast.school_a)
    give(cast, group, member)
    other = make(cast, name="Công nghệ 1", subject_name="Công nghệ")
    with pytest.raises(PupilInAnotherGroup, match=r"Phạm Minh Anh.*Tin học 1"):
        fill(cast, other, cast.minh_anh)
    with pytest.raises(TeacherInBlock, match="Tin học 1"):
        give(cast, other, member)


def test_what_does_not_fit_is_refused(cast: Cast, group: TeachingGroup) -> None:
    with pytest.raises(GroupNamed):
        make(cast)
    with pytest.raises(GroupUnplanned, match="7A"):
        make(cast, name="Tin học 2", class_ids=[cast.class_7a.pk])
    with pytest.raises(PupilNotInClasses):
        fill(cast, group, make_student("Ngô Bảo Long", homeroom_class=cast.class_7a))
    with pytest.raises(NotFound):
        make(cast, name="Tin học 2", class_ids=[cast.class_b.pk])


def test_a_dissolved_group_leaves_no_lessons_behind(cast: Cast, group: TeachingGroup) -> None:
    member = make_staff("Vũ Đình Khoa", school=cast.school_a)
    fill(cast, group, cast.minh_anh)
    give(cast, group, member)
    actions.remove_group(actor=actor_of(cast.hung), uuid=group.uuid, on=TODAY, now=NOW)
    assert not shown(cast)
    rows = TeachingAssignment.objects.unscoped(because="a test").filter(staff_member=member)
    assert not rows.exists()


@pytest.mark.parametrize("by", ["lan", "mai", "huong"])
def test_nobody_else_keeps_groups(cast: Cast, group: TeachingGroup, by: str) -> None:
    with pytest.raises(NotFound):
        actions.change_group(
            actor=actor_of(getattr(cast, by)),
            uuid=group.uuid,
            data=data(cast),
            on=TODAY,
            now=NOW,
        )
