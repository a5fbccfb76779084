"""No page costs more queries because a class, a school or a province is bigger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import (
    make_full_class,
    make_guardian_data,
    make_province,
    make_school,
    make_staff,
    make_student,
)

from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.students.models import Student

BUDGETS: dict[str, int] = json.loads(
    (Path(__file__).parents[5] / "tests" / "budgets.json").read_text()
)
ROUTES = {
    "schools:list": "binh",
    "schools:school": "hung",
    "schools:history": "hung",
    "staff:list": "binh",
    "staff:school": "hung",
    "students:list": "binh",
    "students:print": "hung",
    "students:export": "hung",
    "students:school": "hung",
    "students:classes": "hung",
    "students:class": "hung",
    "students:class_print": "hung",
    "students:class_pdf": "hung",
    "students:record": "hung",
    "students:family": "hung",
    "students:schooling": "hung",
    "students:history": "hung",
    "students:views": "hung",
    "students:edit": "hung",
    "students:new": "hung",
}


def budget_of(route: str) -> int:
    """Return what was agreed for a page, whoever asks for it."""
    return max(most for key, most in BUDGETS.items() if key.partition(",")[0] == route)


def address(route: str, school: School, room: HomeroomClass, student: Student) -> str:
    """Return a page about a school, a class or a pupil."""
    name = route.partition(":")[2]
    if route in {"schools:list", "staff:list"} or name in {"list", "print", "export"}:
        return reverse(route)
    if name in {"class", "class_print", "class_pdf"}:
        return reverse(route, args=[school.code, room.uuid])
    if name in {"record", "family", "schooling", "views", "edit"} or route == "students:history":
        return reverse(route, args=[student.uuid])
    return reverse(route, args=[school.code])


def queries(client: Client, url: str) -> int:
    """Return how many statements a page sends."""
    with CaptureQueriesContext(connection) as sent:
        assert client.get(url).status_code == 200
    return len(sent)


def grow(cast: Cast) -> HomeroomClass:
    """Make everything bigger: a full class, more classes, staff, schools and families."""
    for number in (6, 7, 8, 9):
        make_full_class(f"{number}K", school=cast.school_a, size=5)
    for number in range(12):
        make_staff(f"Ngô Thùy {chr(65 + number)}", school=cast.school_a, teaches=[cast.class_6a])
    for number in range(3):
        commune = make_province()
        make_school(f"Trường THCS Số {chr(65 + number)}", commune=commune)
    return make_full_class("8A", school=cast.school_a, size=44)


@pytest.mark.parametrize("route", ROUTES)
def test_page_stays_within_its_budget_whatever_the_size(
    cast: Cast, client: Client, route: str
) -> None:
    client.sign_in(getattr(cast, ROUTES[route]))
    small_url = address(route, cast.school_a, cast.class_6a, cast.minh_anh)
    queries(client, small_url)  # what is looked up once a process
    small = queries(client, small_url)
    room = grow(cast)
    guardians = [make_guardian_data(), make_guardian_data("Phạm Đức Tùng", relation="FATHER")]
    student = make_student("Phạm Minh Châu", homeroom_class=room, guardians=guardians)
    large = queries(client, address(route, cast.school_a, room, student))
    assert large <= max(small, budget_of(route)), f"{route}: {small} queries grew to {large}"
    assert small <= budget_of(route), f"{route}: {small} queries, budget {budget_of(route)}"
