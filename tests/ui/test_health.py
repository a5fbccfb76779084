"""Alive, ready, and how it is doing."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client()


def test_alive(client: Client) -> None:
    assert json.loads(client.get("/healthz").content) == {"status": "ok"}


def test_ready_needs_a_worker_that_was_heard_of(client: Client) -> None:
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["checks"] == {
        "database": True,
        "migrations": True,
        "worker": False,
    }
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert client.get("/readyz").status_code == 200


def test_not_ready_without_a_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(connection, "cursor", fail)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert json.loads(response.content)["checks"] == {"database": False}


def test_figures_count_by_route(client: Client) -> None:
    client.get("/healthz")
    text = client.get("/metrics").content.decode()
    assert 'khuevan_requests_total{route="ui:healthz",status="200"}' in text
    assert "khuevan_request_seconds_bucket" in text
    assert 'khuevan_jobs{state="RUNNING"} 0.0' in text


@pytest.mark.parametrize(
    ("address", "headers"),
    [("203.0.113.7", {}), ("127.0.0.1", {"X-Forwarded-For": "203.0.113.7"}), ("", {})],
)
def test_figures_are_not_there_for_others(
    client: Client, address: str, headers: dict[str, str]
) -> None:
    response = client.get("/metrics", headers=headers, REMOTE_ADDR=address)
    assert response.status_code == 404


def test_a_token_opens_the_figures_from_anywhere(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = "a-long-token"
    good = client.get(
        "/metrics", headers={"Authorization": "Bearer a-long-token"}, REMOTE_ADDR="203.0.113.7"
    )
    bad = client.get("/metrics", headers={"Authorization": "Bearer another"})
    assert (good.status_code, bad.status_code) == (200, 404)
    assert client.get("/metrics").status_code == 404
