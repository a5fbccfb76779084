"""The staff of a school from a list: one person once, positions by who may fill them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import Cast, actor_of
from tests.factories import make_person
from tests.sheets.rows import counts, load, reasons, written

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import Grant
from khuevan.platform.sheets.api import header_key
from khuevan.registry.staff.api import Appointment
from khuevan.registry.staff.imports.staff_layout import SEEN, STAFF_LAYOUT
from khuevan.registry.staff.imports.words import word_lists

WHY = "a test looks"
ROW = {
    "UBND Xã": "UBND xã Đông Khê",
    "Tên trường": "Trường THCS Đông Khê",
    "Mã định danh Bộ GD&ĐT": "4200009001",
    "Họ tên": "Trần Thị Bích",
    "Ngày sinh": "12/03/1988",
    "Giới tính": "Nữ",
    "Dân tộc": "Kinh",
    "Trạng thái": "Đang làm việc",
    "Vị trí việc làm": "Giáo viên THCS",
    "Hình thức hợp đồng": "Viên chức",
    "Email": "bich@example.vn",
    "Điện thoại": "0912345678",
    "Số định danh cá nhân": "042188009001",
    "Ngày về trường": "15/08/2015",
}


def at_work(cast: Cast, name: str) -> Appointment:
    rows = Appointment.objects.unscoped(because=WHY).select_related("person", "staff_member")
    return rows.get(unit_id=cast.school_a.pk, person__search_name=name, ends_on=None)


def test_the_ministry_file_has_72_columns() -> None:
    assert len({one.header for one in STAFF_LAYOUT.fields}) == 72


def test_headers_that_were_seen_stand_letter_by_letter() -> None:
    assert {one.header for one in STAFF_LAYOUT.fields} >= set(SEEN)


@pytest.mark.parametrize(
    "header",
    ["Giới tính", "Dân tộc", "Tôn giáo", "CCCD", "Hình thức hợp đồng", "Ngày tuyển dụng",
     "Chức danh nghề nghiệp", "Hạng", "Môn dạy", "Trình độ chuyên môn", "LLCT", "Ngoại ngữ",
     "Tin học", "Đảng viên", "Đánh giá viên chức", "Chuẩn nghề nghiệp", "Hệ số lương", "Bậc",
     "PC", "BHXH"],
)  # fmt: skip
def test_columns_known_from_memory_are_recognized(header: str) -> None:
    assert header_key(header) in STAFF_LAYOUT.exact_headers


def test_a_teacher_is_taken_on_and_again_nothing_changes(cast: Cast, tmp_path: Path) -> None:
    words = (written(tmp_path / "s.csv", [ROW]), "--school", cast.school_a.code)
    clerk = actor_of(cast.loan)
    assert counts(load("staff", *words, actor=clerk)) == (1, 0, 0, 0)
    held = at_work(cast, "tran thi bich")
    assert (held.position, held.employment, str(held.starts_on)) == (
        "TEACHER", "PUBLIC", "2015-08-15")  # fmt: skip
    assert (held.staff_member.moet_code, held.person.phone) == ("4200009001", "0912345678")
    assert counts(load("staff", *words, actor=clerk)) == (0, 0, 1, 0)
    bare = {name: ROW[name] for name in ("Họ tên", "Ngày sinh", "Vị trí việc làm")}
    bare |= {"Mã định danh Bộ GD&ĐT": ROW["Mã định danh Bộ GD&ĐT"], "Điện thoại": ""}
    words = (written(tmp_path / "s.csv", [bare]), *words[1:])
    assert counts(load("staff", *words, actor=clerk)) == (0, 0, 1, 0)


def test_a_phone_and_a_position_change(cast: Cast, tmp_path: Path) -> None:
    school = ("--school", cast.school_a.code)
    load("staff", written(tmp_path / "s.csv", [ROW]), *school)
    changed = {**ROW, "Điện thoại": "0987654321", "Vị trí việc làm": "Thư viện"}
    path = written(tmp_path / "s.csv", [changed])
    assert counts(load("staff", path, *school, "--check")) == (0, 1, 0, 0)
    assert counts(load("staff", path, *school)) == (0, 1, 0, 0)
    held = at_work(cast, "tran thi bich")
    assert (held.position, held.person.phone) == ("LIBRARIAN", "0987654321")
    assert counts(load("staff", path, *school)) == (0, 0, 1, 0)


def test_faults_name_their_cell(cast: Cast, tmp_path: Path) -> None:
    bare = {**ROW, "Số định danh cá nhân": "", "Mã định danh Bộ GD&ĐT": ""}
    rows = [
        ROW,
        {**ROW, "Họ tên": "Lê Văn Khác"},
        {**bare, "Họ tên": "Trần Văn A", "Vị trí việc làm": "Hiệu trưởng"},
        {**bare, "Họ tên": "Trần Văn B", "Ngày về trường": "01/01/2099"},
        {**bare, "Họ tên": "Trần Văn C", "Tên trường": "Trường THCS Ninh Hải"},
        {**bare, "Họ tên": "Trần Văn D", "Ngày sinh": "12/03/2020"},
        {**bare, "Họ tên": "Trần Văn E", "Vị trí việc làm": "Phi công"},
    ]
    path = written(tmp_path / "s.csv", rows)
    answer = load("staff", path, "--school", cast.school_a.code, actor=actor_of(cast.loan))
    assert reasons(answer) == [
        (2, "Số định danh cá nhân", "staff.number_in_two_rows"),
        (3, "Số định danh cá nhân", "staff.number_in_two_rows"),
        (4, "Vị trí việc làm", "staff.filled_above"),
        (5, "Ngày về trường", "staff.starts_in_future"),
        (6, "Tên trường", "staff.of_another_school"),
        (7, "Ngày sinh", "staff.age_of_nobody"),
        (8, "Vị trí việc làm", "sheets.not_in_list"),
    ]


def test_who_left_is_passed_over_and_who_is_away_is_loaded(cast: Cast, tmp_path: Path) -> None:
    """The ministry's file carries them: they keep nobody else of the school out."""
    words = ("--school", cast.school_a.code, "--accept", "all")
    bare = {**ROW, "Số định danh cá nhân": "", "Mã định danh Bộ GD&ĐT": ""}
    gone = ("Nghỉ hưu", "Chuyển công tác", "Thôi việc", "Từ trần")
    rows = [{**bare, "Họ tên": f"Trần Văn {'ABCD'[at]}", "Trạng thái": state}
            for at, state in enumerate(gone)]  # fmt: skip
    rows += [{**ROW, "Trạng thái": "Nghỉ thai sản"}]
    clerk = actor_of(cast.loan)
    answer = load("staff", written(tmp_path / "s.csv", rows), *words, actor=clerk)
    assert counts(answer) == (1, 0, 4, 0)
    told = [(one["row"], one["value"], one["code"]) for one in answer.data["warnings"]]
    assert told == [
        *((at, state, "staff.state_of_nobody_here") for at, state in enumerate(gone, start=2)),
        (6, "Nghỉ thai sản", "staff.state_away"),
    ]
    retired = {**ROW, "Trạng thái": "Nghỉ hưu", "Điện thoại": "0987654321"}
    path = written(tmp_path / "s.csv", [retired])
    answer = load("staff", path, *words, actor=clerk)
    assert (counts(answer), answer.data["warnings"][0]["code"]) == (
        (0, 0, 1, 0), "staff.state_retired")  # fmt: skip
    assert "Nghỉ hưu" in answer.data["warnings"][0]["reason"]
    assert at_work(cast, "tran thi bich").person.phone == "0912345678"


