"""Every page and reading endpoint asks the database as often for 45 rows as for 5, and no more.

The numbers stand in budgets.json; KHUEVAN_WRITE_BUDGETS=1 writes them anew, to be read as a change.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, reset_queries, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import RecordView
from khuevan.platform.jobs.api import Job, JobState
from khuevan.platform.notifications.kinds import kinds as notification_kinds
from khuevan.platform.notifications.models import Notification
from khuevan.school.timetable.boards import forget_desks
from tests.cast import Client
from tests.factories import (
    NOW,
    TODAY,
    make_class,
    make_commune,
    make_grant,
    make_guardian_data,
    make_person,
    make_school,
    make_staff,
    make_students,
    make_user,
    numbered_names,
)
from tests.walls.apps import make_all
from tests.walls.enumerate import Route, all_routes
from tests.walls.routes import ROUTES
from tests.walls.shapes import Sample
from tests.walls.test_route_matrix import address
from tests.walls.world import World, make_world, undone

pytestmark = pytest.mark.xdist_group("budgets")
"""One process counts them all: two would make both worlds twice."""
PATH = Path(__file__).with_name("budgets.json")
WRITE = "KHUEVAN_WRITE_BUDGETS"
FEW, MANY = 5, 45
REFUSED = -1
"""Stands for a page that is not for this caller: one that acts in a school, at the province."""

READ = [route for route in all_routes() if route.method == "GET" and route.key in ROUTES]
BY_UNIT = "of a school"
BY_PROVINCE = "of the province"
OPENED = [
    (route, place)
    for route in READ
    for place in (BY_UNIT, BY_PROVINCE)
    if not (ROUTES[route.key].own if place == BY_PROVINCE else ROUTES[route.key].at_province)
]

ASKED_WHY = {
    "GET /api/v1/students/<uuid>",
    *(f"students:{part}" for part in ("record", "family", "schooling", "history", "views", "edit")),
    "students:leave",
    *(f"students:break_{part}" for part in ("new", "end")),
    *(f"students:guardian_{part}" for part in ("new", "limit", "end")),
    "students:limit_lift",
    "GET /api/v1/students/<uuid>/guardians",
    "GET /api/v1/students/<uuid>/schooling",
}
"""Pages of a record, which whoever is of another place opens after saying why."""

Counts = dict[str, tuple[int, int]]


def _key(route: Route, place: str) -> str:
    return f"{route.key}, {place}"


@pytest.fixture(scope="module")
def counts(django_db_setup: None, django_db_blocker: Any) -> Counts:
    """Give how many queries each page takes in a small and in a large world, by its key."""
    outer = transaction.atomic()
    outer._from_testcase = True  # type: ignore[attr-defined]  # as around every test with a database
    with django_db_blocker.unblock(), override_settings(PINNED_TODAY=TODAY), outer:
        found = _measured()
        transaction.set_rollback(True)
    if os.environ.get(WRITE):
        _write(found)
    return found


def _measured() -> Counts:
    world = make_world()
    make_all(world)
    people = {
        BY_UNIT: world.person(world.everything),
        BY_PROVINCE: world.person(world.everything, at=world.province),
    }
    _grow(world, people, FEW, name="Ít")
    few = _all_counts(world, people)
    _grow(world, people, MANY - FEW, name="Nhiều")
    many = _all_counts(world, people)
    return {key: (few[key], many[key]) for key in few}


def _grow(world: World, people: dict[str, Person], size: int, *, name: str) -> None:
    """Add as many rows of everything that pages list."""
    cast = world.cast
    commune = make_commune(f"UBND xã {name}")
    mother = make_guardian_data(f"Mẹ {name}", phone="")
    make_students(numbered_names(size), homeroom_class=cast.class_6a, guardians=(mother,))
    kind = next(iter(notification_kinds)).code
    for number in range(size):
        make_school(f"Trường THCS {name} {number}", commune=commune)
        make_class(f"8{name}{number}", school=cast.school_a, grade="8")
        colleague = make_staff(f"Trần Văn {name}", school=cast.school_a, teaches=[cast.class_6a])
        make_user(colleague.person)
        make_grant(make_person(f"Lý Thị {name}"), "school_clerk", unit=cast.school_a.unit)
        RecordView.objects.create(
            at=NOW,
            viewer_person_id=colleague.person_id,
            viewer_label=colleague.person.full_name,
            viewer_role="",
            person_id=cast.minh_anh.person_id,
            unit_id=cast.school_a.pk,
            what="students.overview",
        )
        for person in (*people.values(), cast.loan):
            Notification.objects.create(person=person, kind=kind, params={}, created_at=NOW)
            Job.objects.create(
                kind="sheets.apply",
                state=(JobState.QUEUED, JobState.DONE)[number % 2],
                title_params={"name": "a.xlsx"},
                owner=person,
                owner_label=person.full_name,
                unit=cast.school_a.unit,
                created_at=NOW,
            )


def _all_counts(world: World, people: dict[str, Person]) -> dict[str, int]:
    return {_key(route, place): _queries(world, route, people[place]) for route, place in OPENED}


def _queries(world: World, route: Route, person: Person) -> int:
    """Return the queries of a page that nobody opened before: nothing is remembered."""
    sample = ROUTES[route.key]
    url = address(route, sample.kwargs(world)) + sample.query(world)
    with undone():
        client = Client().sign_in(_reader(world, sample, person))
        if route.key in ASKED_WHY:
            why = reverse("students:purpose", args=[sample.kwargs(world)["uuid"]])
            client.post(why, {"purpose": "INSPECTION"})
        cache.clear()
        forget_desks()
        reset_queries()  # the log holds 9,000, then the oldest fall out and none are counted
        with CaptureQueriesContext(connection) as asked:
            response = client.get(url)
            if response.streaming:
                b"".join(response)
    return len(asked) if response.status_code in {200, 302} else REFUSED


def _reader(world: World, sample: Sample, person: Person) -> Person:
    """Return who opens a page: its only reader, or whoever stands where it makes sense."""
    if sample.own:
        reader: Person = sample.own(world)
        return reader
    return world.person(world.everything, at=sample.at(world)) if sample.at else person


def _write(found: Counts) -> None:
    agreed = {key: max(both) for key, both in found.items()}
    PATH.write_text(json.dumps(agreed, indent=1, sort_keys=True) + "\n", "utf-8")


def test_every_budget_is_of_a_page_that_is_there() -> None:
    agreed = json.loads(PATH.read_text("utf-8"))
    assert agreed.keys() == {_key(route, place) for route, place in OPENED}


@pytest.mark.parametrize(("route", "place"), OPENED, ids=lambda one: getattr(one, "key", one))
def test_a_page_keeps_to_its_budget(counts: Counts, route: Route, place: str) -> None:
    few, many = counts[_key(route, place)]
    assert many != REFUSED or place == BY_PROVINCE, "the page was refused"
    assert few == many, f"{few} queries for {FEW} rows, {many} for {MANY}"
    budget = json.loads(PATH.read_text("utf-8")).get(_key(route, place))
    assert budget is not None, f"run once with {WRITE}=1 and read the number"
    assert many <= budget, f"{many} queries, {budget} agreed"
