"""Reads that other reads stand in front of: asked alone, each keeps to its actor's reach."""

from __future__ import annotations

from datetime import timedelta

import pytest

from khuevan.community.family.selectors import _enrollments, _placements
from khuevan.insight.dashboard.selectors.groups import class_numbers, grade_groups
from khuevan.insight.dashboard.selectors.own import own_classes
from khuevan.insight.dashboard.selectors.places import class_places, staff_counts
from khuevan.insight.dashboard.selectors.upkeep import Accounts, accounts, looks_at_records
from khuevan.insight.rollup.api import pupils_by_grade
from khuevan.kernel.actor import SIGNED_IN
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.actions import delegate
from khuevan.platform.access.api import VIEW_USERS, Grant
from khuevan.platform.audit.api import record_view
from khuevan.registry.students.api import VIEW_STUDENTS
from tests.cast import actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_user
from tests.walls.test_doors import Reaching
from tests.walls.world import World, undone


def test_a_family_reads_its_own_childs_periods(world: World) -> None:
    cast = world.cast
    ids = [cast.minh_anh.pk, cast.student_b.pk]
    huong = actor_of(cast.huong)
    assert set(_placements(huong, ids, TODAY)) == {cast.minh_anh.pk}
    assert set(_enrollments(huong, ids, TODAY)) == {cast.minh_anh.pk}


def test_figures_count_the_school_in_reach(world: World) -> None:
    cast = world.cast
    hung = actor_of(cast.hung)
    own, other = cast.school_a.pk, cast.school_b.pk
    for school_ids in (None, [own, other]):
        groups = grade_groups(actor=hung, on=TODAY, year_id=None, norms={}, school_ids=school_ids)
        assert {group.school_id for group in groups} == {own}
        assert {row[0] for row in pupils_by_grade(actor=hung, on=TODAY)} == {own}
    assert class_numbers(actor=hung, on=TODAY, school_id=own)
    assert not class_numbers(actor=hung, on=TODAY, school_id=other)
    classes = {cast.class_6a.pk, cast.class_b.pk}
    for school_id, expected in ((own, {cast.class_6a.pk}), (other, set())):
        found = class_places(
            actor=hung, on=TODAY, school_id=school_id, class_ids=classes, year_id=None
        )
        assert set(found) == expected
    assert set(staff_counts(actor=hung, on=TODAY, school_ids=[own, other])) == {own}


def test_looks_are_counted_in_reach(world: World) -> None:
    cast = world.cast
    binh, hung = actor_of(cast.binh), actor_of(cast.hung)
    before = looks_at_records(actor=hung, on=TODAY).views
    with undone():
        for student, school in ((cast.minh_anh, cast.school_a), (cast.student_b, cast.school_b)):
            record_view(
                actor=binh,
                person_id=student.person_id,
                unit_id=school.pk,
                what="overview",
                at=NOW - timedelta(hours=1),
            )
        assert looks_at_records(actor=hung, on=TODAY).views == before + 1


def test_accounts_are_counted_in_reach(world: World) -> None:
    with undone():
        own = make_user(world.cast.lan)
        make_user(world.cast.mai)
        one = Reaching(on={(VIEW_USERS.code, "person"): [own.person_id]})
        assert accounts(actor=EVERYTHING).active > 1
        assert accounts(actor=one) == Accounts(active=1, waiting=0, off=0)


def test_a_teacher_is_told_of_their_own_lessons(world: World) -> None:
    cast = world.cast
    lan = own_classes(actor=actor_of(cast.lan), on=TODAY)
    assert [subject for one in lan for subject in one.subjects if subject == "Toán"] == []
    toan = own_classes(actor=actor_of(cast.toan), on=TODAY)
    assert {subject for one in toan for subject in one.subjects} == {"Toán"}


def test_a_class_shows_only_to_whoever_may_see_classes(world: World) -> None:
    cast = world.cast
    teaches_only = Reaching(person_id=cast.lan.pk, on={(SIGNED_IN.code, "person"): [cast.lan.pk]})
    assert own_classes(actor=teaches_only, on=TODAY) == []


def test_who_may_not_delegate_delegates_nothing(world: World) -> None:
    with undone():
        person = world.person({VIEW_STUDENTS.code})
        grants = list(Grant.objects.unscoped(because="a test").filter(person=person))
        with pytest.raises(NotFound):
            delegate(
                actor=actor_of(person),
                to_person=world.cast.lan,
                kind="ABSENCE",
                grants=grants,
                starts_on=TODAY,
                ends_on=TODAY + timedelta(days=3),
                reason="Đi công tác",
                now=NOW,
            )
