"""Refusals and faults as people and programs see them."""

from __future__ import annotations

import errno
import json
import re
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import include, path
from django.utils.translation import override

from khuevan.kernel.actor import PUBLIC
from khuevan.kernel.errors import Conflict, DomainError, NotFound
from khuevan.ui import errors
from khuevan.ui.page import page
from khuevan.ui.request import Request
from tests.cast import Cast
from tests.cast import Client as CastClient

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"[A-Za-z0-9]{64}")
NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class RowMissing(DomainError):
    """A refusal for tests."""

    code = "tests.row_missing"
    message = "Row %(row)s is missing."
    status = 422


FAULTS: dict[str, Exception] = {
    "refused": RowMissing(row=17),
    "conflict": Conflict(),
    "absent": NotFound(),
    "denied": PermissionDenied(),
    "bug": ValueError("Phạm Minh Anh"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "away": psycopg.errors.AdminShutdown("terminating connection"),
    "crossed": psycopg.errors.DeadlockDetected("deadlock detected"),
    "gone": psycopg.errors.ForeignKeyViolation("is not present in table"),
    "unreachable": OperationalError("connection failed"),
}


@page(PUBLIC)
def fail(request: Request, name: str) -> HttpResponse:
    """Fail in a named way."""
    raise FAULTS[name]


@page(PUBLIC)
def form(request: Request) -> HttpResponse:
    """Take a form."""
    return HttpResponse("taken")


urlpatterns = [
    path("fail/<str:name>/", fail),
    path("api/v1/fail/<str:name>/", fail),
    path("form/", form),
    path("", include("khuevan.config.urls")),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture(autouse=True)
def own_routes() -> Any:
    with override_settings(ROOT_URLCONF=__name__), override("en"):
        yield


@pytest.mark.parametrize(
    ("name", "status", "text"),
    [
        ("refused", 422, "Row 17 is missing."),
        ("conflict", 409, ""),
        ("absent", 404, ""),
        ("denied", 404, ""),
        ("bug", 500, ""),
        ("full", 507, ""),
        ("away", 503, ""),
        ("unreachable", 503, ""),
        ("crossed", 409, "Cùng lúc đó"),
        ("gone", 409, "Cùng lúc đó"),
    ],
)
def test_a_failure_is_a_page(client: Client, name: str, status: int, text: str) -> None:
    response = client.get(f"/fail/{name}/")
    assert response.status_code == status
    assert text in response.content.decode()
    assert "<h1" in response.content.decode()
    assert "Phạm Minh Anh" not in response.content.decode()


def test_denied_looks_exactly_like_absent(client: Client) -> None:
    answers = [
        NUMBER.sub("", TOKEN.sub("", client.get(f"/fail/{name}/").content.decode()))
        for name in ("absent", "denied")
    ]
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("refused", 422, "tests.row_missing"),
        ("absent", 404, "kernel.not_found"),
        ("denied", 404, "kernel.not_found"),
        ("bug", 500, "ui.fault"),
        ("full", 507, "ui.server_full"),
        ("away", 503, "ui.database_away"),
        ("crossed", 409, "ui.changed_meanwhile"),
    ],
)
def test_a_program_gets_a_problem_document(
    client: Client, name: str, status: int, code: str
) -> None:
    response = client.get(f"/api/v1/fail/{name}/")
    body = json.loads(response.content)
    assert (response.status_code, response["Content-Type"]) == (status, errors.PROBLEM_TYPE)
    assert (body["status"], body["code"]) == (status, code)
    assert UUID(body["request_id"]) == UUID(response["X-Request-ID"])
    assert set(body) == {"type", "title", "status", "code", "detail", "request_id", "errors"}


@pytest.mark.parametrize("path", ["/fail/away/", "/api/v1/fail/unreachable/"])
def test_a_database_that_is_away_says_when_to_come_back(client: Client, path: str) -> None:
    assert int(client.get(path)["Retry-After"]) > 0
    assert "Retry-After" not in client.get("/fail/bug/")


def test_a_database_away_before_the_view_answers_alike(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_args: Any) -> None:
        raise OperationalError("connection failed")

    monkeypatch.setattr("khuevan.platform.access.middleware._live_user", gone)
    response = client.get("/form/")
    assert (response.status_code, response["Retry-After"]) == (503, "10")


