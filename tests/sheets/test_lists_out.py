"""Lists that go out in the layouts in which they come in: read back, nothing changes."""

from __future__ import annotations

import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, commune_area, make_province, make_staff, make_student
from tests.sheets.rows import counts, load

from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import operator_actor
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import OrgUnitVersion, version_of
from khuevan.platform.sheets.errors import NotAFileType, NotAList
from khuevan.platform.sheets.reading import read_workbook
from khuevan.registry.schools.api import School
from khuevan.registry.staff.actions.leave import NewLeave, record_leave
from khuevan.registry.students.actions import start_break
from khuevan.ui.commands import SchoolUnknown, invoke

WHY = "a test looks"


def out(kind: str, target: Path, code: str, actor: Actor | None = None) -> int:
    """Take a list out as the command does; return how many rows it has."""
    chosen = actor or operator_actor(on=TODAY, login="tests")
    if kind == "students":
        answer = invoke("export students", chosen, [str(target), "--school", code])
    else:
        answer = invoke("export", chosen, [kind, str(target), "--unit", code])
    return int(answer.data["count"])


@pytest.mark.parametrize("kind", ["classes", "staff", "students", "schools"])
def test_what_goes_out_comes_in_unchanged(cast: Cast, tmp_path: Path, kind: str) -> None:
    path, code = tmp_path / f"{kind}.xlsx", cast.school_a.code
    if kind == "students":
        make_student(
            "Lê Hòa", homeroom_class=cast.class_6a, sex="MALE", addresses={"CURRENT": "=1+1"}
        )
        Person.objects.unscoped(because=WHY).filter(pk=cast.minh_anh.person_id).update(
            nationality_code="LA"
        )
        make_student("Lê Chưa Xếp", school=cast.school_a, sex="FEMALE", moet_code="4200770077")
        clerk = actor_of(cast.loan)
        start_break(actor=clerk, uuid=cast.minh_anh.uuid, on=TODAY, reason="Ốm", now=NOW)
    if kind == "schools":
        versions = School.objects.unscoped(because="a test looks").filter(pk=cast.school_a.pk)
        versions.update(phone="0239 541 222")
    count = out(kind, path, code)
    assert count
    if kind == "students":
        assert "Lào" in {cell for row in read_workbook(path).sheets[0].rows for cell in row.cells}
    answer = load(kind, str(path), "--school", code, "--check")
    assert counts(answer) == (0, 0, count, 0), answer.data["errors"]


def test_schools_go_out_with_office_and_principal(cast: Cast, tmp_path: Path) -> None:
    seat = commune_area()
    office = version_of(cast.school_a.pk, on=TODAY)
    assert office
    OrgUnitVersion.objects.filter(unit_id=office.parent_id).update(area=seat)
    out("schools", tmp_path / "s.xlsx", cast.school_a.code)
    rows = [row.cells for row in read_workbook(tmp_path / "s.xlsx").sheets[0].rows]
    head = next(row for row in rows if "Mã trường" in row)
    told = dict(zip(head, rows[rows.index(head) + 1], strict=False))
    assert told["Hiệu trưởng"] == "Hoàng Văn Hùng"
    assert told["Đơn vị quản lý"] == f"UBND {seat.full_name[:1].lower()}{seat.full_name[1:]}"
    answer = load("schools", str(tmp_path / "s.xlsx"), "--check")
    assert counts(answer) == (0, 0, 1, 0), answer.data["errors"]


def test_staff_go_out_under_their_commune_and_with_their_leave(cast: Cast, tmp_path: Path) -> None:
    member = make_staff("Trần Thị Nghỉ", school=cast.school_a)
    leave = NewLeave("MATERNITY", TODAY, TODAY + timedelta(days=90))
    record_leave(
        actor=actor_of(cast.loan),
        member_uuid=member.uuid,
        school_id=cast.school_a.pk,
        new=leave,
        now=NOW,
    )
    out("staff", tmp_path / "s.xlsx", cast.school_a.code)
    rows = [row.cells for row in read_workbook(tmp_path / "s.xlsx").sheets[0].rows]
    away = next(row for row in rows if "Trần Thị Nghỉ" in row)
    assert {"UBND xã Đông Khê", "Tạm nghỉ"} <= set(away)
    answer = load("staff", str(tmp_path / "s.xlsx"), "--school", cast.school_a.code, "--check")
    assert counts(answer) == (0, 0, len(rows) - 3, 0)
    assert "staff.state_away" not in [one["code"] for one in answer.data["warnings"]]


def test_codes_stay_text_and_formulas_are_letters(cast: Cast, tmp_path: Path) -> None:
    out("students", tmp_path / "s.xlsx", cast.school_a.code)
    cells = [
        cell for row in read_workbook(tmp_path / "s.xlsx").sheets[0].rows for cell in row.cells
    ]
    assert "042315000482" in cells
    assert all(isinstance(cell, str) for cell in cells)


