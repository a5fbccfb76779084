"""What a family sees: its own children, in two schools, and who looked at their records."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, TODAY, make_person, make_staff

from khuevan.community.family.selectors import children, looks_this_month
from khuevan.platform.audit.api import AuditEntry, RecordView
from khuevan.platform.sheets.api import read_workbook
from khuevan.registry.schools.api import add_make_up_day, close_days
from khuevan.registry.students.api import end_enrollment, open_record

ONE = timedelta(days=1)
OTHERS = ("lan", "toan", "hung", "loan", "mai", "binh", "thanh", "hoa", "hien")


def pages_of(uuid: UUID) -> list[str]:
    """Return every page of one child."""
    return [reverse(f"family:{name}", args=[uuid]) for name in ("child", "child_looks")]


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def test_mother_opens_on_her_elder_child(cast: Cast, client: Client) -> None:
    page = text(client.sign_in(cast.huong), "/")
    assert "Phạm Minh Anh" in page
    assert "THCS Đông Khê" in page
    assert "Nguyễn Thị Lan" in page


def test_she_switches_to_the_younger_one_in_the_other_school(cast: Cast, client: Client) -> None:
    client.sign_in(cast.huong)
    page = text(client, f"{reverse('family:home')}?child={cast.duc_minh.uuid}")
    assert "Lớp của con" in page
    assert "Đức Minh" in page
    assert "Tiểu học Đông Khê" in page
    assert "chưa phân công" in page
    response = client.get(reverse("family:record"))
    assert response.headers["Location"] == reverse("family:child", args=[cast.duc_minh.uuid])


def test_she_sees_her_children_and_no_other(cast: Cast, client: Client) -> None:
    client.sign_in(cast.huong)
    for address in (*pages_of(cast.minh_anh.uuid), *pages_of(cast.duc_minh.uuid)):
        text(client, address)
    for stranger in (cast.student_b, cast.student_6b, *cast.others_6a):
        for address in pages_of(stranger.uuid):
            assert client.get(address).status_code == 404, address
        number = reverse("family:child_number", args=[stranger.uuid])
        assert client.post(number).status_code == 404


def test_to_everybody_else_there_is_no_family(cast: Cast) -> None:
    for name in OTHERS:
        client = Client().sign_in(getattr(cast, name))
        for address in (reverse("family:home"), *pages_of(cast.minh_anh.uuid)):
            assert client.get(address).status_code == 404, (name, address)


def test_pupil_sees_herself_and_is_spoken_to(cast: Cast, client: Client) -> None:
    page = text(client.sign_in(cast.minh_anh), "/")
    assert "Lớp của em" in page
    assert "hồ sơ của em" in page
    for address in pages_of(cast.duc_minh.uuid):
        assert client.get(address).status_code == 404


def test_what_the_record_lacks_is_told(cast: Cast, client: Client) -> None:
    client.sign_in(cast.huong)
    page = client.get("/")
    assert page.context["missing"] == []
    assert "Cần kiểm tra" not in page.content.decode()
    page = client.get(reverse("family:child", args=[cast.duc_minh.uuid]))
    assert page.context["missing"] == ["số định danh", "dân tộc", "địa chỉ"]


def test_a_family_takes_the_whole_record_along_and_that_is_noted(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    address = reverse("family:child_file", args=[cast.minh_anh.uuid])
    assert Client().sign_in(cast.lan).post(address).status_code == 404
    page = client.sign_in(cast.huong).get(reverse("family:child", args=[cast.minh_anh.uuid]))
    assert {"Tải hồ sơ của con", "Dân tộc", "Diện chính sách", "Khuyết tật", "Số đăng bộ"} <= {
        *re.findall(r">([^<>]+)<", page.content.decode())
    }
    other = reverse("family:child_file", args=[cast.student_b.uuid])
    assert client.post(other).status_code == 404
    response = client.post(address)
    assert response.status_code == 200
    file = tmp_path / "record.xlsx"
    file.write_bytes(response.content)
    book = read_workbook(file)
    assert [one.name for one in book.sheets][:2] == ["Thông tin", "Gia đình"]
    told = {cell for sheet in book.sheets for row in sheet.rows for cell in row.cells}
    assert {"Phạm Minh Anh", cast.huong.full_name} <= told
    look = RecordView.objects.unscoped(because="tests").get(viewer_person_id=cast.huong.pk)
    assert (look.what, look.purpose) == ("copy", "OWN_RIGHT")
    assert AuditEntry.objects.unscoped(because="tests").filter(code="family.record_taken").exists()


def test_the_personal_number_is_masked_until_asked_for_and_that_is_noted(
    cast: Cast, client: Client
) -> None:
    client.sign_in(cast.huong)
    masked = text(client, reverse("family:child", args=[cast.minh_anh.uuid]))
    assert "042315000482" not in masked.replace(" ", "")
    number = reverse("family:child_number", args=[cast.minh_anh.uuid])
    shown = client.post(number).content.decode()
    assert "042315 000 482" in shown
    part = client.post(number, headers={"HX-Request": "true"}).content.decode()
    assert "042315 000 482" in part
    assert "<html" not in part
    entries = AuditEntry.objects.unscoped(because="test").filter(code="students.unmasked")
    assert {entry.actor_person_id for entry in entries} == {cast.huong.pk}


def look(cast: Cast, *names: str) -> None:
    """Let somebody open Minh Anh's record."""
    for name in names:
        open_record(
            actor=actor_of(getattr(cast, name)),
            uuid=cast.minh_anh.uuid,
            what="overview",
            now=NOW,
            purpose="COMPLAINT: đơn số 12" if name == "binh" else "",
        )