def test_htmx_gets_a_line_on_top_of_the_page(client: Client) -> None:
    response = client.post("/fail/conflict/", headers={"HX-Request": "true"})
    assert response.status_code == 422
    assert response["HX-Retarget"] == "#content"
    assert "<html" not in response.content.decode()


def test_a_page_that_is_not_there(client: Client) -> None:
    assert client.get("/nothing/here/").status_code == 404


class TestSessionEnded:
    """A form sent after the session was gone."""

    TYPED = {"note": 'Em "An" <b>vắng</b>\nhai buổi', "password": "bí mật", "names": ["a", "b"],
        "code": "123456", "ethnicity_code": "MUONG"}  # fmt: skip

    def send(self, **headers: str) -> str:
        client = Client(enforce_csrf_checks=True)
        response = client.post("/form/", self.TYPED, headers=headers)
        assert response.status_code == 403
        return response.content.decode()

    def test_the_text_is_kept(self) -> None:
        html = self.send(**{"Sec-Fetch-Site": "same-origin"})
        assert "Em &quot;An&quot; &lt;b&gt;vắng&lt;/b&gt;" in html
        assert html.count('name="names"') == 2
        assert 'action="/form/"' in html

    def test_secrets_are_not(self) -> None:
        html = self.send(**{"Sec-Fetch-Site": "same-origin"})
        assert "bí mật" not in html
        assert "123456" not in html

    def test_a_field_is_no_secret_by_half_its_name(self) -> None:
        assert "MUONG" in self.send(**{"Sec-Fetch-Site": "same-origin"})

    def test_a_foreign_sites_form_is_never_offered_again(self) -> None:
        assert "vắng" not in self.send(**{"Sec-Fetch-Site": "cross-site"})
        assert "vắng" not in self.send(Origin="https://elsewhere.invalid")
        assert "vắng" not in self.send()

    def test_older_browsers_are_known_by_their_origin(self) -> None:
        assert "vắng" in self.send(Origin="http://testserver")

    def test_sending_again_works(self) -> None:
        client = Client(enforce_csrf_checks=True)
        html = client.post(
            "/form/", {"note": "x"}, headers={"Sec-Fetch-Site": "same-origin"}
        ).content.decode()
        token = html.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        again = client.post("/form/", {"note": "x", "csrfmiddlewaretoken": token})
        assert again.content == b"taken"


@pytest.mark.parametrize(("who", "mark"), [("lan", 'id="nav"'), ("huong", "family-main")])
def test_whoever_is_signed_in_keeps_the_way_back(cast: Cast, who: str, mark: str) -> None:
    signed_in = CastClient()
    signed_in.raise_request_exception = False
    signed_in.sign_in(getattr(cast, who))
    answers = []
    for name in ("absent", "denied"):
        response = signed_in.get(f"/fail/{name}/")
        assert response.status_code == 404
        answers.append(NUMBER.sub("", TOKEN.sub("", response.content.decode())))
    assert mark in answers[0]
    assert answers[0].replace("absent", "denied") == answers[1]


def test_the_foot_of_the_navigation_has_a_label_too(cast: Cast) -> None:
    signed_in = CastClient()
    signed_in.raise_request_exception = False
    signed_in.sign_in(cast.lan)
    assert '<p class="nav-label">Hệ thống</p>' in signed_in.get("/fail/absent/").content.decode()


def test_who_is_signed_out_sees_no_shell(client: Client) -> None:
    assert 'id="nav"' not in client.get("/fail/absent/").content.decode()


def test_an_outage_offers_to_try_again(client: Client) -> None:
    html = client.get("/fail/away/").content.decode()
    assert "Thử lại" in html
    assert "Chưa thực hiện được" not in html


def test_back_leads_only_to_our_own_pages() -> None:
    def asked(referer: str) -> HttpRequest:
        return RequestFactory().get("/", headers={"Referer": referer, "Host": "testserver"})

    assert errors._back_url(asked("http://testserver/students/")) == "http://testserver/students/"
    assert errors._back_url(asked("https://elsewhere.invalid/")) == "/"
    assert errors._back_url(asked("javascript://testserver/%0aalert(1)")) == "/"
