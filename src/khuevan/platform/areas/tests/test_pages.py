"""Areas of every time, found by name or code."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client


def rows(client: Client, **asked: str) -> list[dict[str, Any]]:
    """Return name, code and what each row became and was made of."""
    table = client.get(reverse("areas:list"), asked).context["table"]
    return [
        {
            "name": row.label,
            "code": row.cells[0].value,
            "above": row.cells[1].value,
            "became": row.cells[3].value,
            "from": row.cells[4].value,
        }
        for row in table.rows
    ]


def test_a_code_used_again_is_shown_as_two_areas(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    found = rows(client, q="18073")
    assert [one["name"] for one in found] == ["Phường Nam Hà", "Phường Thành Sen"]
    former, present = found
    assert former["above"] == "Thành phố Hà Tĩnh, Tỉnh Hà Tĩnh"
    assert former["became"] == "Phường Thành Sen (18073)"
    assert "Phường Nam Hà (18073)" in present["from"]
    assert present["above"] == "Tỉnh Hà Tĩnh"


def test_a_code_used_again_and_a_day_before_the_records_are_said(
    cast: Cast, client: Client
) -> None:
    client.sign_in(cast.hoa)
    url = reverse("areas:list")
    said = client.get(url, {"q": "18073"}).context["reused"]
    assert len(said) == 1
    assert "được dùng lại" in said[0]
    assert "Phường Nam Hà" in said[0]
    assert "01/07/2025" in said[0]
    assert client.get(url, {"q": "Thanh Sen"}).context["reused"] == []
    early = client.get(url, {"q": "Nam Ha", "on": "01/01/2020"}).content.decode()
    assert "01/01/2025" in early


def test_a_province_that_became_a_city_is_the_same_area(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    url = reverse("areas:list")
    (said,) = client.get(url, {"q": "75"}).context["reused"]
    assert "dùng lại" not in said
    assert "Thành phố Đồng Nai" in said
    assert "30/04/2026" in said
    reused, changed = client.get(url, {"q": "24"}).context["reused"]
    assert "dùng lại" in reused
    assert "Tỉnh Bắc Giang" in reused
    assert "20/09/2026" in changed
    assert {one["became"] for one in rows(client, q="75")} == {"", "Thành phố Đồng Nai (75)"}


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Bình Phước", "Thành phố Đồng Nai (75)"),
        ("Bắc Giang", "Thành phố Bắc Ninh (24)"),
        ("Thừa Thiên Huế", "Thành phố Huế (46)"),
        ("Hà Tây", "Thành phố Hà Nội (01)"),
    ],
)
def test_what_a_province_is_today_is_followed_to_the_end(
    cast: Cast, client: Client, name: str, today: str
) -> None:
    client.sign_in(cast.hoa)
    assert f"Tỉnh {name}" in {one["name"] for one in rows(client, q=name)}
    found = [one for one in rows(client, q=name) if one["name"] == f"Tỉnh {name}"]
    assert {one["became"] for one in found} == {today}


def test_a_former_commune_is_found_without_marks(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    then = [one["name"] for one in rows(client, q="phuong nam ha", on="30/06/2025")]
    assert then == ["Phường Nam Hà", "Phường Nam Hải"]
    assert "Phường Nam Hà" not in [
        one["name"] for one in rows(client, q="phuong nam ha", on="01/07/2025")
    ]


def test_provinces_are_shown_when_nothing_is_asked(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    assert len(rows(client)) == 34
    assert len(rows(client, on="30/06/2025")) == 63


@pytest.mark.parametrize("name", ["huong", "minh_anh"])
def test_families_have_no_such_page(cast: Cast, client: Client, name: str) -> None:
    client.sign_in(getattr(cast, name))
    assert client.get(reverse("areas:list")).status_code == 404


def test_programs_are_told_the_same(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    found = client.get("/api/v1/areas", {"q": "18073"}).json()
    assert [(one["full_name"], one["ends_on"]) for one in found] == [
        ("Phường Nam Hà", "2025-07-01"),
        ("Phường Thành Sen", None),
    ]
    assert found[0]["became"] == ["18073"]
