"""Pupils for programs: the same walls as the pages."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from tests.cast import Cast, Client

from khuevan.platform.access.api import Role
from khuevan.platform.audit.api import AuditEntry, RecordView
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.students.models import ClassPlacement, Enrollment
from khuevan.registry.students.rest.students import Missing
from khuevan.registry.students.selectors import LACKING
from khuevan.registry.students.tests.leavers import gone

API = "/api/v1/students"


def post(client: Client, url: str, body: dict[str, Any], **headers: str) -> Any:
    """Send a JSON body."""
    return client.post(url, body, content_type="application/json", headers=headers)


def new_pupil(cast: Cast, **changes: Any) -> dict[str, Any]:
    """Return a pupil to be registered in class 6A."""
    body = {
        "school": cast.school_a.code,
        "class_uuid": str(cast.class_6a.uuid),
        "starts_on": "2026-11-23",
        "full_name": "Đỗ Thị Ngọc Ánh",
        "sex": "FEMALE",
        "birth_date": "2015-02-09",
    }
    return body | changes


@pytest.mark.parametrize(
    ("name", "count"), [("lan", 3), ("loan", 4), ("mai", 1), ("binh", 6), ("huong", 2)]
)
def test_list_is_what_the_actor_reaches(cast: Cast, client: Client, name: str, count: int) -> None:
    asked = {"purpose": "REPORT"} if name == "binh" else {}
    answer = client.sign_in(getattr(cast, name)).get(API, asked).json()
    assert len(answer["items"]) == count
    assert answer["next"] == ""


def test_an_office_says_what_it_needs_the_names_for_and_that_is_kept(
    cast: Cast, client: Client
) -> None:
    asked = client.sign_in(cast.binh).get(API)
    assert (asked.status_code, asked.json()["code"]) == (428, "students.list_purpose_needed")
    assert "?purpose=REPORT" in asked.json()["detail"]
    assert client.get(API, {"purpose": "..."}).status_code == 422
    assert client.get(API, {"purpose": "REPORT"}).status_code == 200
    log = AuditEntry.objects.unscoped(because="test").filter(code="students.list_given")
    assert [entry.details for entry in log] == [{"count": 6, "purpose": "REPORT"}]


@pytest.mark.parametrize("name", ["thanh", "hien"])
def test_list_is_absent_without_the_permission(cast: Cast, client: Client, name: str) -> None:
    assert client.sign_in(getattr(cast, name)).get(API).status_code == 404


def test_list_narrows(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    by_school = client.get(API, {"school": cast.school_b.code, "purpose": "REPORT"}).json()["items"]
    assert [one["full_name"] for one in by_school] == ["Hồ Đăng Khoa"]
    missing = client.get(
        API, {"missing": "personal-number", "q": "anh", "purpose": "REPORT"}
    ).json()["items"]
    assert {one["full_name"] for one in missing} == {"Trần Đức Anh"}


def test_list_shows_nothing_sensitive(cast: Cast, client: Client) -> None:
    text = client.sign_in(cast.loan).get(API).content.decode()
    assert "042315000482" not in text
    assert "042315 ••• 482" in text
    assert "ethnicity" not in text


def test_record_is_noted_and_carries_its_version(cast: Cast, client: Client) -> None:
    answer = client.sign_in(cast.lan).get(f"{API}/{cast.minh_anh.uuid}").json()
    assert (answer["class_name"], answer["version"]) == ("6A", 1)
    views = RecordView.objects.unscoped(because="a test")
    assert views.filter(person_id=cast.minh_anh.person_id).count() == 1


def test_record_of_another_school_is_absent(cast: Cast, client: Client) -> None:
    assert client.sign_in(cast.mai).get(f"{API}/{cast.minh_anh.uuid}").status_code == 404


@pytest.mark.parametrize(("name", "status"), [("loan", 200), ("huong", 200), ("lan", 404)])
def test_sensitive_facts_are_asked_for_by_post(
    cast: Cast, client: Client, name: str, status: int
) -> None:
    url = f"{API}/{cast.minh_anh.uuid}/sensitive"
    response = post(client.sign_in(getattr(cast, name)), url, {})
    assert response.status_code == status
    if status == 200:
        assert response.json()["personal_number"] == "042315000482"


def test_register_with_a_key_happens_once(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    headers = {"Idempotency-Key": "form-17"}
    first, second = (post(client, API, new_pupil(cast), **headers) for _ in range(2))
    assert first.status_code == 200
    assert first.json()["uuid"] == second.json()["uuid"]
    assert len(client.get(API, {"q": "ngoc anh do"}).json()["items"]) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"unknown": 1},
        {"personal_number": "123"},
        {"sex": "X"},
        {"birth_date": "31/02/2015"},
        {"full_name": " "},
    ],
)
def test_body_that_does_not_fit_is_refused(
    cast: Cast, client: Client, changes: dict[str, Any]
) -> None:
    response = post(client.sign_in(cast.loan), API, new_pupil(cast, **changes))
    assert response.status_code == 422
    assert response["Content-Type"].startswith("application/problem+json")


def test_class_of_another_school_is_absent(cast: Cast, client: Client) -> None:
    body = new_pupil(cast, class_uuid=str(cast.class_b.uuid))
    assert post(client.sign_in(cast.loan), API, body).status_code == 404


def test_teacher_registers_nobody(cast: Cast, client: Client) -> None:
    assert post(client.sign_in(cast.lan), API, new_pupil(cast)).status_code == 404


def test_correction_on_an_old_version_is_a_conflict(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = f"{API}/{cast.minh_anh.uuid}/corrections"
    body = {"version": 1, "phone": "0912345678"}
    assert post(client, url, body).json()["version"] == 2
    second = post(client, url, body)
    assert (second.status_code, second.json()["code"]) == (409, "students.record_changed")


def test_correction_leaves_what_it_does_not_name(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = f"{API}/{cast.minh_anh.uuid}/corrections"
    answer = post(client, url, {"version": 1, "full_name": "Phạm Minh Ánh"}).json()
    assert (answer["full_name"], answer["birth_date"]) == ("Phạm Minh Ánh", "2015-07-18")


def test_placement_moves_the_pupil(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = f"{API}/{cast.minh_anh.uuid}/placements"
    body = {"class_uuid": str(cast.class_6b.uuid), "on": "2026-11-23"}
    assert post(client, url, body).json()["class_name"] == "6B"
    again = post(client, url, body)
    assert (again.status_code, again.json()["code"]) == (409, "students.already_in_class")
    rows = ClassPlacement.objects.unscoped(because="a test").filter(student=cast.minh_anh)
    assert rows.count() == 2


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"full_name": "12345"}, "people.not_a_name"),
        ({"full_name": "..."}, "people.not_a_name"),
        ({"birth_date": "2090-01-01"}, "people.impossible_birth"),
        ({"birth_date": "1899-01-01"}, "people.impossible_birth"),
        ({"phone": "abc <x>"}, "students.not_a_phone"),
        ({"ethnicity_code": "ZZ"}, "students.unknown_ethnic_group"),
        (
            {"guardians": [{"relation": "MOTHER", "full_name": "0", "phone": ""}]},
            "people.not_a_name",
        ),
    ],
)
def test_a_program_may_write_no_more_than_the_page(
    cast: Cast, client: Client, changes: dict[str, Any], code: str
) -> None:
    client.sign_in(cast.loan)
    url = f"{API}/{cast.minh_anh.uuid}"
    version = client.get(url).json()["version"]
    answers = (
        post(client, API, new_pupil(cast, **changes)),
        post(client, f"{url}/corrections", {"version": version, **changes}),
    )
    assert [answer.status_code for answer in answers] == [409, 409]
    assert [answer.json()["code"] for answer in answers] == [code, code]
    assert client.get(url).json()["version"] == version


def test_a_phone_is_kept_without_blanks(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = f"{API}/{cast.minh_anh.uuid}"
    version = client.get(url).json()["version"]
    body = {"version": version, "phone": "+84 912.345.678"}
    assert post(client, f"{url}/corrections", body).status_code == 200
    cast.minh_anh.person.refresh_from_db()
    assert cast.minh_anh.person.phone == "0912345678"


@pytest.mark.parametrize("value", [{"ethnicity_code": "02"}, {"personal_number": "042315000999"}])
def test_what_one_may_not_see_one_may_not_write(
    cast: Cast, client: Client, value: dict[str, str]
) -> None:
    role = Role.objects.get(code="school_clerk")
    role.permissions = [code for code in role.permissions if code != VIEW_SENSITIVE.code]
    role.save()
    client.sign_in(cast.loan)
    url = f"{API}/{cast.minh_anh.uuid}"
    version = client.get(url).json()["version"]
    answers = (
        post(client, API, new_pupil(cast, **value)),
        post(client, f"{url}/corrections", {"version": version, **value}),
    )
    assert [answer.json()["code"] for answer in answers] == ["students.sensitive_not_yours"] * 2


def test_a_gap_that_is_none_is_refused(cast: Cast, client: Client) -> None:
    assert set(get_args(Missing)) == set(LACKING)
    client.sign_in(cast.loan)
    assert client.get(API, {"missing": "nothing"}).status_code == 422
    assert client.get(API, {"school": "nowhere"}).status_code == 404


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_nobody_comes_or_moves_on_an_impossible_day(cast: Cast, client: Client, day: str) -> None:
    client.sign_in(cast.loan)
    place = f"{API}/{cast.minh_anh.uuid}/placements"
    answers = (
        post(client, API, new_pupil(cast, starts_on=day)),
        post(client, place, {"class_uuid": str(cast.class_6b.uuid), "on": day}),
    )
    assert [answer.json()["code"] for answer in answers] == ["students.impossible_day"] * 2


@pytest.mark.parametrize(
    "name", ['=HYPERLINK("x")', "@SUM", "<script>alert(x)</script>", "An\uffff"]
)
def test_a_name_is_letters(cast: Cast, client: Client, name: str) -> None:
    answer = post(client.sign_in(cast.loan), API, new_pupil(cast, full_name=name))
    assert answer.json()["code"] == "people.not_a_name"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b'{"school": "\\u0000"}', "text/plain"),
        (b'{"school": "\\ud800"}', "application/json"),
        ('{"school": "x"}'.encode("utf-16"), "application/json"),
    ],
)
def test_what_is_no_text_is_refused(cast: Cast, client: Client, body: bytes, kind: str) -> None:
    client.sign_in(cast.loan)
    assert client.post(API, body, content_type=kind).status_code == 422


def test_private_facts_are_asked_for_anew_each_time(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    url = f"{API}/{cast.minh_anh.uuid}/sensitive"
    for times in (1, 2):
        assert post(client, url, {}, **{"Idempotency-Key": "k"}).status_code == 200
        views = RecordView.objects.unscoped(because="a test").filter(what="sensitive")
        assert views.count() == times


def test_who_returns_is_asked_about_and_goes_on(cast: Cast, client: Client) -> None:
    student = gone(cast, at_home=True)
    client.sign_in(cast.loan)
    body = new_pupil(cast, full_name="Đỗ Thị Ngọc Ánh", birth_date="2015-02-09", sex="FEMALE")
    asked = post(client, API, body)
    assert (asked.status_code, asked.json()["code"]) == (409, "students.known_here")
    again = post(client, API, body | {"known": "GOES_ON"})
    assert (again.status_code, again.json()["uuid"]) == (200, str(student.uuid))
    row = Enrollment.objects.unscoped(because="a test").get(student=student, ends_on=None)
    assert (row.entry_kind, row.registry_number) == ("RETURNED", "1520")
    twice = post(client, API, body)
    assert (twice.status_code, twice.json()["code"]) == (409, "students.on_roll_already")
    other = post(client, API, body | {"known": "ANOTHER"})
    assert other.status_code == 200
    assert other.json()["uuid"] != str(student.uuid)


def test_who_comes_from_another_school_keeps_the_record(cast: Cast, client: Client) -> None:
    student = gone(cast, at_home=False)
    client.sign_in(cast.loan)
    body = new_pupil(
        cast,
        full_name="Đỗ Thị Ngọc Ánh",
        birth_date="2015-02-09",
        sex="FEMALE",
        personal_number="042315000777",
    )
    came = post(client, API, body)
    assert (came.status_code, came.json()["uuid"]) == (200, str(student.uuid))
    assert came.json()["class_name"] == "6A"


def test_a_class_of_another_year_is_refused_with_a_sentence(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    answer = post(client, API, new_pupil(cast, starts_on="2026-01-12"))
    assert answer.json()["code"] == "students.other_years_class"
    assert "6A" in answer.json()["detail"]
    gone(cast, at_home=True)
    known = new_pupil(cast, starts_on="2026-01-12", known="GOES_ON")
    assert post(client, API, known).json()["code"] == "students.other_years_class"
