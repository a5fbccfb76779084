"""Correcting a record: faults kept, the second writer told, nothing lost."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW

from khuevan.platform.accounts.api import Person
from khuevan.registry.people.api import Address
from khuevan.registry.students import actions
from khuevan.registry.students.models import Guardianship, Student


def opened(client: Client, student: Student) -> dict[str, str]:
    """Return what the form holds as it is opened."""
    form = client.get(reverse("students:edit", args=[student.uuid])).context["form"]
    return {name: "" if value is None else str(value) for name, value in form.initial.items()}


def save(client: Client, student: Student, values: dict[str, Any]) -> Any:
    """Send the form."""
    return client.post(reverse("students:edit", args=[student.uuid]), values)


def stored(student: Student) -> Person:
    """Return the person as stored now."""
    return Person.objects.unscoped(because="a test").get(pk=student.person_id)


def test_change_is_saved_with_the_keys_that_follow(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {"full_name": "Phạm Minh Ánh"}
    response = save(client, cast.minh_anh, values)
    assert response.status_code == 302
    person = stored(cast.minh_anh)
    assert (person.full_name, person.search_name, person.version) == (
        "Phạm Minh Ánh",
        "pham minh anh",
        2,
    )


def test_nothing_changed_writes_nothing(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    save(client, cast.minh_anh, opened(client, cast.minh_anh))
    assert stored(cast.minh_anh).version == 1


def test_address_and_family_are_saved(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {
        "current": "Thôn 5, xã Đông Khê",
        "father_full_name": "Phạm Đức Tùng",
        "father_phone": "0912 345 705",
        "mother_occupation": "Giáo viên",
    }
    save(client, cast.minh_anh, values)
    address = Address.objects.unscoped(because="a test").get(
        person=cast.minh_anh.person, kind="CURRENT"
    )
    rows = Guardianship.objects.unscoped(because="a test").filter(student=cast.minh_anh)
    family = {row.relation: (row.guardian.full_name, row.occupation) for row in rows}
    assert address.detail == "Thôn 5, xã Đông Khê"
    assert family == {
        "MOTHER": ("Trịnh Thu Hường", "Giáo viên"),
        "FATHER": ("Phạm Đức Tùng", ""),
    }


def test_fault_comes_back_with_what_was_typed(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {
        "personal_number": "34315000482",
        "birth_date": "31/02/2015",
        "full_name": "Phạm Minh Ánh",
    }
    response = save(client, cast.minh_anh, values)
    content = response.content.decode()
    assert response.status_code == 422
    assert "34315000482" in content
    assert "31/02/2015" in content
    assert "Phạm Minh Ánh" in content
    assert stored(cast.minh_anh).version == 1


def test_number_of_another_is_refused_beside_the_field(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.student_6b) | {"personal_number": "042315000482"}
    response = save(client, cast.student_6b, values)
    assert response.status_code == 422
    assert "personal_number" in response.context["form"].errors


def someone_else_corrects(cast: Cast, **changes: Any) -> None:
    """Let Mr Hùng save a change while Ms Loan's form is open."""
    actions.correct_student(
        actor=actor_of(cast.hung), uuid=cast.minh_anh.uuid, version=1, changes=changes, now=NOW
    )


def test_second_writer_sees_both_values_and_who(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {"full_name": "Phạm Minh Ánh", "phone": "0912345678"}
    someone_else_corrects(cast, full_name="Phạm Minh Ảnh")
    response = save(client, cast.minh_anh, values)
    content = response.content.decode()
    assert response.status_code == 422
    assert response.context["other"].actor_label == "Hoàng Văn Hùng"
    assert [row["name"] for row in response.context["form"].clash_rows] == ["full_name"]
    assert "Phạm Minh Ánh" in content
    assert "Phạm Minh Ảnh" in content
    assert "0912345678" in content
    assert stored(cast.minh_anh).full_name == "Phạm Minh Ảnh"


def conflicting(cast: Cast, client: Client) -> dict[str, str]:
    """Return the form after a clash on the name, with a phone that only Ms Loan typed."""
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {"full_name": "Phạm Minh Ánh", "phone": "0912345678"}
    someone_else_corrects(cast, full_name="Phạm Minh Ảnh")
    form = save(client, cast.minh_anh, values).context["form"]
    kept = {name: "" if value is None else str(value) for name, value in form.initial.items()}
    return kept | {"clash": "full_name", "theirs_full_name": "Phạm Minh Ảnh"}


def test_clash_has_to_be_decided(cast: Cast, client: Client) -> None:
    values = conflicting(cast, client)
    response = save(client, cast.minh_anh, values)
    assert response.status_code == 422
    assert [row["name"] for row in response.context["form"].clash_rows] == ["full_name"]
    assert stored(cast.minh_anh).phone == ""


def test_keeping_mine_wins(cast: Cast, client: Client) -> None:
    values = conflicting(cast, client) | {"keep_full_name": "mine"}
    assert save(client, cast.minh_anh, values).status_code == 302
    person = stored(cast.minh_anh)
    assert (person.full_name, person.phone, person.version) == ("Phạm Minh Ánh", "0912345678", 3)


def test_taking_theirs_keeps_the_rest_of_mine(cast: Cast, client: Client) -> None:
    values = conflicting(cast, client) | {"keep_full_name": "theirs"}
    assert save(client, cast.minh_anh, values).status_code == 302
    person = stored(cast.minh_anh)
    assert (person.full_name, person.phone) == ("Phạm Minh Ảnh", "0912345678")


def test_changes_to_different_fields_fit_together(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {"phone": "0912345678"}
    someone_else_corrects(cast, birth_date=date(2015, 7, 19))
    response = save(client, cast.minh_anh, values)
    form = response.context["form"]
    assert form.clash_rows == []
    assert form.initial["birth_date"] == "19/07/2015"
    again = {name: "" if value is None else str(value) for name, value in form.initial.items()}
    assert save(client, cast.minh_anh, again).status_code == 302
    person = stored(cast.minh_anh)
    assert (person.birth_date, person.phone) == (date(2015, 7, 19), "0912345678")


def test_same_form_sent_twice_is_saved_once(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {"full_name": "Phạm Minh Ánh"}
    assert save(client, cast.minh_anh, values).status_code == 302
    assert save(client, cast.minh_anh, values).status_code == 302
    assert stored(cast.minh_anh).version == 2


def test_base_that_is_no_json_does_not_break_the_page(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    values = opened(client, cast.minh_anh) | {"base": "["}
    assert save(client, cast.minh_anh, values).status_code == 302
    assert json.loads(opened(client, cast.minh_anh)["base"])["full_name"] == "Phạm Minh Anh"


def test_opening_the_form_is_noted(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    opened(client, cast.minh_anh)
    page = client.sign_in(cast.huong).get(reverse("students:views", args=[cast.minh_anh.uuid]))
    assert "Phan Thị Loan" in page.content.decode()
