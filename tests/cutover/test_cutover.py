"""A school moves over: lists count in, totals differ, are explained, signed, and stay as signed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from khuevan.cli.world.cutover import move_over
from khuevan.kernel.errors import NotFound
from khuevan.platform.sheets.actions import upload_sheets, write_import
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.platform.sheets.tests.build_sheets import ClassList
from khuevan.registry.cutover import actions, selectors, who
from khuevan.registry.cutover.actions import OwnTotal
from khuevan.registry.cutover.content import changed_since, looked_at
from khuevan.registry.cutover.errors import (
    AlreadyMovingOver,
    CutoverChanged,
    ListsUndoing,
    ListsUnwritten,
    NotLive,
    NotSubmitted,
    NumbersMoved,
    TotalTwice,
    Unexplained,
)
from khuevan.registry.cutover.models import Cutover, CutoverRecord, CutoverState, Part
from khuevan.registry.cutover.rules import Count, Line, Standing
from khuevan.registry.cutover.selectors import get_cutover_for, reconciliation
from khuevan.ui.commands import invoke
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_class, make_student

pytestmark = pytest.mark.django_db
WHY = "Hai em chuyển đi sau ngày chốt số liệu"


def line(cast: Cast, cutover: Cutover, key: str) -> Line:
    found = reconciliation(actor_of(cast.loan), cutover)
    return next(one for one in found.lines if one.key == key)


def own(cast: Cast, cutover: Cutover, **changes: int) -> list[OwnTotal]:
    """Return totals that agree with the records, but for some classes."""
    found = reconciliation(actor_of(cast.loan), cutover)
    return [
        OwnTotal(
            Part.CLASS,
            one.key,
            one.name,
            Count((one.recorded.total or 0) + changes.get(one.key, 0)),
        )
        for one in found.classes
    ]


def enter(cast: Cast, cutover: Cutover, totals: list[OwnTotal], **given: Any) -> Cutover:
    return actions.save_totals(
        actor=actor_of(cast.loan),
        uuid=cutover.uuid,
        version=given.pop("version", None),
        totals=totals,
        now=NOW,
        **given,
    )


def explain(cast: Cast, cutover: Cutover, key: str) -> None:
    actions.explain(
        actor=actor_of(cast.loan),
        uuid=cutover.uuid,
        part=Part.CLASS,
        key=key,
        sentence=WHY,
        now=NOW,
    )


def submit(cast: Cast, cutover: Cutover) -> Cutover:
    now = get_cutover_for(actor_of(cast.loan), cutover.uuid)
    return actions.submit(
        actor=actor_of(cast.loan), uuid=cutover.uuid, version=now.version, now=NOW
    )


def numbers(cast: Cast, cutover: Cutover) -> str:
    found = reconciliation(actor_of(cast.hung), cutover)
    return looked_at(found, selectors.lists_of(cutover))


def sign(cast: Cast, cutover: Cutover, seen: str = "") -> CutoverRecord:
    return actions.sign(
        actor=actor_of(cast.hung),
        uuid=cutover.uuid,
        numbers=seen or numbers(cast, cutover),
        number="12/BB-THCS",
        now=NOW,
    )


@pytest.fixture
def signed(cast: Cast, begun: Cutover) -> CutoverRecord:
    enter(cast, begun, own(cast, begun, **{"6a": 2}))
    explain(cast, begun, "6a")
    submit(cast, begun)
    return sign(cast, begun)


def upload(cast: Cast, rows: list[dict[str, str]]) -> Any:
    with TemporaryDirectory() as folder:
        content = ClassList(rows=rows).write(Path(folder) / "a.xlsx").read_bytes()
    (one,) = upload_sheets(
        actor=actor_of(cast.loan),
        kind="students.list",
        unit_id=cast.school_a.pk,
        upload=SimpleUploadedFile("vnedu-6A.xlsx", content),
        now=NOW,
    )
    return one


def a_row(name: str, **changes: str) -> dict[str, str]:
    return {
        "Họ tên": name,
        "Ngày sinh": "09/02/2015",
        "Giới tính": "Nam",
        "Lớp học": "6A",
        **changes,
    }


def test_one_at_a_time(cast: Cast, begun: Cutover) -> None:
    with pytest.raises(AlreadyMovingOver):
        actions.begin(
            actor=actor_of(cast.hung),
            school_id=cast.school_a.pk,
            product="SMAS",
            on=TODAY,
            responsible="",
            now=NOW,
        )
    actions.abandon(actor=actor_of(cast.loan), uuid=begun.uuid, reason="Nhầm ngày", now=NOW)
    with pytest.raises(NotLive):
        enter(cast, begun, [])


def test_a_list_that_is_loaded_counts_in_until_it_is_left_out(cast: Cast, begun: Cutover) -> None:
    one = upload(cast, [a_row("Nguyễn Văn Mới")])
    (joined,) = selectors.lists_of(begun)
    assert joined.sheet_import == one
    assert len(joined.sha256) == 64
    enter(cast, begun, own(cast, begun))
    with pytest.raises(ListsUnwritten, match="vnedu-6A"):
        submit(cast, begun)
    written = SheetImport.objects.unscoped(because="a job takes it back").filter(pk=one.pk)
    written.update(state=ImportState.UNDOING)
    with pytest.raises(ListsUndoing, match="vnedu-6A"):
        submit(cast, begun)
    written.update(state=ImportState.UNDONE)
    submit(cast, begun)
    loan = actor_of(cast.loan)
    actions.leave_out(actor=loan, uuid=begun.uuid, sheet_import=one.uuid, now=NOW)
    assert selectors.lists_of(begun) == []
    actions.count_in(actor=loan, uuid=begun.uuid, sheet_import=one.uuid, now=NOW)
    assert [found.sheet_import for found in selectors.lists_of(begun)] == [one]


def test_a_difference_has_to_be_explained_anew_when_it_changes(cast: Cast, begun: Cutover) -> None:
    enter(cast, begun, own(cast, begun, **{"6a": 1}))
    with pytest.raises(Unexplained, match="6A"):
        submit(cast, begun)
    explain(cast, begun, "6a")
    assert line(cast, begun, "6a").standing == Standing.EXPLAINED
    make_student("Trần Văn Vừa", homeroom_class=cast.class_6a)
    assert line(cast, begun, "6a").standing == Standing.SAME
    make_student("Trần Văn Thêm", homeroom_class=cast.class_6a)
    again = line(cast, begun, "6a")
    assert (again.standing, again.said_before) == (Standing.DIFFERS, WHY)
    with pytest.raises(Unexplained):
        submit(cast, begun)


def test_what_was_signed_stays_while_records_change(cast: Cast, signed: CutoverRecord) -> None:
    cutover = signed.cutover
    assert cutover.state == CutoverState.SIGNED
    before = signed.content
    make_student("Lê Văn Sau", homeroom_class=cast.class_6a)
    again = selectors.get_record_for(actor_of(cast.hung), signed.uuid)
    assert again.content == before
    found = reconciliation(actor_of(cast.hung), cutover)
    ((changed, now),) = changed_since(again.content, found)
    assert (changed.key, now.total) == ("6a", (changed.recorded.total or 0) + 1)
    with pytest.raises(DatabaseError), transaction.atomic():
        CutoverRecord.objects.unscoped(because="tests").filter(pk=signed.pk).update(number="1")


def test_a_withdrawn_signature_opens_it_again(cast: Cast, signed: CutoverRecord) -> None:
    hung = actor_of(cast.hung)
    uuid = signed.cutover.uuid
    actions.withdraw(actor=hung, uuid=uuid, reason="Sai số lớp 6A", now=NOW)
    assert get_cutover_for(hung, uuid).state == CutoverState.OPEN
    kept = selectors.get_record_for(hung, signed.uuid)
    assert kept.withdrawn_because == "Sai số lớp 6A"
    submit(cast, signed.cutover)
    assert sign(cast, signed.cutover).pk != signed.pk


def test_the_principal_signs_what_was_seen_or_is_told(cast: Cast, begun: Cutover) -> None:
    enter(cast, begun, own(cast, begun))
    with pytest.raises(NotSubmitted):
        sign(cast, begun)
    submit(cast, begun)
    seen = numbers(cast, begun)
    make_student("Vũ Văn Chen", homeroom_class=cast.class_6a)
    with pytest.raises(NumbersMoved):
        sign(cast, begun, seen)
    enter(cast, begun, own(cast, begun))
    with pytest.raises(NotSubmitted):
        sign(cast, begun)


def test_two_clerks_do_not_overwrite_each_other(cast: Cast, begun: Cutover) -> None:
    enter(cast, begun, own(cast, begun), version=begun.version)
    with pytest.raises(CutoverChanged):
        enter(cast, begun, own(cast, begun), version=begun.version)
    with pytest.raises(TotalTwice):
        enter(cast, begun, own(cast, begun) * 2)


def test_a_clerk_does_not_sign(cast: Cast, begun: Cutover) -> None:
    enter(cast, begun, own(cast, begun))
    submit(cast, begun)
    with pytest.raises(NotFound):
        actions.sign(
            actor=actor_of(cast.loan),
            uuid=begun.uuid,
            numbers=numbers(cast, begun),
            number="",
            now=NOW,
        )


def test_a_class_tells_who_makes_the_difference(cast: Cast, begun: Cutover) -> None:
    rows = [
        a_row(cast.minh_anh.person.full_name, **{"Ngày sinh": "18/07/2015", "Giới tính": "Nữ"}),
        a_row("Hồ Văn Sai", **{"Ngày sinh": "31/02/2015"}),
        a_row("Đinh Văn Đôi", **{"Ngày sinh": "01/03/2015"}),
        a_row("Đinh Văn Đôi", **{"Ngày sinh": "01/03/2015", "Lớp học": "6B"}),
    ]
    one = upload(cast, rows)
    write_import(
        actor=actor_of(cast.loan),
        uuid=one.uuid,
        takes_good_rows=True,
        now=NOW,
        progress=lambda _done, _all: None,
    )
    looked = who.look_into(actor_of(cast.loan), begun, line(cast, begun, "6a"))
    assert "Hồ Văn Sai" in {told.name for told in looked.only_in_files}
    assert "Đinh Văn Đôi" in {told.name for told in looked.in_two_classes}
    named = {told.name for told in looked.only_in_records}
    assert cast.minh_anh.person.full_name not in named


@pytest.mark.parametrize("who_looks", ["binh", "thanh", "hoa"])
def test_offices_read_no_word_that_the_school_typed(
    cast: Cast, client: Client, begun: Cutover, who_looks: str
) -> None:
    child = cast.minh_anh.person.full_name
    enter(cast, begun, [OwnTotal(Part.CLASS, child[:20], child, Count(38))])
    explain(cast, begun, child[:20])
    officer = getattr(cast, who_looks)
    client.sign_in(officer)
    for path in (
        "/cutovers/",
        f"/cutovers/schools/{cast.school_a.code}/",
        f"/cutovers/{begun.uuid}/comparison/",
        f"/api/v1/cutovers/{begun.uuid}",
    ):
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 200, path
        assert not [word for word in (child, child[:20], WHY) if word in text], path
    told = invoke("cutover", actor_of(officer), ["--school", cast.school_a.code])
    assert child not in f"{told.text}{told.data}"
    (line,) = [one for one in told.data["lines"] if one["own"] == (38, None, None)]
    assert (line["name"], line["standing"]) == ("Không có trong hồ sơ", "EXPLAINED")
    client.sign_in(cast.loan)
    assert child in client.get(f"/cutovers/{begun.uuid}/comparison/").content.decode()


def test_a_long_pasted_sheet_loses_no_line(cast: Cast, client: Client, begun: Cutover) -> None:
    client.sign_in(cast.loan)
    names = [f"Lớp lạ {place}" for place in range(300)]
    data: dict[str, Any] = {"extra": names, "version": begun.version}
    for place, name in enumerate(names):
        data |= {f"name.{place}": name, f"class.{place}": "~", f"extra.{place}.total": "7"}
    client.post(f"/cutovers/{begun.uuid}/totals/", data)
    found = reconciliation(actor_of(cast.loan), begun)
    assert sum(one.own is not None for one in found.classes) == len(names)


def test_queries_do_not_grow_with_classes(cast: Cast, begun: Cutover) -> None:
    enter(cast, begun, own(cast, begun))
    with CaptureQueriesContext(connection) as few:
        reconciliation(actor_of(cast.hung), begun)
    for number in range(6):
        room = make_class(f"6{'TUVXYZ'[number]}", school=cast.school_a)
        make_student(f"Đỗ Văn {'ABCDEF'[number]}", homeroom_class=room)
    with CaptureQueriesContext(connection) as many:
        found = reconciliation(actor_of(cast.hung), begun)
    assert len(found.classes) > 6
    assert len(many) == len(few)


def test_pages_of_the_way(client: Client, cast: Cast, signed: CutoverRecord) -> None:
    cutover = signed.cutover
    for person in (cast.loan, cast.hung):
        client.sign_in(person)
        for path in (
            f"/cutovers/schools/{cast.school_a.code}/",
            f"/cutovers/{cutover.uuid}/comparison/",
            f"/cutovers/{cutover.uuid}/totals/",
            f"/cutovers/{cutover.uuid}/classes/6a/",
            f"/cutovers/records/{signed.uuid}/",
            f"/cutovers/records/{signed.uuid}/record.xlsx",
        ):
            assert client.get(path).status_code == 200, path
    client.sign_in(cast.hoa)
    page = client.get("/cutovers/").content.decode()
    assert cast.school_a.code in page
    page = client.get(f"/cutovers/{cutover.uuid}/comparison/").content.decode()
    assert WHY not in page
    assert client.get(f"/cutovers/{cutover.uuid}/classes/6a/").status_code == 404
    assert client.get(f"/cutovers/records/{signed.uuid}/").status_code == 404


def test_the_demo_begins_one_once(cast: Cast) -> None:
    for _time in range(2):
        move_over(today=TODAY, school_id=cast.school_a.pk, now=NOW)
    (begun,) = selectors.cutovers(actor_of(cast.loan))
    found = reconciliation(actor_of(cast.loan), begun)
    assert [one.standing for one in found.classes if one.explained] == [Standing.EXPLAINED]
    assert found.open


def test_programs_give_totals_of_what_there_is(cast: Cast, client: Client, begun: Cutover) -> None:
    client.sign_in(cast.loan)
    place = f"/api/v1/cutovers/{begun.uuid}/totals"
    unknown = (("GRADE", "99"), ("STAFF", "KING"), ("SCHOOL", "x"), ("CLASS", ""))
    for part, key in (*unknown, ("CLASS", "\u200b ")):
        totals = [{"part": part, "key": key, "total": 3}]
        body = {"version": begun.version, "totals": totals}
        answer = client.post(place, body, content_type="application/json")
        assert (answer.status_code, "cutover.total_unknown" in answer.content.decode()) == (
            422, True)  # fmt: skip
    totals = [{"part": "GRADE", "key": "6", "total": 3}, {"part": "SCHOOL", "key": "", "total": 9}]
    body = {"version": begun.version, "totals": totals}
    assert client.post(place, body, content_type="application/json").status_code == 200


def test_neither_way_to_paste_is_called_optional(
    cast: Cast, client: Client, begun: Cutover
) -> None:
    client.sign_in(cast.loan)
    page = client.get(reverse("cutover:totals", args=[begun.uuid])).content.decode()
    assert "không bắt buộc" not in page
