"""The statement for programs."""

from __future__ import annotations

from tests.cast import Cast, Client


def test_the_statement_of_a_month_is_read_by_the_school_alone(cast: Cast) -> None:
    path = f"/api/v1/schools/{cast.school_a.code}/overtime/2026-11-23"
    answer = Client().sign_in(cast.hung).get(path)
    assert answer.status_code == 200
    document = answer.json()
    assert (document["first"], document["last"]) == ("2026-11-02", "2026-11-29")
    assert document["counting"] == "WEEK"
    assert {line["name"] for line in document["items"]} >= {"Nguyễn Thị Lan"}
    assert Client().sign_in(cast.mai).get(path).status_code == 404
