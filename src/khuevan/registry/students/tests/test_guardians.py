"""A parent of children in two schools: neither school writes for the other, or learns of it."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    YEAR_STARTS,
    build_student_data,
    make_guardian_data,
    make_staff,
    make_student,
)

from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import Position
from khuevan.registry.students import actions
from khuevan.registry.students.data import GuardianData, NewStudent
from khuevan.registry.students.imports.tests.lists import planned, written
from khuevan.registry.students.models import EntryKind, Guardianship, Student

SPELT = "Trịnh Thị Thu Hường"
CHANGES: list[dict[str, Any]] = [
    {"full_name": SPELT},
    {"phone": "0987000111"},
    {"birth_year": 1989},
    {"full_name": SPELT, "phone": "0987000111", "birth_year": 1990},
    {"occupation": "Giáo viên"},
]


def clerk_of(school: School) -> Person:
    return make_staff("Đặng Thị Thư", school=school, position=Position.CLERK).person


def mother_of(student: Student) -> Guardianship:
    """Return the guardianship of a pupil's mother, read anew."""
    rows = Guardianship.objects.unscoped(because="a test").select_related("guardian")
    return rows.get(student=student, relation="MOTHER", ends_on__isnull=True)


def known(student: Student) -> tuple[str, int | None, str]:
    row = mother_of(student)
    return row.full_name, row.birth_year, row.phone


def correct(by: Any, student: Student, **told: Any) -> None:
    """Correct what is known of a pupil's mother."""
    student.person.refresh_from_db()
    actions.correct_student(
        actor=by,
        uuid=student.uuid,
        version=student.person.version,
        changes={"guardians": (make_guardian_data(**{"full_name": "Trịnh Thu Hường", **told}),)},
        now=NOW,
    )


def expected(told: dict[str, Any]) -> tuple[str, int, str]:
    data = make_guardian_data(**{"full_name": "Trịnh Thu Hường", **told})
    return data.full_name, data.birth_year or 0, data.phone


def register(by: Person, school: School, *guardians: GuardianData, name: str = "Vũ An") -> Student:
    return actions.register_student(
        actor=actor_of(by),
        school_id=school.pk,
        new=NewStudent(build_student_data(name, guardians=guardians), None, YEAR_STARTS),
        entry_kind=EntryKind.ADMITTED,
        now=NOW,
    )


@pytest.mark.parametrize("told", CHANGES)
def test_a_school_writes_of_a_shared_parent_for_its_own_pupil_only(
    cast: Cast, told: dict[str, Any]
) -> None:
    there = known(cast.duc_minh)
    person = Person.objects.unscoped(because="a test").filter(pk=cast.huong.pk)
    before = person.values().get()
    correct(actor_of(cast.loan), cast.minh_anh, **told)
    assert known(cast.minh_anh) == expected(told)
    assert known(cast.duc_minh) == there
    assert person.values().get() == before
    assert mother_of(cast.minh_anh).guardian_id == mother_of(cast.duc_minh).guardian_id
    assert mother_of(cast.duc_minh).occupation == ""


@pytest.mark.parametrize("order", list(permutations(["a", "primary", "everybody"])))
def test_whoever_speaks_last_of_a_child_is_heard_and_the_other_child_is_not_touched(
    cast: Cast, order: tuple[str, ...]
) -> None:
    """Compared with the plainest model: what each reader last said, for the children they reach."""
    writers = {
        "a": (actor_of(cast.loan), [cast.minh_anh]),
        "primary": (actor_of(clerk_of(cast.primary)), [cast.duc_minh]),
        "everybody": (EVERYTHING, [cast.duc_minh, cast.minh_anh]),
    }
    children = {cast.minh_anh.pk: cast.minh_anh, cast.duc_minh.pk: cast.duc_minh}
    model = {pk: known(child) for pk, child in children.items()}
    for turn in (*order, *order):
        actor, reached = writers[turn]
        for told in CHANGES[:4]:
            correct(actor, reached[0], **told)
            model |= {child.pk: expected(told) for child in reached}
            assert {pk: known(child) for pk, child in children.items()} == model


