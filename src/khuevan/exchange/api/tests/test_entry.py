"""The way in: who asks, may they, and how refusals look."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import make_person, make_user

from khuevan.exchange.api.tests.sample import mounted

ME = "/api/v1/me"


def problem_of(response: Any) -> dict[str, Any]:
    """Return the problem document, after checking that it is one."""
    assert response.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = response.json()
    assert body["status"] == response.status_code
    assert body["type"] == f"urn:khuevan:problem:{body['code']}"
    assert body["request_id"] == response.headers["X-Request-ID"]
    return body


def test_the_session_says_who_asks(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.loan).get(ME)
    assert response.json()["name"] == "Phan Thị Loan"
    assert "students.student:view" in response.json()["permissions"]
    assert "no-store" in response.headers["Cache-Control"]


def test_nobody_is_asked_who_they_are(client: Client, db: None) -> None:
    response = client.get(ME)
    assert problem_of(response)["code"] == "api.identity_needed"
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_what_is_not_there_is_a_problem_document(client: Client, db: None) -> None:
    assert problem_of(client.get("/api/v1/nothing"))["code"] == "kernel.not_found"


def test_a_wrong_method_names_the_right_ones(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.loan).delete(ME)
    assert problem_of(response)["code"] == "api.method_not_allowed"
    assert response.headers["Allow"] == "GET"


def test_a_filter_with_a_slip_does_not_show_everything(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.binh).get("/api/v1/figures", {"levl": "TH"})
    assert problem_of(response)["code"] == "api.unknown_parameter"
    assert "levl" in problem_of(response)["detail"]


def test_the_root_and_a_refusal_say_where_things_are(client: Client, db: None) -> None:
    said = client.get("/api/v1/").json()
    assert client.get(said["description"]).json()["openapi"]
    assert said["tokens"] == reverse("rest:tokens")
    for headers in ({}, {"Authorization": "Bearer kv_unknown"}):
        assert said["tokens"] in problem_of(client.get(ME, headers=headers))["detail"]


def test_a_program_is_answered_in_the_language_it_asks_for(db: None, client: Client) -> None:
    told = {
        asked: client.get(ME, headers={"Authorization": "Bearer kv_unknown", **asked_for})
        for asked, asked_for in (
            ("", {}),
            ("en", {"Accept-Language": "en-US,en;q=0.9"}),
            ("fr", {"Accept-Language": "fr, *;q=0.1"}),
        )
    }
    assert told["en"].headers["Content-Language"] == "en"
    assert problem_of(told[""])["detail"] == problem_of(told["fr"])["detail"]
    assert problem_of(told[""])["detail"] != problem_of(told["en"])["detail"]


def test_a_wrong_value_says_where(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.binh).get("/api/v1/figures", {"on": "yesterday"})
    assert response.status_code == 422
    assert problem_of(response)["errors"][0]["where"] == "query.on"


def test_denied_comes_before_the_look_at_the_input(cast: Cast, client: Client) -> None:
    response = client.sign_in(cast.lan).get("/api/v1/figures", {"on": "yesterday"})
    assert response.status_code == 404


def test_without_the_second_step_nothing_is_answered(cast: Cast, client: Client) -> None:
    client.force_login(make_user(cast.binh))
    response = client.get(ME)
    assert problem_of(response)["code"] == "api.sign_in_incomplete"
    assert response.status_code == 401


def test_a_first_password_opens_nothing(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    user = make_user(cast.loan)
    user.must_change_password = True
    user.save(update_fields=["must_change_password"])
    assert client.get(ME).status_code == 401


def test_a_foreign_page_cannot_write_in_a_session(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.sign_in(cast.loan)
    with mounted() as happened:
        response = client.post("/api/sample/words", {"word": "a"}, "application/json")
        assert problem_of(response)["code"] == "api.csrf"
        assert happened == []


def test_unknown_input_is_refused(cast: Cast, client: Client) -> None:
    with mounted() as happened:
        body = {"word": "a", "wrod": "b"}
        response = client.sign_in(cast.loan).post("/api/sample/words", body, "application/json")
        assert response.status_code == 422
        assert problem_of(response)["errors"][0]["where"] == "body.body.wrod"
        assert happened == []


def test_unreadable_input_is_told_so(cast: Cast, client: Client) -> None:
    with mounted():
        response = client.sign_in(cast.loan).post("/api/sample/words", "{", "application/json")
        assert problem_of(response)["code"] == "api.malformed"
        assert response.status_code == 400


def test_the_character_zero_is_refused(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    with mounted() as happened:
        said = client.post("/api/sample/words", {"word": "a\0"}, "application/json")
        assert problem_of(said)["code"] == "api.zero_byte"
        assert happened == []
    assert client.get("/api/v1/figures", {"school": "\0"}).status_code == 404


def test_a_refusal_has_its_own_code(cast: Cast, client: Client) -> None:
    with mounted():
        body = {"word": "rude"}
        response = client.sign_in(cast.loan).post("/api/sample/words", body, "application/json")
        assert problem_of(response)["code"] == "sample.too_rude"
        assert response.status_code == 409


def test_a_bug_is_a_problem_document_with_its_number(cast: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.sign_in(cast.loan)
    with mounted():
        response = client.post("/api/sample/words", {"word": "fault"}, "application/json")
        assert response.status_code == 500
        assert problem_of(response)["code"] == "ui.fault"
        assert "a bug" not in response.content.decode()


def test_somebody_without_a_role_reaches_nothing(client: Client, db: None) -> None:
    client.sign_in(make_person("Cao Không Vai"))
    assert client.get(ME).json()["permissions"] == []
    assert client.get("/api/v1/figures").status_code == 404


def test_what_no_column_holds_is_refused_and_nothing_of_it_is_written(
    cast: Cast, client: Client
) -> None:
    address = f"/api/v1/schools/{cast.school_a.code}/campuses"
    signed_in = client.sign_in(cast.hung)
    before = signed_in.get(address).json()
    answers = [
        signed_in.post(
            address,
            {"name": "Điểm Khe Lau", "starts_on": "2026-09-01"} | wrong,
            content_type="application/json",
            headers={"Idempotency-Key": f"too-long-{number}"},
        )
        for number, wrong in enumerate([{"name": "Đ" * 100_000}, {"distance_km": "1e30"}])
    ]
    assert [problem_of(answer)["code"] for answer in answers] == ["api.invalid"] * 2
    assert {answer.status_code for answer in answers} == {422}
    assert signed_in.get(address).json() == before
