"""Figures for programs."""

from __future__ import annotations

from tests.cast import Cast, Client

from khuevan.insight.dashboard.tests.factories import look

LIST = "/api/v1/figures"


def test_the_same_numbers_as_on_the_page(cast: Cast, client: Client) -> None:
    found = client.sign_in(cast.hoa).get(LIST).json()
    pupils = next(item for item in found["items"] if item["code"] == "pupils")
    records = next(item for item in found["items"] if item["code"] == "records")
    assert pupils["numerator"] == pupils["value"]
    assert pupils["denominator"] is None
    assert records["denominator"] == pupils["numerator"]
    assert found["on"] == "2026-11-23"


def test_parts_sum_up(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    for by in ("unit", "school", "level", "grade"):
        found = client.get(f"{LIST}/pupils", {"by": by}).json()
        assert sum(part["numerator"] for part in found["parts"]) == look().total.pupils


def test_denied_looks_like_absent(cast: Cast) -> None:
    for person in (cast.lan, cast.huong, cast.minh_anh, cast.hien):
        client = Client().sign_in(person)
        assert client.get(LIST).status_code == 404
        assert client.get(f"{LIST}/pupils").status_code == 404


def test_outside_the_reach_is_absent(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    assert client.get(LIST, {"school": cast.school_b.code}).status_code == 404
    assert client.get(f"{LIST}/nothing").status_code == 404
