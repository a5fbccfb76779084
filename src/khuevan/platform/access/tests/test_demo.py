"""One click in the demo; no such page elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest
from django.test import Client
from django.urls import include, path

from khuevan.platform.access import urls
from khuevan.platform.access.demo import DemoPerson, demo_cast
from khuevan.platform.access.tests.factories import Province, hold
from khuevan.platform.accounts.models import User
from khuevan.platform.accounts.tests.factories import make_person, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("that_day")]


@pytest.fixture
def son(province: Province) -> User:
    user = make_user(make_person("Nguyễn Thái Sơn"), "son")
    hold(user.person, "system_admin", province.root)
    return user


@pytest.fixture
def demo_routes(settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Mount the routes as a demo has them, with a cast of one."""
    module = ModuleType("demo_routes_of_a_test")
    own = [*urls.OWN, *urls.KEEPING, *urls.demo_urls(is_demo=True)]
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("", include((own, "access"))),
        path("", include("khuevan.config.urls")),
    ]
    monkeypatch.setitem(sys.modules, module.__name__, module)
    settings.ROOT_URLCONF = module.__name__  # type: ignore[attr-defined]
    settings.DEMO_MODE = True  # type: ignore[attr-defined]
    before = dict(demo_cast._items)
    demo_cast._items.clear()
    demo_cast._items["son"] = DemoPerson("son", "Quản trị hệ thống")
    yield
    demo_cast._items.clear()
    demo_cast._items.update(before)


def test_outside_the_demo_there_is_no_such_page(client: Client) -> None:
    assert client.get("/demo/").status_code == 404
    assert urls.demo_urls(is_demo=False) == []


@pytest.mark.usefixtures("demo_routes")
def test_one_click_signs_in_and_counts_as_both_steps(client: Client, son: User) -> None:
    page = client.get("/demo/")
    assert "Nguyễn Thái Sơn" in page.text
    client.post("/demo/", {"username": "son"})
    assert client.get("/users/").status_code == 200


@pytest.mark.usefixtures("demo_routes")
def test_only_the_cast_signs_in_so(client: Client, son: User) -> None:
    make_user(username="lan")
    assert client.post("/demo/", {"username": "lan"}).status_code == 404
    assert "_auth_user_id" not in client.session
