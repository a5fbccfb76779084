"""Reads that other reads stand in front of: asked alone, each keeps to its actor's reach."""

from __future__ import annotations

from datetime import timedelta

import pytest

from khuevan.community.family.selectors import _enrollments, _placements
from khuevan.insight.dashboard.selectors.groups import pupil_groups
from khuevan.insight.dashboard.selectors.own import own_classes
from khuevan.insight.dashboard.selectors.places import class_places, staff_counts
from khuevan.insight.dashboard.selectors.upkeep import looks_at_records
from khuevan.kernel.actor import SIGNED_IN
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.actions import delegate
from khuevan.platform.access.api import Grant
from khuevan.platform.audit.api import record_view
from khuevan.registry.students.api import VIEW_STUDENTS
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY
from tests.walls.test_doors import Reaching
from tests.walls.world import World, undone

pytestmark = pytest.mark.django_db


def test_a_family_reads_its_own_childs_periods(cast: Cast) -> None:
    ids = [cast.minh_anh.pk, cast.student_b.pk]
    huong = actor_of(cast.huong)
    assert set(_placements(huong, ids, TODAY)) == {cast.minh_anh.pk}
    assert set(_enrollments(huong, ids, TODAY)) == {cast.minh_anh.pk}


def test_figures_count_the_school_in_reach(cast: Cast) -> None:
    hung = actor_of(cast.hung)
    own, other = cast.school_a.pk, cast.school_b.pk
    assert {group.school_id for group in pupil_groups(actor=hung, on=TODAY)} == {own}
    classes = {cast.class_6a.pk, cast.class_b.pk}
    found = class_places(actor=hung, on=TODAY, class_ids=classes, year_id=None)
    assert set(found) == {cast.class_6a.pk}
    assert set(staff_counts(actor=hung, on=TODAY, school_ids=[own, other])) == {own}


def test_looks_are_counted_in_reach(cast: Cast) -> None:
    binh = actor_of(cast.binh)
    for student, school in ((cast.minh_anh, cast.school_a), (cast.student_b, cast.school_b)):
        record_view(
            actor=binh,
            person_id=student.person_id,
            unit_id=school.pk,
            what="overview",
            at=NOW - timedelta(hours=1),
        )
    assert looks_at_records(actor=EVERYTHING, on=TODAY).people == 2
    assert looks_at_records(actor=actor_of(cast.hung), on=TODAY).people == 1


def test_a_teacher_is_told_of_their_own_lessons(cast: Cast) -> None:
    lan = own_classes(actor=actor_of(cast.lan), on=TODAY)
    assert [subject for one in lan for subject in one.subjects if subject == "Toán"] == []
    toan = own_classes(actor=actor_of(cast.toan), on=TODAY)
    assert {subject for one in toan for subject in one.subjects} == {"Toán"}


def test_a_class_shows_only_to_whoever_may_see_classes(cast: Cast) -> None:
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
