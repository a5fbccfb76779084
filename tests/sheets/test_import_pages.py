"""The wizard through the browser's door: every step by plain link and plain POST."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_staff
from tests.sheets.loading import WHY, confirmed, fresh, row, run_jobs, uploaded
from tests.sheets.rows import counts, load

from khuevan.platform.accounts.api import Person
from khuevan.platform.sheets.faults import column_letter
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportState, SheetImport
from khuevan.platform.sheets.reading import read_workbook
from khuevan.platform.sheets.tests.build_sheets import bomb, compound_file, declare_dimension
from khuevan.registry.staff.api import Position
from khuevan.registry.students.imports.tests.lists import a_pupil, csv, some_pupils, written, xlsx

UPLOAD = "/imports/new/students/"
FAULTY = {"Ngày sinh": "31/02/2015"}


@pytest.fixture
def clerk(cast: Cast, client: Client) -> Client:
    return client.sign_in(cast.loan)


def text_of(response: Any) -> str:
    """Return what a page says, without its tags."""
    bare = re.sub(r"<[^>]*>", " ", response.content.decode())
    return re.sub(r"\s+", " ", bare)


def page_of(sheet_import: SheetImport, name: str = "import", *args: Any) -> str:
    return reverse(f"sheets:{name}", args=[sheet_import.uuid, *args])


def column_of(sheet_import: SheetImport, field: str) -> int:
    index: int = next(c["index"] for c in sheet_import.columns if c["field"] == field)
    return index


def the_import() -> SheetImport:
    return SheetImport.objects.unscoped(because=WHY).get()


def the_newest() -> SheetImport:
    return SheetImport.objects.unscoped(because=WHY).order_by("-pk")[0]


# --- step by step


def test_the_button_counts_the_rows_that_are_written(cast: Cast, clerk: Client) -> None:
    rows = some_pupils(3)
    written(actor_of(cast.loan), cast.school_a.pk, rows[:2])
    response = clerk.post(UPLOAD, {"file": xlsx(rows)}, follow=True)
    assert "Xem lại 1 dòng để xác nhận" in text_of(response)


def test_a_list_goes_all_the_way(cast: Cast, clerk: Client) -> None:
    assert "Chưa nhập danh sách nào" in text_of(clerk.get("/imports/"))
    other = {"Số định danh cá nhân": "042215000123", "Mã định danh Bộ GD&ĐT": "4212345678"}
    rows = [*some_pupils(3), a_pupil(**FAULTY, **other)]
    response = clerk.post(UPLOAD, {"file": xlsx(rows)}, follow=True)
    assert "3 dòng sẵn sàng, 1 dòng lỗi" in text_of(response)
    assert "Dòng 9, cột D" in text_of(response)
    assert "Xem lại 3 dòng để xác nhận" in text_of(response)
    found = the_import()
    fix = page_of(found, "fix", 9, column_of(found, "birth_date"))
    assert fix in response.content.decode()
    response = clerk.post(fix, {"value": "28/02/2015", "show": "REFUSED"}, follow=True)
    assert "4 dòng sẵn sàng, không có lỗi" in text_of(response)
    response = clerk.get(page_of(found, "confirm"))
    assert "Sẽ ghi vào hồ sơ Trường THCS Đông Khê" in text_of(response)
    response = clerk.post(page_of(found, "confirm"), follow=True)
    assert "Anh/chị có thể rời trang này" in text_of(response)
    assert b'id="ended"' in response.content
    assert run_jobs() == ["DONE"]
    response = clerk.get(page_of(found))
    assert "Thêm 4, cập nhật 0, không đổi 0." in text_of(response)
    assert reverse("students:classes", args=[cast.school_a.code]) in response.content.decode()
    assert "Đã xong" in text_of(clerk.get("/imports/"))


def test_the_result_also_counts_what_was_left_out(cast: Cast, clerk: Client) -> None:
    found = uploaded(cast, csv(some_pupils(3)))
    clerk.post(page_of(found, "leave_out", 2))
    clerk.post(page_of(found, "confirm"))
    assert run_jobs() == ["DONE"]
    shown = text_of(clerk.get(page_of(found)))
    assert "Thêm 2, cập nhật 0, không đổi 0." in shown
    assert "Đã bỏ qua 1 dòng như anh/chị chọn." in shown


def test_columns_are_matched_by_hand(cast: Cast, clerk: Client) -> None:
    named = a_pupil()
    named["Ngày chào đời"] = named.pop("Ngày sinh")
    response = clerk.post(UPLOAD, {"file": csv([named])}, follow=True)
    assert "Chưa thấy cột: Ngày sinh." in text_of(response)
    found = the_import()
    matches = {f"column_{c['index']}": c["field"] or "-" for c in found.columns}
    refused = clerk.post(page_of(found, "match"), matches)
    assert refused.status_code == 422
    assert "Chọn cột cho: Ngày sinh." in text_of(refused)
    index = next(c["index"] for c in found.columns if c["header"] == "Ngày chào đời")
    response = clerk.post(
        page_of(found, "match"), {**matches, f"column_{index}": "birth_date"}, follow=True
    )
    assert "1 dòng sẵn sàng, không có lỗi" in text_of(response)


def test_confirming_needs_a_tick_while_there_are_faults(cast: Cast, clerk: Client) -> None:
    found = uploaded(cast, csv([*some_pupils(2), a_pupil(**FAULTY)]))
    refused = clerk.post(page_of(found, "confirm"))
    assert refused.status_code == 422
    assert "Còn 1 dòng lỗi." in text_of(refused)
    clerk.post(page_of(found, "confirm"), {"takes_good_rows": "on"})
    assert run_jobs() == ["PARTIAL"]
    response = clerk.get(page_of(found))
    assert "1 dòng lỗi chưa ghi." in text_of(response)
    response = clerk.post(page_of(found, "reopen"), follow=True)
    assert "Lỗi 1" in text_of(response)


def test_pressing_twice_writes_once(cast: Cast, clerk: Client) -> None:
    found = uploaded(cast, csv(some_pupils(2)))
    for _time in range(2):
        assert clerk.post(page_of(found, "confirm")).status_code == 302
    assert run_jobs() == ["DONE"]
    assert clerk.post(page_of(found, "confirm")).status_code == 302
    assert run_jobs() == []
    assert "Danh sách này đã được xác nhận" in text_of(clerk.get(page_of(found)))


def test_columns_that_are_not_kept_are_named(cast: Cast, clerk: Client) -> None:
    assert "chưa có mục" not in text_of(clerk.get(page_of(uploaded(cast, csv(some_pupils(1))))))
    rows = [{**some_pupils(1)[0], "Số CMND": "184", "Nhóm máu": "O"}]
    page = text_of(clerk.get(page_of(uploaded(cast, csv(rows)))))
    assert "Hồ sơ chưa có mục cho các cột sau nên không lưu: Số CMND " in page
    assert "Chưa ghép được cột: Nhóm máu." in page


def test_a_failed_writing_is_told_in_the_inbox_of_whoever_ordered_it(
    cast: Cast, clerk: Client, monkeypatch: Any
) -> None:
    found = uploaded(cast, csv(some_pupils(2), "K6 lỗi.csv"))
    clerk.post(page_of(found, "confirm"))

    def fail(**_options: Any) -> None:
        raise ZeroDivisionError

    kind = type(importers.get("students.list"))
    monkeypatch.setattr(kind, "write", property(lambda _self: fail))
    assert run_jobs() == ["FAILED"]
    inbox = clerk.get("/notifications/")
    assert "Ghi K6 lỗi.csv vào hồ sơ: không thành công" in text_of(inbox)
    job = clerk.get(reverse("jobs:detail", args=[fresh(found).job_uuid]))
    assert f'<a href="{page_of(found)}">Quay lại nơi thực hiện</a>' in job.content.decode()


def test_the_second_of_two_clerks_is_told_at_once(cast: Cast, clerk: Client) -> None:
    rows = some_pupils(3)
    first, second = uploaded(cast, csv(rows)), uploaded(cast, csv(rows))
    clerk.post(page_of(first, "confirm"))
    refused = clerk.post(page_of(second, "confirm"))
    assert refused.status_code == 422
    assert "3 dòng trong danh sách này đang được ghi từ" in text_of(refused)
    assert run_jobs() == ["DONE"]
    response = clerk.post(page_of(second, "confirm"), follow=True)
    assert "Không dòng nào thêm mới hay thay đổi." in text_of(response)


def test_leaving_out_and_taking_back(cast: Cast, clerk: Client) -> None:
    found = uploaded(cast, csv([*some_pupils(2), a_pupil(**FAULTY)]))
    response = clerk.post(page_of(found, "leave_out", 4), {"show": "REFUSED"}, follow=True)
    assert "Bỏ qua 1" in text_of(response)
    response = clerk.get(page_of(found), {"show": "SKIPPED"})
    assert "Nhận lại" in text_of(response)
    response = clerk.post(page_of(found, "take_back", 4), follow=True)
    assert "Lỗi 1" in text_of(response)


def test_missing_classes_are_offered(cast: Cast, clerk: Client) -> None:
    found = uploaded(cast, csv(some_pupils(6, ["6K", "6L"])))
    response = clerk.get(page_of(found))
    assert "Trường chưa có lớp 6K, 6L." in text_of(response)
    assert "Mở 2 lớp này khi ghi" in text_of(response)
    response = clerk.post(page_of(found, "remedy", "classes"), follow=True)
    assert "6 dòng sẵn sàng, không có lỗi" in text_of(response)
    assert "Khi ghi danh sách sẽ mở lớp 6K, 6L." in text_of(response)
    response = clerk.get(page_of(found, "confirm"))
    assert "6K Lớp mới 0 3 45" in text_of(response)
    response = clerk.post(page_of(found, "remedy", "classes"), {"withdraw": "1"}, follow=True)
    assert "Lỗi 6" in text_of(response)


def test_confirming_tells_what_follows(cast: Cast, clerk: Client) -> None:
    rows = some_pupils(46)
    rows[2]["SĐT liên hệ"] = rows[4]["SĐT liên hệ"] = "0912"
    found = uploaded(cast, csv([*rows, a_pupil(**FAULTY)]))
    told = text_of(clerk.get(page_of(found, "confirm")))
    assert "Thêm mới 46" in told
    assert "Lỗi, không ghi 1" in told
    assert "6A Vượt 4 em 3 49 45" in told
    assert "Toàn trường 4 50" in told
    assert "Ví dụ dòng 4: “0912” không phải số điện thoại Việt Nam. Dòng 4, 6" in told
    assert "Sau khi ghi vẫn hoàn tác được cả danh sách" in told


def test_what_moved_is_shown_and_nothing_is_overwritten(cast: Cast, clerk: Client) -> None:
    rows = some_pupils(3)
    first, second = uploaded(cast, csv(rows)), uploaded(cast, csv(rows))
    confirmed(cast, first)
    run_jobs()
    response = clerk.post(page_of(second, "confirm"), follow=True)
    assert "3 hồ sơ vừa thay đổi sau khi kiểm tra, nên chưa ghi gì." in text_of(response)
    assert "Vừa thay đổi 3" in text_of(response)
    assert "Không dòng nào thêm mới hay thay đổi." in text_of(response)


def test_htmx_gets_the_check_alone_with_its_foot(cast: Cast, clerk: Client) -> None:
    found = uploaded(cast, csv([*some_pupils(2), a_pupil(**FAULTY)]))
    part = {"HX-Request": "true", "HX-Target": "check"}
    response = clerk.get(page_of(found), {"show": "NEW"}, headers={**part, "HX-Boosted": "true"})
    assert b"<html" not in response.content
    assert b'id="foot" hx-swap-oob="true"' in response.content
    fix = page_of(found, "fix", 4, column_of(found, "birth_date"))
    response = clerk.post(fix, {"value": "28/02/2015", "show": "REFUSED"}, headers=part)
    assert response.status_code == 200
    assert b"<html" not in response.content
    assert response.headers["HX-Push-Url"].startswith(page_of(found))
    assert "say" in response.headers["HX-Trigger"]


def test_any_cell_of_a_refused_row_is_mended(cast: Cast, clerk: Client) -> None:
    found = uploaded(cast, csv([*some_pupils(2), a_pupil(**FAULTY)]))
    name = column_of(found, "birth_place")
    place = {"show": "REFUSED", "at": "4", "col": str(name)}
    page = clerk.get(page_of(found), place)
    assert "Nơi sinh chi tiết. Sửa thành:" in text_of(page)
    letter = column_letter(name)
    assert f'aria-label="Dòng 4, cột {letter} · Nơi sinh chi tiết"' in page.content.decode()
    assert page.content.count(b"data-show-cell") == 1
    fix = page_of(found, "fix", 4, name)
    assert fix in page.content.decode()
    response = clerk.post(fix, {"value": "Xã Kỳ Anh", "show": "REFUSED"}, follow=True)
    assert "31/02/2015 không có trong lịch." in text_of(response)
    assert row(found, 4).cells[name] == "Xã Kỳ Anh"
    odd = clerk.get(page_of(found), {**place, "at": "2"})
    assert "31/02/2015 không có trong lịch. Sửa thành:" in text_of(odd)


def test_the_groups_count_the_rows_they_show(cast: Cast, clerk: Client) -> None:
    rows = some_pupils(9, ["6A", "6K"])
    rows[0]["Ngày sinh"], rows[0]["Giới tính"] = "31/02/2015", "N"
    rows[2]["SĐT liên hệ"] = rows[2]["SĐT học sinh"] = "0912"
    found = uploaded(cast, csv(rows))
    counts_agree(clerk, found)
    clerk.post(page_of(found, "leave_out", 4))
    counts_agree(clerk, found)
    clerk.post(page_of(found, "remedy", "classes"))
    counts_agree(clerk, found)
    clerk.post(page_of(found, "fix", 2, column_of(found, "sex")), {"value": "Nam"})
    clerk.post(page_of(found, "fix", 2, column_of(found, "birth_date")), {"value": "01/02/2015"})
    counts_agree(clerk, found)


def counts_agree(clerk: Client, found: SheetImport) -> None:
    """Look at each group: its chip counts the rows it lists, and every row is in one of them."""
    chips = clerk.get(page_of(found)).context["preview"].chips
    shown: dict[str, int] = {}
    for chip in chips:
        preview = clerk.get(chip["url"]).context["preview"]
        lines = {one.place.split(",")[0] for one in preview.faults} or {
            f"Dòng {line.number}" for line in preview.lines
        }
        assert chip["label"].endswith(f" {len(lines)}"), chip
        shown[chip["code"]] = len(lines)
    assert shown.pop("ALL") == sum(shown.values())


def test_the_next_fault_follows_a_mended_one(cast: Cast, clerk: Client) -> None:
    rows = [{**one, **FAULTY} for one in some_pupils(3)]
    found = uploaded(cast, csv(rows))
    fix = page_of(found, "fix", 3, column_of(found, "birth_date"))
    response = clerk.post(fix, {"value": "01/02/2015", "show": "REFUSED"}, follow=True)
    assert "Dòng lỗi 2 trên 2" in text_of(response)
    assert page_of(found, "fix", 4, column_of(found, "birth_date")) in response.content.decode()
    response = clerk.post(fix, {"value": "30/02/2015", "show": "REFUSED"}, follow=True)
    assert "30/02/2015 không có trong lịch." in text_of(response)


@pytest.mark.parametrize(
    "query", ["?show=<x>", "?at=99999999", "?page=-1", "?page=7", "?show=NEW&at=abc&col=x"]
)
def test_an_odd_address_shows_the_list_all_the_same(cast: Cast, clerk: Client, query: str) -> None:
    found = uploaded(cast, csv([*some_pupils(2), a_pupil(**FAULTY)]))
    response = clerk.get(page_of(found) + query)
    assert response.status_code == 200
    assert b"<x>" not in response.content


def test_words_of_a_file_are_shown_as_words(cast: Cast, clerk: Client) -> None:
    evil = a_pupil(**{"Ngày sinh": "<script>alert(1)</script>", "Chỗ ở hiện nay": "<b>x</b>"})
    found = uploaded(cast, xlsx([evil], name="<img src=x>.xlsx"))
    for name in ("import", "match"):
        content = clerk.get(page_of(found, name)).content
        assert b"<script>alert" not in content
        assert b"<img src=x>" not in content


# --- what comes back


def test_the_marked_copy_tells_the_faults_and_goes_in_again(
    cast: Cast, clerk: Client, tmp_path: Path
) -> None:
    rows = [
        *some_pupils(3),
        a_pupil(**FAULTY, **{"Mã định danh Bộ GD&ĐT": "", "Số định danh cá nhân": ""}),
    ]
    found = uploaded(cast, xlsx(rows))
    clerk.post(page_of(found, "fix", 6, column_of(found, "contact_phone")), {"value": "0987654321"})
    response = clerk.get(page_of(found, "marked"))
    assert "attachment" in response.headers["Content-Disposition"]
    path = tmp_path / "marked.xlsx"
    path.write_bytes(response.content)
    told = [str(cell) for one in read_workbook(path).sheets[0].rows for cell in one.cells]
    assert any("31/02/2015 không có trong lịch." in cell for cell in told)
    assert "0987654321" in told
    again = uploaded(cast, SimpleUploadedFile("marked.xlsx", response.content))
    assert (again.state, again.count("NEW"), again.count("REFUSED")) == ("CHECKED", 3, 1)
    assert row(again, 6).cells[column_of(again, "contact_phone")] == "0987654321"


def test_an_empty_list_can_be_taken_and_is_known_again(
    cast: Cast, clerk: Client, tmp_path: Path
) -> None:
    response = clerk.get(UPLOAD + "template.xlsx")
    path = tmp_path / "empty.xlsx"
    path.write_bytes(response.content)
    first, guide, choices = read_workbook(path).sheets
    assert [one.name for one in (first, guide, choices)] == [
        "Danh sách học sinh", "Cách điền", "Danh mục"
    ]  # fmt: skip
    assert "Họ tên *" in first.rows[3].cells
    assert "6A" in [cell for row in choices.rows for cell in row.cells]
    refused = clerk.post(UPLOAD, {"file": SimpleUploadedFile("x.xlsx", response.content)})
    assert "không có dòng nào" in text_of(refused)


# --- files that are no lists


def _truncated() -> bytes:
    return bytes(xlsx(some_pupils(3)).read()[:1500])


def _bomb(folder: Path) -> bytes:
    return bomb(folder / "bomb.xlsx", 300).read_bytes()


def _encrypted(_folder: Path) -> bytes:
    return compound_file({"EncryptedPackage": b"x" * 5000})


def _zip_of_photos(_folder: Path) -> bytes:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("a.jpg", b"x")
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.xlsx", b"", "Tệp rỗng (0 byte)."),
        ("a.xlsx", b"PK\x03\x04garbage", "Tệp bị hỏng hoặc chưa tải đủ."),
        ("a.xlsx", _truncated, "Tệp bị hỏng hoặc chưa tải đủ."),
        ("a.xlsx", _encrypted, "Tệp đang khóa bằng mật khẩu."),
        ("a.xlsx", _bomb, "Nội dung bung ra lớn bất thường"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table></html>", "Tệp này là trang web"),
        ("a.pdf", b"%PDF-1.7 x", "Đây là tệp PDF."),
        ("a.png", b"\x89PNG\r\n\x1a\nxxxx", "Đây là tệp ảnh."),
        ("a.zip", _zip_of_photos, "Tệp này không phải bảng tính."),
        ("a.csv", b"a;b\n1;2\n", "Không tìm thấy dòng tên cột."),
        ("a.csv", "Họ tên;Ngày sinh;Lớp\n".encode(), "bên dưới không có dòng nào"),
        ("a.exe", bytes(range(256)) * 40, "Tệp này không phải bảng tính."),
    ],
)
def test_a_file_that_is_no_list_gets_a_sentence(
    cast: Cast, clerk: Client, tmp_path: Path, name: str, content: Any, sentence: str
) -> None:
    if callable(content):
        content = content(tmp_path) if content is not _truncated else content()
    before = _files()
    response = clerk.post(UPLOAD, {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not SheetImport.objects.unscoped(because=WHY).exists()
    assert _files() == before


def test_an_open_document_sheet_is_told_how_to_be_saved(cast: Cast, clerk: Client) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    response = clerk.post(UPLOAD, {"file": SimpleUploadedFile("a.ods", content.getvalue())})
    assert "Lưu lại thành .xlsx" in text_of(response)
    assert ".ods" not in clerk.get(UPLOAD).content.decode()


def test_a_file_over_the_limit_is_refused(cast: Cast, clerk: Client) -> None:
    large = SimpleUploadedFile("a.csv", b"x" * (26 << 20))
    response = clerk.post(UPLOAD, {"file": large})
    assert response.status_code == 422
    assert "chỉ nhận đến 25 MB" in text_of(response)


def test_a_wrong_dimension_hides_no_row(cast: Cast, clerk: Client, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(some_pupils(5)).read())
    declare_dimension(path, "A1:B2")
    clerk.post(UPLOAD, {"file": SimpleUploadedFile("a.xlsx", path.read_bytes())})
    assert the_import().count("NEW") == 5


def test_no_file_at_all(cast: Cast, clerk: Client) -> None:
    response = clerk.post(UPLOAD, {})
    assert response.status_code == 422
    assert "Chọn một tệp trước." in text_of(response)


# --- who may, and what it costs


@pytest.mark.parametrize("who", ["lan", "toan", "mai", "binh", "thanh", "hoa", "huong"])
def test_nobody_else_gets_at_a_schools_list(cast: Cast, client: Client, who: str) -> None:
    found = uploaded(cast, csv(some_pupils(1)))
    other = client.sign_in(getattr(cast, who))
    column = column_of(found, "birth_date")
    routes: dict[str, tuple[object, ...]] = {
        "fix": (2, column), "leave_out": (2,), "take_back": (2,), "remedy": ("classes",),
        "recheck": (), "reopen": (), "drop": (), "match": (), "confirm": (),
    }  # fmt: skip
    for name in ("import", "match", "confirm", "marked"):
        assert other.get(page_of(found, name)).status_code == 404
    for name, given in routes.items():
        assert other.post(page_of(found, name, *given)).status_code == 404
    assert fresh(found).state == ImportState.CHECKED


def test_a_teacher_has_no_wizard(cast: Cast, client: Client) -> None:
    teacher = client.sign_in(cast.lan)
    for address in ("/imports/", UPLOAD, UPLOAD + "template.xlsx"):
        assert teacher.get(address).status_code == 404
    assert teacher.post(UPLOAD, {"file": csv(some_pupils(1))}).status_code == 404


def test_the_clerk_of_another_school_sees_none_of_it(cast: Cast, client: Client) -> None:
    found = uploaded(cast, csv(some_pupils(1), name="bi-mat.csv"))
    other = make_staff("Lê Thị Xa", school=cast.school_b, position=Position.CLERK)
    stranger = client.sign_in(other.person)
    assert "bi-mat" not in text_of(stranger.get("/imports/"))
    assert stranger.get(page_of(found)).status_code == 404
    stranger.post(UPLOAD, {"file": csv(some_pupils(1))})
    assert the_newest().unit_id == cast.school_b.pk


def test_the_check_page_costs_the_same_however_long_the_list(cast: Cast, clerk: Client) -> None:
    counts = []
    for size in (5, 45, 182):
        rows = some_pupils(size, ["6A", "6B", "6K"])
        rows[2] = {**rows[2], **FAULTY}
        found = uploaded(cast, csv(rows))
        clerk.get(page_of(found))
        for query in ("", "?show=ALL", "?show=NEW"):
            with CaptureQueriesContext(connection) as caught:
                clerk.get(page_of(found) + query)
            counts.append((query, len(caught)))
    assert len(set(counts)) == 3, counts
    assert max(count for _query, count in counts) <= 26


def test_many_lists_are_shown_a_page_at_a_time(cast: Cast, clerk: Client) -> None:
    first = uploaded(cast, csv(some_pupils(1)))
    fields = ("kind", "unit_id", "owner_id", "state", "layout", "header_rows", "counts")
    given = {name: getattr(first, name) for name in fields}
    SheetImport.objects.bulk_create(
        SheetImport(**given, file_name=f"{number}.csv", created_at=NOW) for number in range(60)
    )
    with CaptureQueriesContext(connection) as caught:
        response = clerk.get("/imports/")
    assert (response.content.count(b".csv</a>"), len(caught) <= 14) == (50, True)
    following = response.context["next_url"]
    assert clerk.get(following).content.count(b".csv</a>") == 11


def _files() -> list[Path]:
    return [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_zeros_are_put_back_in_one_press(cast: Cast, clerk: Client) -> None:
    key = "Số định danh cá nhân"
    rows = [{**one, key: one[key].removeprefix("0")} for one in some_pupils(3)]
    page = clerk.post(UPLOAD, {"file": csv(rows)}, follow=True)
    assert "Thêm số 0 vào 3 ô" in text_of(page)
    page = clerk.post(page_of(the_import(), "remedy", "zeros"), follow=True)
    assert "3 dòng sẵn sàng, không có lỗi" in text_of(page)
    assert "Thêm số 0" not in text_of(page)


def test_names_in_capitals_are_told_and_so_is_the_first_day(cast: Cast, clerk: Client) -> None:
    rows = [{**one, "Họ tên": one["Họ tên"].upper()} for one in some_pupils(2)] + some_pupils(3)[2:]
    page = text_of(clerk.post(UPLOAD, {"file": csv(rows)}, follow=True))
    assert "2 tên viết toàn chữ in hoa; hồ sơ ghi như “" in page
    names = [one["Họ tên"] for one in some_pupils(2)]
    assert any(f"ghi như “{name}”" in page for name in names)
    confirm = text_of(clerk.get(page_of(the_import(), "confirm")))
    assert "Muốn ghi ngày khác, anh/chị thêm cột đó vào tệp rồi nhập lại." in confirm
    again = csv(some_pupils(3))
    assert "chữ in hoa" not in text_of(clerk.post(UPLOAD, {"file": again}, follow=True))


def test_the_command_puts_zeros_back_when_asked(cast: Cast, tmp_path: Path) -> None:
    key = "Số định danh cá nhân"
    rows = [{**one, key: one[key].removeprefix("0")} for one in some_pupils(3)]
    path = tmp_path / f"{cast.school_a.code}.csv"
    path.write_bytes(csv(rows).read())
    answer = load("students", str(path), "--accept", "good")
    assert counts(answer) == (0, 0, 0, 3)
    assert "--restore-zeros" in answer.text
    checked = load("students", str(path), "--restore-zeros", "--check")
    assert (counts(checked), checked.data["zeros_restored"]) == ((3, 0, 0, 0), 3)
    answer = load("students", str(path), "--restore-zeros")
    assert (counts(answer), answer.data["files_written"]) == ((3, 0, 0, 0), 1)
    assert "3" in answer.text
    held = Person.objects.unscoped(because=WHY).filter(
        personal_number__in=[one[key] for one in some_pupils(3)]
    )
    assert held.count() == 3


def test_a_list_that_speaks_of_another_school_is_asked_about(cast: Cast, clerk: Client) -> None:
    titled = "TRƯỜNG THCS NINH HẢI;;\n".encode() + csv(some_pupils(1)).read()
    page = clerk.post(UPLOAD, {"file": SimpleUploadedFile("l.csv", titled)}, follow=True)
    assert "Phần đầu tệp, phía trên bảng, ghi Trường THCS Ninh Hải" in text_of(page)
    confirm = page_of(the_import(), "confirm")
    assert 'name="is_own_list"' in clerk.get(confirm).content.decode()
    refused = clerk.post(confirm)
    assert refused.status_code == 422
    assert the_import().state == ImportState.CHECKED
    clerk.post(confirm, {"is_own_list": "on"})
    assert the_import().is_ordered


def test_columns_that_were_not_known_lead_to_the_matching(cast: Cast, clerk: Client) -> None:
    rows = [{**one, "Sở thích": "Bóng đá", "Ghi chú riêng": ""} for one in some_pupils(1)]
    page = clerk.post(UPLOAD, {"file": csv(rows)}, follow=True)
    assert "Chưa ghép được cột: Sở thích." in text_of(page)
    assert "Hồ sơ chưa có mục cho các cột sau" not in text_of(page)
    found = the_import()
    chosen = {f"column_{c['index']}": c["field"] or "-" for c in found.columns}
    page = clerk.post(page_of(found, "match"), chosen, follow=True)
    assert "Chưa ghép được cột" not in text_of(page)


def test_one_kind_of_faults_is_looked_at_alone(cast: Cast, clerk: Client) -> None:
    rows = some_pupils(5)
    for row_with, header, value in ((0, "Ngày sinh", "31/02/2015"), (2, "Ngày sinh", "31/04/2015"),
                                    (3, "Dân tộc", "Kinhh")):  # fmt: skip
        rows[row_with][header] = value
    found = uploaded(cast, csv(rows))
    page = clerk.get(page_of(found)).content.decode()
    link = r'href="([^"]*kind=[^"]*)"[^>]*>(Ngày sinh|Dân tộc)[^<]* · (\d) dòng</a>'
    kinds = re.findall(link, page)
    assert [(column, count) for _url, column, count in kinds] == [
        ("Ngày sinh", "2"),
        ("Dân tộc", "1"),
    ]
    alone = text_of(clerk.get(html.unescape(kinds[1][0])))
    assert "Dòng lỗi 1 trên 1" in alone
    mended = page_of(found, "fix", 5, column_of(found, "ethnicity"))
    key = re.search(r"kind=([^&]*)", html.unescape(kinds[1][0]))
    assert key
    posted = {"value": "Kinh", "show": "REFUSED", "kind": unquote(key.group(1))}
    assert "Dòng lỗi 1 trên 2" in text_of(
        clerk.post(mended, posted, follow=True)
    )  # none of it is left


def test_a_page_made_while_the_writing_ended_asks_for_the_result(cast: Cast, clerk: Client) -> None:
    """The list was read before its job ended, the job after: nothing else would end any more."""
    found = confirmed(cast, uploaded(cast, xlsx(some_pupils(2))))
    url = reverse("sheets:import", args=[found.uuid])
    waits = 'hx-trigger="job-finished from:body"'
    assert waits in clerk.get(url).content.decode()
    assert run_jobs() == ["DONE"]
    stale = SheetImport.objects.unscoped(because=WHY).filter(pk=found.pk)
    stale.update(state=ImportState.APPLYING)
    page = clerk.get(url).content.decode()
    assert 'hx-trigger="job-finished from:body, load"' in page
    stale.update(state=ImportState.DONE)
    answer = clerk.get(url, headers={"HX-Request": "true", "HX-Target": "ended"})
    assert answer.headers["HX-Refresh"] == "true"
