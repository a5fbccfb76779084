"""One box over many providers, each asked for whom it may answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import include, path, reverse
from django.utils.translation import override
from ninja import NinjaAPI
from tests.cast import Cast, Client, actor_of
from tests.factories import TODAY

from khuevan.kernel.actor import Actor
from khuevan.platform.jobs.api import VIEW_JOBS
from khuevan.platform.organizations.api import UnitKind
from khuevan.platform.search.api import (
    Provider,
    SearchHit,
    UnitAddress,
    providers,
    search,
    unit_addresses,
)
from khuevan.platform.search.own_providers import find_pages, find_units, names_of, units_like
from khuevan.platform.search.rest import router
from khuevan.platform.search.selectors import LONGEST_QUERY, readable

pytestmark = pytest.mark.django_db

api = NinjaAPI(urls_namespace="tests_search")
api.add_router("", router.ninja)
urlpatterns = [
    path("api/v1/", api.urls),
    path("tests/units/<str:code>/", lambda request, code: HttpResponse(), name="tests_unit"),
    path("", include("khuevan.config.urls")),
]


@pytest.fixture(autouse=True)
def own_routes(monkeypatch: pytest.MonkeyPatch) -> Any:
    routes = {
        UnitKind.SCHOOL: UnitAddress("tests_unit", VIEW_JOBS),
        UnitKind.COMMUNE: UnitAddress("tests_unit", VIEW_JOBS),
    }
    monkeypatch.setattr(unit_addresses, "_items", routes)
    with override_settings(ROOT_URLCONF=__name__):
        yield


def labels(hits: Iterable[SearchHit]) -> list[str]:
    return [hit.label for hit in hits]


@pytest.mark.parametrize("query", ["đông khê", "dong khe", "KHÊ  đông", "Đông Khê"])
def test_units_are_found_with_and_without_accents(cast: Cast, query: str) -> None:
    found = labels(find_units(actor_of(cast.binh), readable(query), 10))
    assert "Trường THCS Đông Khê" in found
    assert "Trường THCS Ninh Hải" not in found


def test_units_whose_page_is_out_of_reach_are_not_offered(cast: Cast) -> None:
    found = labels(find_units(actor_of(cast.hung), readable("trường thcs"), 10))
    assert found == ["Trường THCS Đông Khê"]
    assert labels(find_units(actor_of(cast.huong), readable("trường thcs"), 10)) == []


def test_units_are_found_by_code(cast: Cast) -> None:
    (hit,) = find_units(actor_of(cast.binh), readable("42000501"), 10)
    assert hit.url == "/tests/units/42000501/"


def test_a_name_that_begins_so_comes_first(cast: Cast) -> None:
    found = labels(find_units(actor_of(cast.binh), readable("trường tiểu"), 10))
    assert found[0] == "Trường Tiểu học Đông Khê"


def test_a_percent_sign_is_a_percent_sign(cast: Cast) -> None:
    assert labels(find_units(actor_of(cast.binh), readable("%_%"), 10)) == []


def test_pages_are_those_of_ones_own_navigation(cast: Cast) -> None:
    words = readable("background work")
    assert "Background work" in {str(hit.label) for hit in _pages(cast.hung, words)}
    assert not list(_pages(cast.huong, words))


def _pages(person: Any, words: str) -> Iterable[SearchHit]:
    with override("en"):
        return list(find_pages(actor_of(person), words, 10))


def test_a_provider_is_asked_for_its_permission_only(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def find(actor: Actor, words: str, limit: int) -> list[SearchHit]:
        asked.append(actor.label)
        return [SearchHit(f"Hit {number}", "/") for number in range(limit)]

    own = {"tests": Provider("tests", "Tests", VIEW_JOBS, find)}
    monkeypatch.setattr(providers, "_items", own)
    (group,) = search(actor=actor_of(cast.hung), query="ab", limit=3)
    assert (len(group.hits), group.has_more) == (3, True)
    assert search(actor=actor_of(cast.huong), query="ab", limit=3) == []
    assert search(actor=actor_of(cast.hung), query="a", limit=3) == []
    assert asked == [cast.hung.full_name]


def test_a_huge_query_is_cut(cast: Cast) -> None:
    assert len(readable("á" * 100_000)) <= LONGEST_QUERY


def test_the_page_keeps_the_query_and_groups_the_hits(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    html = client.get(reverse("search:results"), {"q": "đông khê"}).content.decode()
    assert 'value="đông khê"' in html
    assert "Trường THCS Đông Khê" in html


@pytest.mark.parametrize("query", ["", "zzzz", "<script>alert(1)</script>", "%", "'"])
def test_odd_queries_are_answered_with_an_empty_page(
    cast: Cast, client: Client, query: str
) -> None:
    response = client.sign_in(cast.binh).get(reverse("search:results"), {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_the_dropdown_is_a_fragment(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    address = reverse("search:dropdown")
    html = client.get(address, {"q": "khê"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in html
    assert "Trường THCS Đông Khê" in html


def test_what_was_searched_is_in_no_log(
    cast: Cast, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="khuevan"):
        client.sign_in(cast.binh).get(reverse("search:results"), {"q": "Phạm Minh Anh"})
    ours = [record for record in caplog.records if record.name.startswith("khuevan")]
    assert ours
    assert not any("Minh Anh" in str(vars(record)) for record in ours)


def test_programs_search_too(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    groups = json.loads(client.get("/api/v1/search", {"q": "ninh hải"}).content)
    units = next(group for group in groups if group["kind"] == "units")
    assert units["hits"][0]["label"] == "Trường THCS Ninh Hải"
    assert client.get("/api/v1/search", {"q": "x" * 500}).status_code == 422
    assert client.get("/api/v1/search").status_code == 422


def test_units_lend_their_names_to_the_log(cast: Cast) -> None:
    assert names_of([cast.school_a.pk], on=TODAY) == {cast.school_a.pk: "Trường THCS Đông Khê"}
    assert units_like("ninh hải") == {cast.school_b.pk}
