"""Every route, called signed out, from another school, without its permission, and with it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django.urls import reverse

from khuevan.kernel.actor import PUBLIC, SIGNED_IN
from tests.cast import Client
from tests.walls.agreed import PATH, STATED, WRITE, stated_by_the_code
from tests.walls.deeds import DEEDS, IN_THE_SESSION, rows_of
from tests.walls.enumerate import Route, all_routes
from tests.walls.routes import ROUTES
from tests.walls.shapes import Deed
from tests.walls.world import SECRETS, World, undone

LEFT_TO_OTHERS = ("account_", "mfa_", "ui:")
"""Public or one's own by nature: sign-in, second step, health, design; tested on their own."""

CHECKED = [r for r in all_routes() if not r.name.startswith(LEFT_TO_OTHERS)]
GUARDED = [r for r in CHECKED if r.key in ROUTES and STATED.get(r.line) != PUBLIC.code]
ABSENT = {404, 405}


def _id(route: Route) -> str:
    return f"{route.method} {route.name}"


@pytest.mark.parametrize("route", all_routes(), ids=_id)
def test_every_route_states_its_permission(route: Route) -> None:
    assert route.permission is not None, f"{route.pattern} does not pass through @page or a Router"


@pytest.mark.parametrize("route", all_routes(), ids=_id)
def test_the_permission_is_the_one_agreed(route: Route) -> None:
    """Weakening a route takes a second change, in the table, which is seen."""
    assert route.permission is not None
    assert STATED.get(route.line) == route.permission.code, (
        f"{route.line} needs {route.permission.code} now; if that is meant, run the tests once "
        f"with {WRITE}=1 and read what changed in {PATH.name}"
    )


@pytest.mark.parametrize("route", CHECKED, ids=_id)
def test_every_route_has_a_row(route: Route) -> None:
    if route.permission is not PUBLIC:
        assert route.key in ROUTES, f"add {route.key} ({route.pattern}) to tests/walls/routes.py"


@pytest.mark.parametrize("route", [r for r in GUARDED if r.method != "GET"], ids=_id)
def test_every_post_is_sent_what_it_is_for(route: Route) -> None:
    assert (route.key in DEEDS) != (route.key in IN_THE_SESSION), f"add {route.key} to deeds.py"


def test_no_deed_is_of_a_route_that_is_gone() -> None:
    assert DEEDS.keys() | IN_THE_SESSION <= {route.key for route in GUARDED}


def test_no_row_is_of_a_route_that_is_gone() -> None:
    assert ROUTES.keys() - {route.key for route in all_routes()} == set()


def test_nothing_is_agreed_of_what_is_gone() -> None:
    assert STATED.keys() - stated_by_the_code().keys() == set()


@pytest.mark.parametrize("route", GUARDED, ids=_id)
def test_only_those_who_may_get_an_answer(world: World, route: Route) -> None:
    """Four callers in one world; what each of them did is undone."""
    ROUTES[route.key].kwargs(world)  # what the row names is made before anybody calls
    for caller in (_signed_out, _without_the_permission, _stranger, _with_the_permission):
        with undone():
            caller(world, route)


def _signed_out(world: World, route: Route) -> None:
    response = _refused(Client(), route, world)
    if response.status_code == 302:
        assert response.headers["Location"].startswith(reverse("account_login"))
    else:  # a page that keeps what was typed, or a problem for programs
        assert response.status_code == 401, f"signed out: {response.status_code}"
    _assert_no_secret(response, "signed out")


def _without_the_permission(world: World, route: Route) -> None:
    needed = STATED[route.line]
    if needed == SIGNED_IN.code:
        return
    client = world.caller(world.everything - {needed}, at=_place(world, route))
    response = _refused(client, route, world)
    assert response.status_code in ABSENT, f"without the permission: {response.status_code}"
    _assert_no_secret(response, "without the permission")


def _stranger(world: World, route: Route) -> None:
    sample, deed = ROUTES[route.key], _deed(route)
    client = world.caller(world.everything, at=world.cast.school_b.unit)
    call = _call if deed and deed.is_own else _refused
    response = call(client, route, world)
    if sample.kwargs(world) and not sample.shared:
        assert response.status_code in ABSENT, f"another school: {response.status_code}"
    _assert_no_secret(response, "another school")


def _with_the_permission(world: World, route: Route) -> None:
    """What is asked for is done: the answer is the one of success, and the table tells."""
    sample, deed = ROUTES[route.key], _deed(route)
    own = (deed and deed.by) or sample.own
    codes = {STATED[route.line], *sample.also}
    client = Client().sign_in(own(world)) if own else world.caller(codes, at=_place(world, route))
    before = rows_of(deed.changes) if deed else []
    response = _call(client, route, world)
    if route.method == "GET":
        assert response.status_code == sample.status, "with the permission"
    elif deed:
        assert response.status_code == deed.status, f"with the permission: {_said(response)}"
        assert rows_of(deed.changes) != before, f"{deed.changes.__name__}: {_said(response)}"


def _refused(client: Client, route: Route, world: World) -> Any:
    """Call a route that is not to be done: nothing changes."""
    deed = _deed(route)
    before = rows_of(deed.changes) if deed else []
    response = _call(client, route, world)
    assert not deed or rows_of(deed.changes) == before, f"{deed.changes.__name__} changed"
    return response


def _deed(route: Route) -> Deed | None:
    return DEEDS.get(route.key) if route.method != "GET" else None


def _said(response: Any) -> str:
    """Return what an answer says: where it leads, or what is wrong with what was sent."""
    form = (getattr(response, "context", None) or {}).get("form")
    return f"{response.status_code} {response.headers.get('Location', '')} {form and form.errors}"


def _place(world: World, route: Route) -> Any:
    sample = ROUTES[route.key]
    if sample.at is not None:
        return sample.at(world)
    return world.province if sample.at_province else None


def _call(client: Client, route: Route, world: World) -> Any:
    sample, deed = ROUTES[route.key], _deed(route)
    url = address(route, sample.kwargs(world)) + sample.query(world)
    if route.method == "GET":
        return client.get(url)
    data = deed.data(world) if deed else {}
    if (route.kind == "rest" and "file" not in data) or (deed and deed.is_json):
        return client.generic(route.method, url, json.dumps(data), content_type="application/json")
    return client.post(url, data)


def address(route: Route, kwargs: dict[str, Any]) -> str:
    if route.kind == "page":
        return reverse(route.name, kwargs=kwargs)
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(kwargs[found[1]]), route.name)


def _assert_no_secret(response: Any, who: str) -> None:
    content = b"".join(response) if response.streaming else getattr(response, "content", b"")
    text = content.decode("utf-8", "replace")
    assert [secret for secret in SECRETS if secret in text] == [], f"{who} was sent this"
