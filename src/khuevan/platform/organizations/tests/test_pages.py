"""The tree of a day, one unit, what changed, and the page that changes it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import EVERYTHING, NOW, TODAY, make_commune, make_province, make_unit

from khuevan.platform.organizations import api

ON = f"{TODAY:%d/%m/%Y}"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


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
    page = client.get(reverse("units:changes"), {"from": "22/11/2026", "to": ON})
    counts = [one["value"] for one in page.context["kpis"]]
    assert counts == ["0", "1", "0", "0", "2", "0"]
    before = client.get(reverse("units:changes"), {"first": "22/11/2026", "second": ON})
    assert [one["value"] for one in before.context["kpis"]] == counts


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"units": "nowhere"}, "__all__"),
        ({"into": "nowhere"}, "__all__"),
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


def test_a_unit_is_picked_by_typing_and_stays_picked(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    url, code = reverse("units:pick"), parent_code(cast)
    ask = {"change": "MERGE", "field": "units", "units_q": "dong khe", "on": ON}
    found = client.get(url, ask).context["picker"].options
    assert (code, False) in [(one.code, one.checked) for one in found]
    kept = client.get(url, {**ask, "units": code, "units_q": "khong co"}).context["picker"].options
    assert [(one.code, one.checked) for one in kept] == [(code, True)]
    schools = {**ask, "change": "MOVE", "units_q": cast.school_a.code}
    assert [one.code for one in client.get(url, schools).context["picker"].options] == [
        cast.school_a.code
    ]
    assert client.get(url, {**schools, "change": "MERGE"}).context["picker"].options == []
    assert client.get(url, {"change": "NONE", "field": "units"}).status_code == 404


def test_a_committee_is_found_before_its_divisions(cast: Cast, client: Client) -> None:
    commune = make_commune("UBND xã Thạch Bình")
    make_unit(api.UnitKind.COMMUNE_DIVISION, "Phòng VH-XH xã Thạch Bình", parent=commune)
    ask = {"change": "MERGE", "field": "units", "units_q": "thach binh", "on": ON}
    found = client.sign_in(cast.thanh).get(reverse("units:pick"), ask).context["picker"].options
    assert [one.label for one in found] == ["UBND xã Thạch Bình", "Phòng VH-XH xã Thạch Bình"]


def test_a_unit_is_opened_renamed_and_divided_with_its_decision(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    url, parent = reverse("units:reorganize"), parent_code(cast)
    by = {"on": ON, "decision": "12/NQ-HĐND", "signed_on": "20/11/2026"}
    add = {
        "change": "ADD", "into": make_province().code, "kind": "COMMUNE", "name": "UBND xã Mới Lập",
        "short_name": "Mới Lập", "code": "42-99999", **by,
    }  # fmt: skip
    assert client.get(url, add).context["preview"]["units"] == ["UBND xã Mới Lập"]
    assert client.post(url, add).status_code == 302
    rename = {
        "change": "RENAME", "units": parent, "name": "UBND phường Đông Khê", "short_name": "ĐK",
        "kind": "", **by, "on": "24/11/2026", "upload": SimpleUploadedFile("a.pdf", PDF),
    }  # fmt: skip
    assert client.post(url, rename).status_code == 302
    unit = api.unit_by_code(parent)
    last = api.versions_of(unit.pk).last()
    assert last is not None
    assert last.paper is not None
    assert (last.name, last.decision, f"{last.paper.signed_on}") == (
        "UBND phường Đông Khê", "12/NQ-HĐND", "2026-11-20",
    )  # fmt: skip
    scan = client.get(reverse("files:unit_decision", args=[last.paper.file]))
    assert b"".join(scan.streaming_content) == PDF  # type: ignore[attr-defined]
    heirs = [make_commune(f"UBND xã {name}").code for name in ("Một", "Hai")]
    split = {"change": "SPLIT", "units": parent, "heirs": heirs, **by, "on": "25/11/2026"}
    shares = client.get(url, split).context["preview"]["shares"]
    assert len(shares) == len(api.children_of(unit.pk, on=TODAY))
    said = {one["name"]: heirs[1] for one in shares}
    assert client.post(url, {**split, **said}).status_code == 302
    second = api.unit_by_code(heirs[1])
    assert len(api.children_of(second.pk, on=date(2026, 11, 25))) == len(shares)


def test_a_unit_becomes_another_kind_and_was_what_it_was(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    code = make_commune("UBND xã Lên Phường").code
    asked_for = {
        "change": "RENAME", "units": code, "name": "Phòng X", "short_name": "X",
        "kind": "ATTACHED", "on": ON, "decision": "1/QĐ",
    }  # fmt: skip
    assert client.post(reverse("units:reorganize"), asked_for).status_code == 302
    kinds = [row.kind_then for row in api.versions_of(api.unit_by_code(code).pk)]
    assert kinds == ["COMMUNE", "ATTACHED"]
    client.post(reverse("units:undo", args=[code]), {"reason": "Nhầm"})
    assert api.unit_by_code(code).kind == "COMMUNE"


def test_a_change_that_can_not_be_is_said_before_it_is_shown(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    one, two = make_commune("UBND xã Một").code, make_commune("UBND xã Hai").code
    asked_for = {"change": "MOVE", "units": one, "into": two, "on": ON, "decision": "1/QĐ"}
    response = client.get(reverse("units:reorganize"), asked_for)
    assert "không trực thuộc" in response.content.decode()
    assert "preview" not in response.context
    body = {"units": [one], "into": two, "on": "2026-09-01", "decision": "1/QĐ"}
    refused = client.post("/api/v1/reorganizations/moves", body, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (409, "organizations.kind_not_under")


def test_a_second_master_and_a_code_elsewhere(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    code, master = parent_code(cast), make_commune("UBND xã Phụ Trách").code
    link = {"kind": "PROFESSIONAL", "master": master, "starts_on": "01/09/2026"}
    assert client.post(reverse("units:link_new", args=[code]), link).status_code == 302
    assert client.post(reverse("units:link_new", args=[code]), link).status_code == 422
    alias = {"source": "Bộ GDĐT", "code": "B-1", "starts_on": "01/09/2026"}
    assert client.post(reverse("units:alias_new", args=[code]), alias).status_code == 302
    assert client.post(reverse("units:alias_new", args=[master]), alias).status_code == 422
    context = client.get(reverse("units:unit", args=[code])).context
    assert (len(context["links"].rows), len(context["aliases"].rows)) == (1, 1)
    assert [row.unit.code for row in api.find_units("b-1", on=TODAY)] == [code]


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
    days = {"from": "2026-11-22", "to": "2026-11-23"}
    changed = client.get("/api/v1/units/changes", days).json()
    assert [one["code"] for one in changed["moved"]] == [cast.school_b.code]
    one = client.get(f"/api/v1/units/{cast.school_b.code}").json()
    assert [row["decision"] for row in one["versions"]] == ["", "7/QĐ"]
    again = client.post(
        "/api/v1/reorganizations/moves", body, content_type="application/json",
        headers={"Idempotency-Key": "another"},
    )  # fmt: skip
    assert again.status_code == 409


@pytest.mark.parametrize("far", [date.min, date.max])
def test_a_unit_of_an_impossible_day_leaves_the_tree_readable(
    cast: Cast, client: Client, far: date
) -> None:
    make_unit("DIVISION", "Phòng Xa", since=far)
    client.sign_in(cast.hoa)
    url = reverse("units:tree")
    assert client.get(url).status_code == 200
    for on in ("01/01/1900", "31/12/2100"):
        assert client.get(url, {"on": on}).status_code == 200


def test_what_the_records_begin_with_is_no_founding_day(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    first = client.get(reverse("units:unit", args=[parent_code(cast)])).context["facts"]
    assert "từ trước" in {one["value"] for one in first}
    heir = make_commune("UBND xã Sau")
    api.rename_unit(
        actor=EVERYTHING, unit_id=heir.pk, name="UBND xã Mới", short_name="Mới",
        on=date(2026, 9, 1), decision=api.Decided("1/QĐ"), now=NOW,
    )  # fmt: skip
    later = client.get(reverse("units:unit", args=[heir.code])).context["facts"]
    assert "01/09/2026" in {one["value"] for one in later}