def test_an_office_takes_out_a_file_for_each_school(cast: Cast, tmp_path: Path) -> None:
    parent = "42"
    count = out("classes", tmp_path / "all.zip", parent)
    with zipfile.ZipFile(tmp_path / "all.zip") as package:
        assert f"{cast.school_a.code}/classes.xlsx" in package.namelist()
    answer = load("classes", str(tmp_path / "all.zip"), "--check")
    assert counts(answer) == (0, 0, count, 0)


def test_an_office_takes_out_a_sheet_for_each_school(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    make_student("Lê Hòa", homeroom_class=cast.class_6a, sex="MALE")
    count = out("students", path, "42")
    assert {sheet.name for sheet in read_workbook(path).sheets} >= {
        cast.school_a.code,
        cast.school_b.code,
    }
    answer = load("students", str(path))
    assert counts(answer) == (0, 0, count, 0), answer.data["errors"]


def test_others_take_nothing_out(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(SchoolUnknown):
        out("staff", tmp_path / "s.xlsx", cast.school_b.code, actor_of(cast.loan))
    with pytest.raises(SchoolUnknown):
        out("students", tmp_path / "s.xlsx", cast.school_b.code, actor_of(cast.loan))
    with pytest.raises(NotAFileType):
        out("students", tmp_path / "x.pdf", cast.school_a.code)
    with pytest.raises(NotAList):
        out("staff", tmp_path / "s.csv", "42")


@pytest.mark.parametrize(
    "path", ["/students/", "/staff/", "/schools/{}/classes/", "/schools/{}/staff/"]
)
def test_lists_offer_the_layout_on_their_own_pages(cast: Cast, client: Client, path: str) -> None:
    client.sign_in(cast.loan)
    content = client.get(path.format(cast.school_a.code)).content.decode()
    assert "/imports/out/" in content
    client.sign_in(cast.lan)
    assert "/imports/out/" not in client.get("/students/").content.decode()


def test_the_list_of_schools_offers_its_layout_to_who_keeps_it(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    assert "/imports/out/schools/" in client.get("/schools/").content.decode()
    client.sign_in(cast.hoa)
    assert "/imports/out/schools/" not in client.get("/schools/").content.decode()


@pytest.mark.parametrize("kind", ["classes", "staff", "students", "schools"])
def test_programs_take_lists_out_as_the_page_does(
    cast: Cast, client: Client, tmp_path: Path, kind: str
) -> None:
    code = make_province().code if kind == "schools" else cast.school_a.code
    client.sign_in(cast.thanh if kind == "schools" else cast.hung)
    answer = asked(client, kind, code)
    assert answer.status_code == 200, answer.content
    assert f"{code}-{kind}.xlsx" in answer.headers["Content-Disposition"]
    path = tmp_path / f"{kind}.xlsx"
    path.write_bytes(answer.content)
    count = noted()["rows"]
    assert counts(load(kind, str(path), "--school", code, "--check")) == (0, 0, count, 0)
    assert noted() == {"kind": kind, "rows": count, "purpose": "REPORT"}


def test_programs_take_nothing_of_others_and_say_what_for(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hung)
    before = AuditEntry.objects.unscoped(because=WHY).filter(code="sheets.taken_out").count()
    assert asked(client, "students", cast.school_b.code).status_code == 404
    assert asked(client, "students", "00000000").status_code == 404
    assert asked(client, "nothing", cast.school_a.code).status_code == 404
    assert asked(client, "students", cast.school_a.code, purpose="...").status_code == 422
    assert asked(client, "students", cast.school_a.code, format="pdf").status_code == 422
    client.sign_in(cast.lan)
    assert asked(client, "students", cast.school_a.code).status_code == 404
    after = AuditEntry.objects.unscoped(because=WHY).filter(code="sheets.taken_out").count()
    assert after == before


def asked(client: Client, kind: str, code: str, **more: str) -> Any:
    body = {"unit": code, "purpose": "REPORT"} | more
    return client.post(f"/api/v1/exports/{kind}", body, content_type="application/json")


def noted() -> dict[str, Any]:
    entries = AuditEntry.objects.unscoped(because=WHY).filter(code="sheets.taken_out")
    found: dict[str, Any] = entries.order_by("-pk")[0].details
    return found


def test_who_loads_one_kind_only_takes_it_out_on_the_page_too(cast: Cast, client: Client) -> None:
    client.sign_in(cast.thanh)
    assert "/imports/out/schools/" in client.get("/imports/").content.decode()
    assert client.get("/imports/out/schools/").status_code == 200
