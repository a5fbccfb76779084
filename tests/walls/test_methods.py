"""A route that takes only a form answers a typed address the same, whatever its id names."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import Client
from tests.walls.enumerate import all_routes
from tests.walls.routes import ROUTES
from tests.walls.test_route_matrix import GUARDED
from tests.walls.world import World, undone

PAGES = {(r.name, r.method) for r in all_routes() if r.kind == "page"}
FORM_ONLY = [
    r for r in GUARDED if r.kind == "page" and r.method == "POST" and (r.name, "GET") not in PAGES
]


def _name(route: Any) -> str:
    return str(route.name)


@pytest.mark.parametrize("route", FORM_ONLY, ids=_name)
def test_opening_a_form_only_address_tells_nothing(world: World, route: Any) -> None:
    own = ROUTES[route.key].kwargs(world)
    nothing = {name: uuid4() if name == "uuid" else value for name, value in own.items()}
    with undone():
        callers = {
            "signed out": Client(),
            "another school": world.caller(world.everything, at=world.cast.school_b.unit),
            "this school": world.caller(world.everything),
        }
        answers = {
            (who, str(kwargs)): _told(client.get(reverse(route.name, kwargs=kwargs)))
            for who, client in callers.items()
            for kwargs in (own, nothing)
        }
        headed = callers["this school"].head(reverse(route.name, kwargs=own))
    assert set(answers.values()) == {(405, b"")}, answers
    assert headed.status_code == 405, "HEAD comes without a token: it must not do the deed"


def _told(response: Any) -> tuple[int, bytes]:
    return response.status_code, response.content
