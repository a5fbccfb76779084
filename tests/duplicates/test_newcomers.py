"""A clerk who records somebody is told of records that may be theirs, and of no other's facts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.duplicates.looking import alike
from khuevan.registry.duplicates.matching.near import name_ends, near_dates, near_numbers
from khuevan.registry.duplicates.matching.records import compare_dates, compare_digits
from khuevan.registry.people.api import Newcomer
from khuevan.registry.students.api import Student
from tests.cast import Cast, Client
from tests.factories import make_guardian_data, make_staff, make_student

pytestmark = pytest.mark.django_db
BORN = date(2015, 2, 9)
NAME = "Đỗ Thị Ngọc Ánh"
MAYBE = "Có thể đã có hồ sơ"


def newcomer(cast: Cast, **more: Any) -> Newcomer:
    school = cast.school_a
    values: dict[str, Any] = {"full_name": NAME, "birth_date": BORN, "sex": "FEMALE"}
    return Newcomer(unit_id=school.pk, unit_code=school.code, **(values | more))


def known(cast: Cast, **more: Any) -> Student:
    """Make the pupil of another school."""
    values: dict[str, Any] = {"birth_date": BORN, "sex": "FEMALE"}
    return make_student(more.pop("name", NAME), homeroom_class=cast.class_b, **(values | more))


def typed(cast: Cast, **more: str) -> dict[str, str]:
    return {
        "key": str(uuid4()),
        "full_name": NAME,
        "birth_date": "09/02/2015",
        "sex": "FEMALE",
        "class_uuid": str(cast.class_6a.uuid),
        "starts_on": "23/11/2026",
        "entry_kind": "ADMITTED",
    } | more


@pytest.mark.parametrize(
    "typing",
    [
        {},
        {"full_name": "Do Thi Ngoc Anh"},
        {"full_name": "Đỗ Ngọc Ánh"},
        {"birth_date": date(2015, 9, 2)},
        {"birth_date": date(2016, 2, 9), "personal_number": "042315000483"},
    ],
)
def test_one_slip_still_finds_the_record(cast: Cast, typing: dict[str, Any]) -> None:
    pupil = known(cast, personal_number="042315000488")
    assert [one.person_id for one in alike(newcomer(cast, **typing))] == [pupil.person_id]


@pytest.mark.parametrize(
    "typing",
    [
        {"full_name": "Đỗ Thị Bảo Ánh"},  # a twin
        {"birth_date": date(2013, 5, 20)},
        {"guardian_name": "Trần Văn Xa", "guardian_phone": "0912000999"},
    ],
)
def test_twins_and_namesakes_are_nobody(cast: Cast, typing: dict[str, Any]) -> None:
    known(cast, guardians=(make_guardian_data("Lê Thị Gần", phone="0912000111"),))
    assert alike(newcomer(cast, **typing)) == []


def test_staff_are_compared_with_staff(cast: Cast) -> None:
    teacher = make_staff("Lê Văn Thầy", school=cast.school_b)
    teacher.person.birth_date = date(1985, 3, 4)
    teacher.person.save(update_fields=["birth_date"])
    told = {"full_name": "Lê Văn Thầy", "birth_date": date(1985, 4, 3), "sex": ""}
    assert alike(newcomer(cast, **told)) == []
    found = alike(newcomer(cast, is_staff=True, **told))
    assert [one.person_id for one in found] == [teacher.person_id]


def test_the_form_tells_of_another_schools_pupil_without_a_fact(cast: Cast, client: Client) -> None:
    pupil = known(
        cast,
        personal_number="042315000488",
        guardians=(make_guardian_data("Lê Thị Gần", phone="0912000111"),),
    )
    values = typed(
        cast,
        look_alike="1",
        personal_number="042315000483",
        mother_full_name="Lê Thị Gần",
        mother_phone="0912000112",
    )
    client.sign_in(cast.loan)
    said = client.post(reverse("students:new", args=[cast.school_a.code]), values)
    text = said.content.decode()
    assert said.status_code == 200
    assert MAYBE in text
    assert "cùng họ tên" in text
    for secret in ("định danh", "điện thoại", "giám hộ", "Gần", "0488", str(pupil.uuid)):
        assert secret not in text, secret
    assert cast.school_b.code not in text
    log = AuditEntry.objects.unscoped(because="a test")
    assert log.filter(code="duplicates.newcomer.told").count() == 1
    rows = Student.objects.unscoped(because="a test").filter(person__search_name="do thi ngoc anh")
    assert rows.count() == 1, "asking saves nothing"


def test_the_form_opens_the_record_of_an_own_pupil(cast: Cast, client: Client) -> None:
    pupil = make_student(NAME, homeroom_class=cast.class_6b, birth_date=BORN, sex="FEMALE")
    client.sign_in(cast.loan)
    values = typed(cast, look_alike="1", birth_date="02/09/2015")
    said = client.post(reverse("students:new", args=[cast.school_a.code]), values)
    assert reverse("students:record", args=[pupil.uuid]) in said.content.decode()


def test_nothing_is_said_before_name_and_day_are_typed(cast: Cast, client: Client) -> None:
    known(cast)
    client.sign_in(cast.loan)
    values = {"look_alike": "1", "full_name": NAME}
    said = client.post(reverse("students:new", args=[cast.school_a.code]), values)
    assert MAYBE not in said.content.decode()


@pytest.mark.parametrize(("told", "times"), [({}, 1), ({"alike_told": "1"}, 0)])
def test_saving_goes_on_and_tells_who_was_not_told(
    cast: Cast, client: Client, told: dict[str, str], times: int
) -> None:
    known(cast)
    client.sign_in(cast.loan)
    url = reverse("students:new", args=[cast.school_a.code])
    said = client.post(url, typed(cast, **told), follow=True).content.decode()
    assert said.count(MAYBE) == times
    rows = Student.objects.unscoped(because="a test").filter(person__search_name="do thi ngoc anh")
    assert rows.count() == 2


def test_what_is_looked_up_is_what_the_matcher_calls_near() -> None:
    days = near_dates(BORN)
    assert len(days) < 120
    assert all(compare_dates(BORN, day) != "DIFFERENT" for day in days)
    numbers = near_numbers("042315000488")
    assert {compare_digits("042315000488", one) for one in numbers} == {"SAME", "SLIP", "SWAPPED"}
    assert name_ends("Lý Thị Mỹ") == {"ly my", "ly mi", "li my", "li mi"}
    assert near_numbers("") == set()