def test_she_reads_who_looked_this_month(cast: Cast, client: Client) -> None:
    look(cast, "lan", "lan", "hung", "binh", "huong")
    client.sign_in(cast.huong)
    assert "Tháng này 3 người đã xem hồ sơ của con" in text(client, "/")
    page = text(client, reverse("family:child_looks", args=[cast.minh_anh.uuid]))
    why = "Giải quyết đơn thư, phản ánh, khiếu nại: đơn số 12"
    for words in ("Nguyễn Thị Lan", "Hoàng Văn Hùng", "Võ Thanh Bình", "THCS Đông Khê", why):
        assert words in page
    assert page.count("Tổng quan hồ sơ") == 4


def test_other_children_keep_their_own_list(cast: Cast, client: Client) -> None:
    look(cast, "lan")
    page = text(client.sign_in(cast.huong), f"/?child={cast.duc_minh.uuid}")
    assert "Tháng này chưa ai xem hồ sơ của con" in page


def test_last_months_looks_are_listed_and_not_counted(cast: Cast) -> None:
    actor = actor_of(cast.huong)
    RecordView.objects.create(
        at=NOW.replace(month=10),
        person_id=cast.minh_anh.person_id,
        unit_id=cast.school_a.pk,
        viewer_person_id=cast.hung.pk,
        viewer_label="Hoàng Văn Hùng",
        what="record",
    )
    child = children(actor=actor, on=TODAY)[0]
    assert looks_this_month(actor=actor, child=child, on=TODAY).times == 0


def test_long_lists_of_looks_come_in_parts(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("khuevan.ui.tables.keyset.PART", 2)
    look(cast, "lan", "hung", "loan", "toan", "binh")
    client.sign_in(cast.huong)
    address, names = reverse("family:child_looks", args=[cast.minh_anh.uuid]), []
    while address:
        context = client.get(address).context
        names += [one["who"] for one in context["looks"]]
        address = context["more_url"]
    assert len(names) == len(set(names)) == 5


def test_a_child_who_left_school_is_still_hers(cast: Cast, client: Client) -> None:
    end_enrollment(
        actor=actor_of(cast.loan),
        uuid=cast.minh_anh.uuid,
        exit_kind="ABROAD",
        on=TODAY,
        now=NOW,
    )
    page = text(client.sign_in(cast.huong), reverse("family:home"))
    assert "Phạm Minh Anh" in page
    assert "chưa xếp lớp" in page


def test_a_mother_who_teaches_changes_her_role_here(cast: Cast, client: Client) -> None:
    make_staff("Trịnh Thu Hường", school=cast.school_b, person=cast.huong)
    page = text(client.sign_in(cast.huong, hat="guardian-0"), "/")
    assert "Đổi sang vai trò" in page
    assert "Đổi sang vai trò" not in text(Client().sign_in(cast.minh_anh), "/")


def test_guardian_without_a_child_left_is_told_what_to_do(cast: Cast) -> None:
    person = make_person("Cao Không Con")
    assert children(actor=actor_of(person), on=TODAY) == []


def test_both_children_stand_on_her_day(cast: Cast, client: Client) -> None:
    """The one whose turn it is in full, the other as one line that opens theirs."""
    page = client.sign_in(cast.huong).get("/").content.decode()
    main = page[page.index("<main") :]
    assert "Phạm Đức Minh" in main
    assert f"?child={cast.duc_minh.uuid}" in main


def test_a_family_reads_of_days_off_that_touch_its_child(cast: Cast, client: Client) -> None:
    on = TODAY + timedelta(days=2)
    said: dict[str, Any] = {
        "reason": "STORM",
        "decision": "1/CĐ",
        "starts_on": on,
        "ends_on": on + ONE,
        "now": NOW,
    }
    for school, levels, note in (
        (cast.school_a, ("THCS",), "bão số 3"),
        (cast.school_a, ("THPT",), "bão khác"),
        (cast.school_b, (), "bão nơi khác"),
    ):
        closure = close_days(
            actor=actor_of(cast.thanh), unit_id=school.pk, levels=levels, note=note, **said
        )
        add_make_up_day(actor=actor_of(cast.thanh), uuid=closure.uuid, on=on + 7 * ONE, now=NOW)
    page = text(client.sign_in(cast.huong), "/")
    assert "Bão số 3" in page
    assert "Học bù" in page
    assert "Bão khác" not in page
    assert "Bão nơi khác" not in page
