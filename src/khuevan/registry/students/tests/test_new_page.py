"""Registering a pupil, moving and leaving through the pages."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import make_student

from khuevan.registry.students.models import ClassPlacement, Enrollment, Student
from khuevan.registry.students.tests.leavers import gone


def typed(cast: Cast, **changes: str) -> dict[str, str]:
    """Return a form as filled in for a new pupil."""
    values = {
        "key": str(uuid4()),
        "full_name": "Đỗ Thị Ngọc Ánh",
        "birth_date": "09/02/2015",
        "sex": "FEMALE",
        "class_uuid": str(cast.class_6a.uuid),
        "starts_on": "23/11/2026",
        "entry_kind": "TRANSFERRED_IN",
    }
    return values | changes


def send(client: Client, cast: Cast, values: dict[str, str]) -> Any:
    """Send the form."""
    return client.post(reverse("students:new", args=[cast.school_a.code]), values)


def known(name: str) -> int:
    """Return how many pupils have this name."""
    rows = Student.objects.unscoped(because="a test")
    return rows.filter(person__search_name=name).count()


def test_new_pupil_opens_at_the_record(cast: Cast, client: Client) -> None:
    response = send(client.sign_in(cast.loan), cast, typed(cast))
    student = Student.objects.unscoped(because="a test").get(person__search_name="do thi ngoc anh")
    assert response["Location"] == reverse("students:record", args=[student.uuid])


def test_double_submit_makes_one_pupil(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = typed(cast)
    first, second = send(client, cast, values), send(client, cast, values)
    assert first["Location"] == second["Location"]
    assert known("do thi ngoc anh") == 1


def test_namesake_born_the_same_day_is_asked_about(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    send(client, cast, typed(cast))
    again = typed(cast)
    assert send(client, cast, again).status_code == 422
    assert send(client, cast, again | {"is_sure": "on"}).status_code == 302
    assert known("do thi ngoc anh") == 2


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("full_name", ""),
        ("full_name", "Nguyễn V4n"),
        ("birth_date", "31/02/2015"),
        ("birth_date", "24/11/2026"),
        ("personal_number", "12345"),
        ("class_uuid", "00000000-0000-4000-8000-000000000000"),
        ("mother_phone", "0912345678"),
    ],
)
def test_fault_is_told_at_its_field_and_nothing_is_written(
    cast: Cast, client: Client, field: str, text: str
) -> None:
    response = send(client.sign_in(cast.loan), cast, typed(cast, **{field: text}))
    assert response.status_code == 422
    wrong = "mother_full_name" if field == "mother_phone" else field
    assert wrong in response.context["form"].errors
    assert known("do thi ngoc anh") == 0


def test_selected_pupils_move_and_the_toast_takes_it_back(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = reverse("students:move", args=[cast.school_a.code])
    chosen = [str(one.uuid) for one in (cast.minh_anh, *cast.others_6a)]
    assert client.get(url, {"student": chosen}).status_code == 200
    values = {"student": chosen, "class_uuid": str(cast.class_6b.uuid), "on": "23/11/2026"}
    page = client.post(url, values, follow=True)
    (message,) = page.context["messages"]
    assert "3" in str(message)
    undo = message.extra_tags.removeprefix("undo:")
    client.post(undo)
    seats = ClassPlacement.objects.unscoped(because="a test").filter(ends_on__isnull=True)
    assert seats.filter(homeroom_class=cast.class_6a).count() == 3


def test_move_sent_twice_is_harmless(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = reverse("students:move", args=[cast.school_a.code])
    values = {
        "student": str(cast.minh_anh.uuid),
        "class_uuid": str(cast.class_6b.uuid),
        "on": "23/11/2026",
    }
    assert [client.post(url, values).status_code for _ in range(2)] == [302, 302]
    rows = ClassPlacement.objects.unscoped(because="a test").filter(student=cast.minh_anh)
    assert rows.count() == 2


def test_moving_nobody_goes_back_to_the_list(cast: Cast, client: Client) -> None:
    url = reverse("students:move", args=[cast.school_a.code])
    response = client.sign_in(cast.loan).get(url, {"student": "nobody"})
    assert response["Location"] == reverse("students:school", args=[cast.school_a.code])


def test_leaving_and_taking_it_back(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = reverse("students:leave", args=[cast.minh_anh.uuid])
    values = {"exit_kind": "ABROAD", "on": "23/11/2026"}
    page = client.post(url, values, follow=True)
    (message,) = page.context["messages"]
    assert client.get(reverse("students:record", args=[cast.minh_anh.uuid])).status_code == 404
    client.post(message.extra_tags.removeprefix("undo:"))
    enrollment = Enrollment.objects.unscoped(because="a test").get(student=cast.minh_anh)
    assert enrollment.ends_on is None


def test_the_form_of_leaving_leads_to_the_transfer(cast: Cast, client: Client) -> None:
    url = reverse("students:leave", args=[cast.minh_anh.uuid])
    page = client.sign_in(cast.loan).get(url)
    assert reverse("transfers:leave", args=[cast.minh_anh.uuid]) in page.content.decode()
    refused = client.post(url, {"exit_kind": "TRANSFERRED_OUT", "on": "23/11/2026"})
    assert "exit_kind" in refused.context["form"].errors


def test_leaving_before_coming_is_told_at_the_day(cast: Cast, client: Client) -> None:
    url = reverse("students:leave", args=[cast.minh_anh.uuid])
    values = {"exit_kind": "DROPPED", "on": "05/09/2026"}
    response = client.sign_in(cast.loan).post(url, values)
    assert response.status_code == 422
    assert "on" in response.context["form"].errors


def test_class_opens_once(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    url = reverse("students:class_open", args=[cast.school_a.code])
    grade = str(cast.class_6a.grade_level_id)
    values = {"grade_level": grade, "name": "6C", "session": "MORNING"}
    assert client.post(url, values).status_code == 302
    second = client.post(url, {**values, "name": "6 c"})
    assert second.status_code == 422
    assert "name" in second.context["form"].errors


def test_empty_class_shows_the_first_thing_to_do(cast: Cast, client: Client) -> None:
    url = reverse("students:class", args=[cast.school_a.code, cast.class_7a.uuid])
    assert reverse("sheets:upload", args=["students"]) in (
        client.sign_in(cast.loan).get(url).content.decode()
    )


def test_unplaced_pupil_can_be_moved_into_a_class(cast: Cast, client: Client) -> None:
    student = make_student("Tạ Yến Nhi", school=cast.school_a)
    values = {
        "student": str(student.uuid),
        "class_uuid": str(cast.class_7a.uuid),
        "on": "23/11/2026",
    }
    url = reverse("students:move", args=[cast.school_a.code])
    assert client.sign_in(cast.loan).post(url, values).status_code == 302
    seat = ClassPlacement.objects.unscoped(because="a test").get(student=student)
    assert seat.homeroom_class == cast.class_7a


def test_who_returns_goes_on_with_the_old_record_and_number(cast: Cast, client: Client) -> None:
    """REC-04: a pupil who returns keeps the old number."""
    student = gone(cast, at_home=True)
    client.sign_in(cast.loan)
    values = typed(cast, entry_kind="RETURNED")
    asked = send(client, cast, values)
    assert asked.status_code == 422
    assert "1520" in asked.content.decode()
    assert 'name="goes_on"' in asked.content.decode()
    answer = send(client, cast, values | {"goes_on": "on"})
    assert answer["Location"] == reverse("students:record", args=[student.uuid])
    rows = Enrollment.objects.unscoped(because="a test").filter(student=student)
    again = rows.get(ends_on=None)
    assert (again.entry_kind, again.registry_number) == ("RETURNED", "1520")
    assert known("do thi ngoc anh") == 1
    assert client.get(answer["Location"]).status_code == 200


def test_another_of_that_name_is_still_possible(cast: Cast, client: Client) -> None:
    gone(cast, at_home=True)
    client.sign_in(cast.loan)
    assert send(client, cast, typed(cast, is_sure="on")).status_code == 302
    assert known("do thi ngoc anh") == 2


def test_who_comes_from_another_school_keeps_the_record(cast: Cast, client: Client) -> None:
    student = gone(cast, at_home=False)
    client.sign_in(cast.loan)
    answer = send(client, cast, typed(cast, personal_number="042315000777"))
    assert answer["Location"] == reverse("students:record", args=[student.uuid])
    assert known("do thi ngoc anh") == 1


def test_who_is_still_elsewhere_is_refused_with_what_to_do(cast: Cast, client: Client) -> None:
    student = gone(cast, at_home=False)
    Enrollment.objects.unscoped(because="a test").filter(student=student).update(ends_on=None)
    client.sign_in(cast.loan)
    answer = send(client, cast, typed(cast, personal_number="042315000777"))
    assert answer.status_code == 422
    assert known("do thi ngoc anh") == 1
