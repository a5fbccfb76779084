"""The registry book: numbers once for ever, the next one under two clerks, what it shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from tests.cast import Cast, Client, actor_of
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    make_school,
    make_student,
    make_students,
)

from khuevan.registry.students import actions
from khuevan.registry.students.data import Arrival, Correction
from khuevan.registry.students.errors import RegistryNumberTaken
from khuevan.registry.students.models import (
    Enrollment,
    EntryKind,
    NumberFormat,
    RegistryNumber,
    Student,
)
from khuevan.registry.students.rules import registry_number, registry_position

WHY = "a test"


def number_of(student: Student) -> str:
    rows = Enrollment.objects.unscoped(because=WHY).filter(student=student)
    return rows.order_by("-starts_on", "-pk")[0].registry_number


def correct(cast: Cast, student: Student, number: str) -> None:
    student.person.refresh_from_db()
    actions.correct_students(
        actor=actor_of(cast.loan),
        corrections=[Correction(student.pk, student.person.version, {"registry_number": number})],
        now=NOW,
    )


@given(st.sampled_from(NumberFormat.values), st.integers(1, 999_999), st.integers(1950, 2100))
def test_a_number_says_its_position(number_format: str, position: int, year: int) -> None:
    assert registry_position(registry_number(number_format, position, year)) == position


def test_the_database_and_the_rule_read_a_number_alike(cast: Cast) -> None:
    for text in ("2026-0152", "153/2026", "1520", "A17", "12-3", "0007"):
        student = make_students(["Cao Thị Số"], homeroom_class=cast.class_6b)[0]
        rows = Enrollment.objects.unscoped(because=WHY).filter(student=student)
        rows.update(registry_number=text)
        row = RegistryNumber.objects.unscoped(because=WHY).get(number=text)
        assert row.position == registry_position(text), text


def test_whoever_comes_one_by_one_gets_the_next_number(cast: Cast) -> None:
    first = make_student("Cao Thị Nhất", homeroom_class=cast.class_6b)
    second = make_student("Cao Thị Nhì", homeroom_class=cast.class_6b)
    positions = [registry_position(number_of(one)) or 0 for one in (first, second)]
    assert positions[1] == positions[0] + 1


def test_a_number_is_never_given_to_another_not_even_after_a_correction(cast: Cast) -> None:
    correct(cast, cast.minh_anh, "1520")
    correct(cast, cast.minh_anh, "1521")
    with pytest.raises(RegistryNumberTaken):
        correct(cast, cast.student_6b, "1520")
    correct(cast, cast.minh_anh, "1520")
    assert number_of(cast.minh_anh) == "1520"


def test_the_number_outlives_an_arrival_that_is_taken_back(cast: Cast) -> None:
    school = make_school("Trường THCS Khe Sanh")
    actions.release_student(
        actor=EVERYTHING, student_id=cast.minh_anh.pk, school_id=cast.school_a.pk, on=TODAY, now=NOW
    )
    came = actions.receive_student(
        actor=EVERYTHING, student_id=cast.minh_anh.pk, school_id=school.pk, on=TODAY, now=NOW
    )
    number = came.registry_number
    actions.take_back_receipt(actor=EVERYTHING, enrollment_id=came.pk, now=NOW)
    row = RegistryNumber.objects.unscoped(because=WHY).get(school=school, number=number)
    assert row.student_id == cast.minh_anh.pk
    other = make_student("Cao Thị Khác", school=school)
    assert number_of(other) != number


def test_nobody_changes_or_deletes_a_number_that_was_given(cast: Cast) -> None:
    correct(cast, cast.minh_anh, "1520")
    rows = RegistryNumber.objects.unscoped(because=WHY).filter(number="1520")
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(student=cast.student_6b)
    times = Enrollment.objects.unscoped(because=WHY).filter(student=cast.student_6b)
    with pytest.raises(IntegrityError), transaction.atomic():
        times.update(registry_number="1520")


def test_who_comes_back_keeps_the_number_under_a_new_line(cast: Cast) -> None:
    number = number_of(cast.minh_anh)
    assert number
    actions.end_enrollment(
        actor=actor_of(cast.loan),
        uuid=cast.minh_anh.uuid,
        exit_kind="DROPPED",
        on=TODAY,
        now=NOW,
    )
    actions.enroll_students(
        actor=actor_of(cast.loan),
        school_id=cast.school_a.pk,
        arrivals=[Arrival(cast.minh_anh.pk, None, TODAY + timedelta(days=30))],
        entry_kind=EntryKind.TRANSFERRED_IN,
        now=NOW,
    )
    rows = Enrollment.objects.unscoped(because=WHY).filter(student=cast.minh_anh)
    kinds = rows.order_by("starts_on").values_list("registry_number", "entry_kind")
    assert list(kinds) == [(number, "ADMITTED"), (number, "RETURNED")]


def test_who_has_none_is_numbered_in_the_order_of_coming(cast: Cast) -> None:
    names = ["Đỗ Văn Bê", "Đỗ Văn An"]
    late, early = make_students(names, homeroom_class=cast.class_6b)
    count = actions.number_pupils(actor=actor_of(cast.loan), school_id=cast.school_a.pk, now=NOW)
    positions = [registry_position(number_of(one)) or 0 for one in (early, late)]
    assert count >= 2
    assert positions[0] < positions[1]
    assert actions.number_pupils(actor=EVERYTHING, school_id=cast.school_a.pk, now=NOW) == 0


def test_another_way_of_writing_holds_for_numbers_to_come(cast: Cast) -> None:
    actions.set_numbering(
        actor=actor_of(cast.loan),
        school_id=cast.school_a.pk,
        number_format="{seq}/{yyyy}",
        gives_numbers=True,
        now=NOW,
    )
    assert number_of(make_student("Cao Thị Mới", homeroom_class=cast.class_6b)).endswith("/2026")
    assert number_of(cast.minh_anh).startswith("2026-")
    actions.set_numbering(
        actor=actor_of(cast.loan),
        school_id=cast.school_a.pk,
        number_format="{seq}",
        gives_numbers=False,
        now=NOW,
    )
    assert number_of(make_student("Cao Thị Tay", homeroom_class=cast.class_6b)) == ""


def test_the_book_shows_a_line_a_number_with_its_classes(cast: Cast, client: Client) -> None:
    url = reverse("students:registry", args=[cast.school_a.code])
    page = client.sign_in(cast.loan).get(url).content.decode()
    assert number_of(cast.minh_anh) in page
    assert "Phạm Minh Anh" in page
    assert "6A" in page
    assert client.sign_in(cast.mai).get(url).status_code == 404


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_book_is_exported_with_names_for_a_purpose(
    cast: Cast, client: Client, kind: str
) -> None:
    url = reverse("students:registry_export", args=[cast.school_a.code])
    answer: Any = client.sign_in(cast.loan).post(url, {"purpose": "REPORT", "kind": kind})
    body = b"".join(answer) if answer.streaming else answer.content
    assert answer.status_code == 200
    assert len(body) > 100
    if kind == "csv":
        (head,) = [line for line in body.decode().splitlines() if "Họ và tên" in line]
        assert head.replace('"', "").replace(";", ",").split(",")[1] == "Họ và tên"
        assert "Phạm Minh Anh" in body.decode()


def test_the_book_on_paper_has_the_name_behind_the_number(cast: Cast, client: Client) -> None:
    url = reverse("students:registry_print", args=[cast.school_a.code])
    page = client.sign_in(cast.loan).get(url).content.decode()
    heads = [part.split("<")[0] for part in page.split('<th scope="col">')[1:]]
    assert heads[:2] == ["Số đăng bộ", "Họ và tên"]
    assert "Phạm Minh Anh" in page
