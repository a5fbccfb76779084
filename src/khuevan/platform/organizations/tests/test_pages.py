"""The tree of a day, one unit, what changed, and the page that changes it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import TODAY, make_commune

from khuevan.platform.organizations import api

ON = f"{TODAY:%d/%m/%Y}"


def parent_code(cast: Cast) -> str:
    held = api.version_of(cast.school_a.pk, on=TODAY)
    assert held is not None
    assert held.parent is not None
    return str(held.parent.code)


def asked(cast: Cast, **changes: str) -> dict[str, str]:
    return {
        "change": "MERGE",
        "units": parent_code(cast),
        "into": make_commune("UBND xã Hợp Nhất").code,
        "on": ON,
        "decision": "12/NQ-HĐND",
        **changes,
    }


def test_the_tree_of_a_day_and_of_a_day_before_anything(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    url = reverse("units:tree")
    nodes = client.get(url).context["nodes"]
    assert nodes[0]["depth"] == 0
    assert {"UBND xã Đông Khê"} <= {one["name"] for one in nodes}
    assert client.get(url, {"on": "01/01/2020"}).context["nodes"] == []
    assert client.get(url, {"on": "01/01/1999"}).context["form"].errors


def test_a_unit_shows_its_children_and_what_it_decides(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    context = client.get(reverse("units:unit", args=[parent_code(cast)])).context
    assert "Trường THCS Đông Khê" in {row.label for row in context["children"].rows}
    assert context["panels"]
    school = client.get(reverse("units:unit", args=[cast.school_a.code])).context
    assert school["own_url"] == reverse("schools:school", args=[cast.school_a.code])
    other = client.get(reverse("units:unit", args=[cast.school_b.code])).context
    assert other["own_url"] == ""


def test_a_change_is_shown_before_it_is_made(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    url, data = reverse("units:reorganize"), asked(cast)
    seen = client.get(url, data).context["preview"]
    told = {str(one["label"]): one["value"] for one in seen["facts"]}
    assert list(told.values())[1] == "2"
    assert client.post(url, data).status_code == 302
    page = client.get(reverse("units:changes"), {"first": "22/11/2026", "second": ON})
    counts = [one["value"] for one in page.context["kpis"]]
    assert counts == ["0", "1", "0", "0", "2", "0"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"units": "nowhere"}, "units"),
        ({"into": "nowhere"}, "into"),
        ({"on": "01/01/2010"}, "on"),
        ({"decision": ""}, "decision"),
        ({"change": "CLOSE"}, "__all__"),
        ({"on": "01/07/2025"}, "__all__"),
    ],
)
def test_what_can_not_be_done_comes_back_with_a_sentence(
    cast: Cast, client: Client, changes: dict[str, str], field: str
) -> None:
    client.sign_in(cast.thanh)
    answer = client.post(reverse("units:reorganize"), asked(cast, **changes))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize("name", ["hoa", "hung", "loan", "binh", "huong"])
def test_only_the_department_reorganizes(cast: Cast, client: Client, name: str) -> None:
    client.sign_in(getattr(cast, name))
    assert client.get(reverse("units:reorganize")).status_code == 404


def test_the_file_holds_the_units_of_the_day(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    answer = client.get(reverse("units:file", args=["csv"]), {"on": ON})
    text = answer.getvalue().decode()
    assert "UBND xã Đông Khê" in text


def test_programs_change_units_and_read_what_changed(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    body: dict[str, Any] = {
        "units": [cast.school_b.code], "into": parent_code(cast), "on": "2026-11-23",
        "decision": "7/QĐ",
    }  # fmt: skip
    answer = client.post(
        "/api/v1/reorganizations/moves",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "a-move"},
    )
    assert answer.status_code == 200
    assert answer.json()[0]["parent"] == parent_code(cast)
    days = {"first": "2026-11-22", "second": "2026-11-23"}
    changed = client.get("/api/v1/units/changes", days).json()
    assert [one["code"] for one in changed["moved"]] == [cast.school_b.code]
    one = client.get(f"/api/v1/units/{cast.school_b.code}").json()
    assert [row["decision"] for row in one["versions"]] == ["", "7/QĐ"]
    again = client.post(
        "/api/v1/reorganizations/moves", body, content_type="application/json",
        headers={"Idempotency-Key": "another"},
    )  # fmt: skip
    assert again.status_code == 409
