"""Every route, called signed out, from another school, without its permission, and with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.urls import reverse

from khuevan.kernel.actor import PUBLIC, SIGNED_IN
from tests.cast import Client
from tests.walls.enumerate import Route, all_routes
from tests.walls.routes import ROUTES, Sample
from tests.walls.world import SECRETS, World, make_world

LEFT_TO_OTHERS = ("account_", "mfa_", "ui:")
"""Public or one's own by nature: sign-in, second step, health, design. Their own tests look closer."""

CHECKED = [r for r in all_routes() if not r.name.startswith(LEFT_TO_OTHERS)]
GUARDED = [r for r in CHECKED if r.permission is not PUBLIC and r.name in ROUTES]
STATED = [r for r in GUARDED if r.permission is not SIGNED_IN]
OWN = [r for r in GUARDED if r.permission is SIGNED_IN]
ABSENT = {404, 405}


def _id(route: Route) -> str:
    return f"{route.method} {route.name}"


@pytest.fixture
def world(db: None, pinned_day: None) -> World:
    return make_world()


@pytest.mark.parametrize("route", all_routes(), ids=_id)
def test_every_route_states_its_permission(route: Route) -> None:
    assert route.permission is not None, f"{route.pattern} does not pass through @page or a Router"


@pytest.mark.parametrize("route", CHECKED, ids=_id)
def test_every_route_has_a_row(route: Route) -> None:
    if route.permission is not PUBLIC:
        assert route.name in ROUTES, f"add {route.name} ({route.pattern}) to tests/walls/routes.py"


@pytest.mark.parametrize("route", GUARDED, ids=_id)
def test_signed_out_gets_nothing(world: World, route: Route) -> None:
    response = _call(Client(), route, world)
    assert response.status_code in {302, 401}, response.status_code
    if response.status_code == 302:
        assert response.headers["Location"].startswith(reverse("account_login"))
    _assert_no_secret(response)


@pytest.mark.parametrize("route", STATED, ids=_id)
def test_without_the_permission_it_is_absent(world: World, route: Route) -> None:
    assert route.permission is not None
    client = world.caller(world.everything - {route.permission.code}, at=_place(world, route))
    response = _call(client, route, world)
    assert response.status_code in ABSENT, response.status_code
    _assert_no_secret(response)


@pytest.mark.parametrize("route", GUARDED, ids=_id)
def test_a_stranger_school_sees_nothing(world: World, route: Route) -> None:
    sample = ROUTES[route.name]
    kwargs = sample.kwargs(world)
    client = world.caller(world.everything, at=world.cast.school_b.unit)
    response = _call(client, route, world)
    if kwargs and not sample.shared:
        assert response.status_code in ABSENT, response.status_code
    _assert_no_secret(response)


@pytest.mark.parametrize("route", GUARDED, ids=_id)
def test_with_the_permission_it_opens(world: World, route: Route) -> None:
    sample = ROUTES[route.name]
    assert route.permission is not None
    own = sample.own(world) if sample.own else None
    codes = {route.permission.code, *sample.also}
    client = Client().sign_in(own) if own else world.caller(codes, at=_place(world, route))
    response = _call(client, route, world)
    assert response.status_code in sample.good, response.status_code


def _place(world: World, route: Route) -> Any:
    return world.province if ROUTES[route.name].at_province else None


def _call(client: Client, route: Route, world: World) -> HttpResponseBase:
    sample: Sample = ROUTES[route.name]
    url = reverse(route.name, kwargs=sample.kwargs(world)) + sample.query(world)
    kind = "application/json" if route.kind == "rest" else None
    if route.method == "GET":
        return client.get(url)
    data = sample.data(world)
    if kind:
        return client.generic(route.method, url, json.dumps(data), content_type=kind)
    return client.post(url, data)


def _assert_no_secret(response: HttpResponseBase) -> None:
    content = b"".join(response) if response.streaming else getattr(response, "content", b"")
    text = content.decode("utf-8", "replace")
    assert not [secret for secret in SECRETS if secret in text]