def test_every_word_of_the_empty_list_is_taken(cast: Cast, tmp_path: Path) -> None:
    lists = word_lists()
    for codes, header in (("states", "Trạng thái"), ("employments", "Hình thức hợp đồng")):
        rows = [{**row, header: one.name}
                for one, row in zip(lists[codes].entries, many(9), strict=False)]  # fmt: skip
        path = written(tmp_path / "s.csv", rows)
        answer = load("staff", path, "--school", cast.school_a.code, "--check")
        assert answer.data["refused"] == 0, answer.data["errors"]


def test_words_of_the_ministrys_file(cast: Cast, tmp_path: Path) -> None:
    """What surely says the same is known; another contract leaves its cell out, not the person."""
    words = ("Hiệu phó", "VICE_PRINCIPAL"), ("Nhân viên thư viện, thiết bị", "LIBRARIAN"), (
        "Nhân viên nấu ăn", "OTHER"), ("Lao công", "OTHER"), ("Tổ trưởng", "TEACHER")  # fmt: skip
    assert [word_lists()["positions"].find(text) for text, _code in words] == [
        code for _text, code in words
    ]
    contracts = ("Viên chức HĐLV không xác định thời hạn", "Hợp đồng 111")
    rows = [{**row, "Hình thức hợp đồng": text}
            for text, row in zip(contracts, many(2), strict=True)]  # fmt: skip
    path = written(tmp_path / "s.csv", rows)
    answer = load("staff", path, "--school", cast.school_a.code)
    assert counts(answer) == (2, 0, 0, 0)
    told = [(one["row"], one["value"], one["code"]) for one in answer.data["warnings"]]
    assert told == [(3, "Hợp đồng 111", "sheets.word_left_out")]
    assert "?" not in answer.data["warnings"][0]["reason"]
    held = Appointment.objects.unscoped(because=WHY).filter(
        unit_id=cast.school_a.pk, staff_member__moet_code__startswith="42000100"
    )
    assert sorted(held.values_list("employment", flat=True)) == ["", "PUBLIC"]


