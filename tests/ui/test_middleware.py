"""One number and one line for each request."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID, uuid4

import pytest
from django.http import HttpRequest
from django.test import Client

from khuevan.platform.audit.api import current_request_id
from khuevan.ui.middleware import request_contexts

pytestmark = pytest.mark.django_db
PATH = "/search/?q=Phạm+Minh+Anh"


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_number_is_ours_and_the_callers_is_for_the_log_only(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    number = uuid4()
    with caplog.at_level(logging.DEBUG, logger="khuevan.request"):
        response = client.get("/healthz", headers={"X-Request-ID": str(number)})
    assert UUID(response["X-Request-ID"]) != number
    (line,) = (vars(one) for one in caplog.records if one.name == "khuevan.request")
    assert (line["caller_request_id"], line["request_id"]) == (
        number,
        UUID(response["X-Request-ID"]),
    )


@pytest.mark.parametrize("given", ["", "7", "'; DROP TABLE", "a" * 4000])
def test_anything_else_is_dropped(
    client: Client, given: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG, logger="khuevan.request"):
        response = client.get("/healthz", headers={"X-Request-ID": given})
    assert UUID(response["X-Request-ID"]).version == 4
    (line,) = (vars(one) for one in caplog.records if one.name == "khuevan.request")
    assert line["caller_request_id"] is None


@pytest.mark.parametrize("path", ["/", "/search/", "/accounts/login/", "/jobs/"])
def test_options_of_a_page_is_its_methods_and_no_page(client: Client, path: str) -> None:
    response = client.options(path)
    assert (response.status_code, response.content) == (204, b"")
    assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", "))


def test_the_number_is_on_everything_written_meanwhile(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[UUID | None] = []

    @contextmanager
    def look(request: HttpRequest, number: UUID) -> Iterator[None]:
        seen.append(current_request_id())
        yield

    monkeypatch.setitem(request_contexts._items, "tests", look)
    response = client.get("/healthz")
    assert seen == [UUID(response["X-Request-ID"])]
    assert current_request_id() is None


def test_the_line_names_the_route_and_never_the_address(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="khuevan.request"):
        client.get(PATH)
        client.get("/students/Phạm-Minh-Anh/nothing/")
    found, missing = (vars(one) for one in caplog.records if one.name == "khuevan.request")
    assert (found["route"], found["method"]) == ("search:results", "GET")
    assert missing["route"] == "unmatched"
    assert missing["status"] == 404
    assert not any("Minh" in str(value) for value in [*found.values(), *missing.values()])


def test_statements_are_counted(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="khuevan.request"):
        client.get("/readyz")
    (line,) = (vars(one) for one in caplog.records if one.name == "khuevan.request")
    assert line["sql"] >= 1
    assert line["levelname"] == "DEBUG"
