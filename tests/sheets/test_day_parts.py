"""A date below Ngày | Tháng | Năm goes all the way: taken in, mended, marked, taken in again."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, Client
from tests.factories import NOW
from tests.sheets.loading import fresh, loan, row, uploaded
from tests.sheets.test_import_pages import column_of, page_of

from khuevan.platform.sheets import actions

LIST = """Trường THCS Đông Khê,,,,,,
STT,Họ tên,Ngày sinh,,,Giới tính,Lớp học
,,Ngày,Tháng,Năm,,
1,Nguyễn Thị Ba Cột,1,2,2015,Nữ,6A
2,Trần Văn Sai Ngày,31,2,2015,Nam,6A
"""


def test_a_date_in_three_columns_goes_in_and_comes_back_marked(cast: Cast, client: Client) -> None:
    found = uploaded(cast, SimpleUploadedFile("lop6a.csv", LIST.encode()))
    assert row(found, 4).outcome == "NEW"
    assert [fault["code"] for fault in row(found, 5).faults] == ["sheets.date_no_such_day"]
    for number, text in ((4, "03/02/2015"), (5, "30/02/2015")):
        actions.fix_cell(
            actor=loan(cast),
            uuid=found.uuid,
            number=number,
            column=column_of(found, "birth_date"),
            text=text,
            now=NOW,
        )
    marked = client.sign_in(cast.loan).get(page_of(found, "marked"))
    again = uploaded(cast, SimpleUploadedFile("marked.xlsx", b"".join(marked)))
    assert again.counts == fresh(found).counts
    assert row(again, 4).cells[2] == "03/02/2015"
    assert row(again, 5).cells[2] == "30/02/2015"