def test_the_answer_is_the_same_with_and_without_a_child_elsewhere(
    cast: Cast, client: Client
) -> None:
    alone = make_student(
        "Vũ Gia Hân", school=cast.school_a, guardians=[make_guardian_data(phone="0912000999")]
    )
    client.sign_in(cast.loan)
    bodies = []
    for child in (cast.minh_anh, alone):
        answer = client.post(
            f"/api/v1/students/{child.uuid}/corrections",
            {
                "version": 1,
                "guardians": [
                    {"relation": "MOTHER", "full_name": SPELT, "phone": "0987000111"},
                ],
            },
            content_type="application/json",
        )
        assert answer.status_code == 200
        bodies.append(sorted(answer.json()))
        page = client.get(f"/students/{child.uuid}/family/").content.decode()
        assert SPELT in page
        assert "0987000111" in page
    assert bodies[0] == bodies[1]
    assert known(cast.duc_minh)[2] == "0912345318"
    assert mother_of(alone).guardian.full_name == SPELT


def test_brothers_and_sisters_within_reach_still_share(cast: Cast) -> None:
    sister = register(cast.loan, cast.school_a, make_guardian_data(), name="Phạm Thu An")
    assert mother_of(sister).guardian == cast.huong
    correct(actor_of(cast.loan), sister, phone="0987000111", full_name=SPELT)
    assert known(cast.minh_anh) == known(sister) == (SPELT, 1988, "0987000111")
    third = register(
        cast.loan,
        cast.school_a,
        make_guardian_data(SPELT, phone="0987000111"),
        name="Phạm Thu Bình",
    )
    assert mother_of(third).guardian == cast.huong
    assert known(third) == (SPELT, 1988, "0987000111")
    assert known(cast.duc_minh) == ("Trịnh Thu Hường", 1988, "0912345318")


def test_a_school_does_not_learn_that_a_parent_is_known_elsewhere(cast: Cast) -> None:
    child = register(clerk_of(cast.school_b), cast.school_b, make_guardian_data())
    assert mother_of(child).guardian != cast.huong
    assert known(child) == known(cast.minh_anh)


def test_who_reaches_both_schools_makes_one_person_of_a_parent(cast: Cast) -> None:
    child = make_student("Phạm An", school=cast.school_b, guardians=[make_guardian_data()])
    assert mother_of(child).guardian == cast.huong


def test_a_parent_who_works_in_a_school_is_not_changed_through_the_child(cast: Cast) -> None:
    child = register(cast.loan, cast.school_a, make_guardian_data("Vũ Thị Hà", phone="0912000777"))
    teacher = mother_of(child).guardian
    make_staff(school=cast.school_b, person=teacher)
    correct(actor_of(cast.loan), child, full_name="Vũ Thị Thu Hà", phone="0912000778")
    assert known(child) == ("Vũ Thị Thu Hà", 1988, "0912000778")
    teacher.refresh_from_db()
    assert (teacher.full_name, teacher.phone) == ("Vũ Thị Hà", "0912000777")


def test_a_list_writes_no_more_than_a_form(cast: Cast) -> None:
    cells = {
        "Họ tên": "Phạm Minh Anh",
        "Ngày sinh": "18/07/2015",
        "Giới tính": "Nữ",
        "Lớp học": "6A",
        "Số ĐDCN": "042315000482",
        "Tên mẹ": SPELT,
        "Năm sinh mẹ": "1990",
        "SĐT mẹ": "0987000111",
    }
    clerk = actor_of(cast.loan)
    written(clerk, cast.school_a.pk, [cells])
    assert known(cast.minh_anh) == (SPELT, 1990, "0987000111")
    assert known(cast.duc_minh) == ("Trịnh Thu Hường", 1988, "0912345318")
    (again,) = planned(clerk, cast.school_a.pk, [cells])
    assert str(again.outcome) == "UNCHANGED"


def test_a_list_does_not_recognize_parents_of_other_schools(cast: Cast) -> None:
    clerk = actor_of(clerk_of(cast.school_b))
    cells = {
        "Họ tên": "Phạm Gia Bảo",
        "Ngày sinh": "18/07/2015",
        "Giới tính": "Nam",
        "Lớp học": "6A",
        "Tên mẹ": "Trịnh Thu Hường",
        "Năm sinh mẹ": "1988",
        "SĐT mẹ": "0912345318",
    }
    written(clerk, cast.school_b.pk, [cells])
    rows = Guardianship.objects.unscoped(because="a test")
    assert rows.filter(guardian=cast.huong).count() == 2
