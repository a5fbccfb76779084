"""Each page of a pupil and a class for each of the cast: open, absent, or sign in first."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.cast import Cast, Client

ALL = ("lan", "hung", "loan", "toan", "mai", "binh", "hoa", "thanh", "hien", "huong", "minh_anh")
RECORD = {"lan", "hung", "loan", "toan", "binh", "hoa", "huong", "minh_anh"}
FAMILY = {"lan", "hung", "loan", "huong", "minh_anh"}
OFFICE = {"hung", "loan"}
CLASS = {"lan", "hung", "loan", "toan", "binh", "hoa", "thanh"}
SCHOOL = CLASS
LISTS = {"lan", "hung", "loan", "toan", "mai", "binh", "hoa", "huong", "minh_anh"}
OUTSIDE = {"binh", "hoa"}
"""Asked first what they open a record for."""
ASKED_WHY = {"students:record", "students:schooling", "students:history"}
EXPORTS = {"lan", "hung", "loan"}

AT_HOME = {"huong", "minh_anh"}
GET = {
    "students:record": (RECORD, "student"),
    "students:family": (FAMILY, "student"),
    "students:schooling": (RECORD, "student"),
    "students:history": (RECORD, "student"),
    "students:views": ({"hung", "huong", "minh_anh"}, "student"),
    "students:edit": (OFFICE, "student"),
    "students:leave": (OFFICE, "student"),
    "students:list": (LISTS - AT_HOME, ""),
    "students:print": (EXPORTS | {"mai"}, ""),
    "students:export": (EXPORTS | {"mai"}, ""),
    "students:school": (SCHOOL - {"thanh"}, "school"),
    "students:classes": (CLASS, "school"),
    "students:class": (CLASS, "class"),
    "students:class_print": (CLASS, "class"),
    "students:class_pdf": (EXPORTS, "class"),
    "students:class_open": (OFFICE, "school"),
    "students:new": (OFFICE, "school"),
}


def address(cast: Cast, route: str, kind: str) -> str:
    """Return the address of a route about class 6A of school A."""
    args: dict[str, list[object]] = {
        "student": [cast.minh_anh.uuid],
        "school": [cast.school_a.code],
        "class": [cast.school_a.code, cast.class_6a.uuid],
        "": [],
    }
    return reverse(route, args=args[kind])


@pytest.mark.parametrize("name", ALL)
def test_pages_open_for_whoever_may_and_are_absent_for_others(
    cast: Cast, client: Client, name: str
) -> None:
    client.sign_in(getattr(cast, name))
    for route, (allowed, kind) in GET.items():
        expected = 200 if name in allowed else 404
        if route == "students:list" and name in AT_HOME:
            expected = 302  # their children stand on their home; a list is for those who work
        if name in OUTSIDE and route in ASKED_WHY:
            expected = 302
        assert client.get(address(cast, route, kind)).status_code == expected, route


def test_signed_out_is_sent_to_sign_in(cast: Cast, client: Client) -> None:
    for route, (_allowed, kind) in GET.items():
        response = client.get(address(cast, route, kind))
        assert response.status_code == 302, route
        assert "/login" in response["Location"]


@pytest.mark.parametrize("name", ALL)
def test_private_facts_are_shown_to_office_and_family(
    cast: Cast, client: Client, name: str
) -> None:
    url = reverse("students:sensitive", args=[cast.minh_anh.uuid])
    response = client.sign_in(getattr(cast, name)).post(url)
    allowed = {"hung", "loan", "huong", "minh_anh"}
    assert response.status_code == (200 if name in allowed else 404)
    assert ("042315 000 482" in response.content.decode()) == (name in allowed)


@pytest.mark.parametrize("name", ["lan", "toan", "mai", "binh", "hoa", "huong", "minh_anh"])
def test_writing_is_absent_for_everybody_but_the_office(
    cast: Cast, client: Client, name: str
) -> None:
    client.sign_in(getattr(cast, name))
    code, pupil = cast.school_a.code, cast.minh_anh
    for url in (
        reverse("students:edit", args=[pupil.uuid]),
        reverse("students:leave", args=[pupil.uuid]),
        reverse("students:new", args=[code]),
        reverse("students:move", args=[code]),
        reverse("students:class_open", args=[code]),
    ):
        assert client.post(url, {"student": str(pupil.uuid)}).status_code == 404, url


def test_class_of_another_school_is_absent_under_this_one(cast: Cast, client: Client) -> None:
    url = reverse("students:class", args=[cast.school_b.code, cast.class_6a.uuid])
    assert client.sign_in(cast.binh).get(url).status_code == 404


def test_teacher_opens_her_class_and_no_other(cast: Cast, client: Client) -> None:
    client.sign_in(cast.lan)
    for room, status in ((cast.class_6a, 200), (cast.class_6b, 404), (cast.class_b, 404)):
        url = reverse("students:class", args=[room.school.code, room.uuid])
        assert client.get(url).status_code == status