def test_who_works_elsewhere_is_moved_and_not_taken_on(cast: Cast, tmp_path: Path) -> None:
    load("staff", written(tmp_path / "s.csv", [ROW]), "--school", cast.school_a.code)
    row = {**ROW, "Tên trường": ""}
    answer = load("staff", written(tmp_path / "s.csv", [row]), "--school", cast.school_b.code)
    assert reasons(answer) == [(2, "Số định danh cá nhân", "staff.works_elsewhere")]


def test_a_person_known_by_number_is_one_person_among_many_new(cast: Cast, tmp_path: Path) -> None:
    mother = make_person(
        "Phạm Thị Nga", sex="FEMALE", birth_date=date(1990, 2, 1), personal_number="042190000077"
    )
    known = {"Họ tên": "Phạm Thị Nga", "Ngày sinh": "01/02/1990", "Giới tính": "Nữ",
             "Số định danh cá nhân": "042190000077", "Mã định danh Bộ GD&ĐT": "4200009900",
             "Vị trí việc làm": "Giáo viên THCS"}  # fmt: skip
    path = written(tmp_path / "s.csv", [*many(12), known])
    words = (path, "--school", cast.school_a.code)
    assert counts(load("staff", *words, actor=actor_of(cast.loan))) == (13, 0, 0, 0)
    held = at_work(cast, "pham thi nga")
    assert (held.person_id, held.staff_member.moet_code) == (mother.pk, "4200009900")
    assert Grant.objects.unscoped(because=WHY).filter(person=mother).exists()
    assert counts(load("staff", *words, actor=actor_of(cast.loan))) == (0, 0, 13, 0)


def test_queries_of_a_staff_list_do_not_grow_with_it(cast: Cast, tmp_path: Path) -> None:
    asked = []
    for first, count in ((0, 12), (12, 36)):
        path = written(tmp_path / "s.csv", many(count, first))
        with CaptureQueriesContext(connection) as caught:
            answer = load("staff", path, "--school", cast.school_a.code, actor=actor_of(cast.loan))
        assert counts(answer) == (count, 0, 0, 0)
        asked.append(len(caught))
    assert asked[1] <= asked[0] + 2


def many(count: int, first: int = 0) -> list[dict[str, str]]:
    """Return rows of people nobody knows."""
    return [
        {
            **ROW,
            "Họ tên": f"Trần Thị {['Bích', 'Cúc', 'Đào', 'Hà', 'Lan', 'Mai'][at % 6]}",
            "Ngày sinh": f"{at % 28 + 1:02d}/{at % 12 + 1:02d}/1988",
            "Mã định danh Bộ GD&ĐT": f"42000100{at:02d}",
            "Số định danh cá nhân": f"0421880100{at:02d}",
        }
        for at in range(first, first + count)
    ]


def test_another_school_is_not_found(cast: Cast, tmp_path: Path) -> None:
    words = (written(tmp_path / "s.csv", [ROW]), "--school", cast.school_b.code)
    with pytest.raises(NotFound):
        load("staff", *words, actor=actor_of(cast.loan))
