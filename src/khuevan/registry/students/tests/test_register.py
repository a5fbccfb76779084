"""Registering pupils."""

from datetime import date
from uuid import uuid4

import pytest
from tests.cast import Cast, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    build_student_data,
    make_guardian_data,
    make_student,
)

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import Grant
from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.students import actions
from khuevan.registry.students.data import NewStudent
from khuevan.registry.students.errors import AlreadyRegistered, PersonalNumberTaken
from khuevan.registry.students.models import EntryKind, Guardianship, Student
from khuevan.registry.students.selectors import class_roll


def register(cast: Cast, *, by: str = "loan", **changes: object) -> Student:
    """Register a pupil in class 6A as somebody of the cast."""
    uuid = changes.pop("uuid", None)
    new = NewStudent(
        build_student_data("Đỗ Thị Ngọc Ánh", **changes),
        cast.class_6a.pk,
        TODAY,
        uuid=uuid,  # type: ignore[arg-type]
    )
    return actions.register_student(
        actor=actor_of(getattr(cast, by)),
        school_id=cast.school_a.pk,
        new=new,
        entry_kind=EntryKind.TRANSFERRED_IN,
        now=NOW,
    )


def test_clerk_registers_a_pupil_into_a_class(cast: Cast) -> None:
    student = register(cast)
    roll = class_roll(actor=actor_of(cast.lan), homeroom_class=cast.class_6a, on=TODAY)
    assert student.pk in {row.student_id for row in roll}
    entry = AuditEntry.objects.unscoped(because="a test").get(person_id=student.person_id)
    assert (entry.code, entry.actor_label) == ("students.registered", "Phan Thị Loan")


@pytest.mark.parametrize("by", ["lan", "toan", "mai", "binh", "huong", "minh_anh"])
def test_nobody_else_registers(cast: Cast, by: str) -> None:
    with pytest.raises(NotFound):
        register(cast, by=by)
    assert not Student.objects.unscoped(because="a test").filter(
        person__search_name="do thi ngoc anh"
    )


def test_same_key_makes_one_pupil(cast: Cast) -> None:
    key = uuid4()
    register(cast, uuid=key)
    with pytest.raises(AlreadyRegistered):
        register(cast, uuid=key)
    assert Student.objects.unscoped(because="a test").filter(uuid=key).count() == 1


def test_personal_number_of_another_is_refused(cast: Cast) -> None:
    with pytest.raises(PersonalNumberTaken):
        register(cast, personal_number="042315000482")


def test_pupil_and_guardian_see_the_record_at_once(cast: Cast) -> None:
    student = register(cast, guardians=(make_guardian_data("Lê Thị Hà", phone="0987654321"),))
    row = Guardianship.objects.unscoped(because="a test").get(student=student)
    for person in (student.person, row.guardian):
        grants = Grant.objects.unscoped(because="a test").filter(person=person)
        assert {grant.anchor_person_id for grant in grants} == {student.person_id}


def test_children_in_two_schools_share_their_mother(cast: Cast) -> None:
    rows = Guardianship.objects.unscoped(because="a test").filter(guardian=cast.huong)
    assert {row.student_id for row in rows} == {cast.minh_anh.pk, cast.duc_minh.pk}


def test_guardians_without_a_birth_year_stay_two_people(cast: Cast) -> None:
    mother = make_guardian_data("Ngô Thị Lài", birth_year=None)
    one = make_student("Tạ Văn An", homeroom_class=cast.class_6b, guardians=[mother])
    two = make_student("Tạ Văn Bình", homeroom_class=cast.class_6b, guardians=[mother])
    rows = Guardianship.objects.unscoped(because="a test").filter(student__in=[one, two])
    assert len({row.guardian_id for row in rows}) == 2


def test_registering_costs_the_same_for_one_and_for_many(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    new = [
        NewStudent(build_student_data(f"Phan Văn {name}"), cast.class_6b.pk, date(2026, 9, 5))
        for name in ("An", "Bình", "Cường", "Dũng", "Giang")
    ]
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        actions.register_students(actor=EVERYTHING, school_id=cast.school_a.pk, new=new, now=NOW)
