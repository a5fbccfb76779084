"""Files are read by what they are, within limits, or refused with their own sentence."""

from __future__ import annotations

import os
import signal
import subprocess
import unicodedata
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from khuevan.platform.sheets.reading import Limits, Merge, Reader, Sheet, read_workbook
from khuevan.platform.sheets.refusals import (
    ArchiveFile,
    DamagedFile,
    DocumentFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    LongLine,
    NoRows,
    OtherSheetFile,
    PdfFile,
    PictureFile,
    SwollenFile,
    TooManyColumns,
    TooManyRows,
    TooMuch,
    TooSlow,
    TooSpread,
    UnknownEncoding,
    UnknownFile,
    UnreadableFile,
    WebPageFile,
)
from khuevan.platform.sheets.tests.build_sheets import (
    HEADERS,
    ClassList,
    bomb,
    compound_file,
    declare_dimension,
    far_cell,
    lying_bomb,
    old_workbook,
    package_of,
    sheet_xml_package,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "upload.xlsx"


def only_sheet(path: Path) -> Sheet:
    (sheet,) = read_workbook(path).sheets
    return sheet


def test_a_ministry_list_keeps_its_rows_and_numbers(path: Path) -> None:
    built = ClassList()
    sheet = only_sheet(built.write(path))
    numbers = [row.number for row in sheet.rows]
    assert numbers == [1, 2, 3, 5, *range(6, 51)]
    assert sheet.rows[3].cells == list(HEADERS)
    assert sheet.rows[4].cells[24] == built.rows[0]["Số định danh cá nhân"]
    assert Merge(top=1, left=0, bottom=1, right=10) in sheet.merges


@pytest.mark.parametrize("dimension", ["A1", "A1:B2", "A1:XFD1048576"])
def test_a_wrong_dimension_is_ignored(path: Path, dimension: str) -> None:
    ClassList().write(path)
    assert len(only_sheet(declare_dimension(path, dimension)).rows) == 49


def test_cells_keep_what_they_mean(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("Một")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page.write_row(2, 1, [79215001234, 6.75, True, "0123", "  Họ\ntên ", "a\u0323"])
        page.write_datetime(3, 1, date(2015, 2, 28), day)
        page.write_formula(3, 2, "=1+1", None, 2)
        page.write_number(3, 3, 42063)
        page.write_string(3, 4, " \u00a0 ")
    sheet = only_sheet(path)
    assert [row.number for row in sheet.rows] == [3, 4]
    assert sheet.rows[0].cells == ["", 79215001234, 6.75, True, "0123", "  Họ\ntên ", "a\u0323"]
    assert sheet.rows[1].cells == ["", date(2015, 2, 28), 2, 42063]


def test_hidden_columns_and_sheets_are_read_and_told(path: Path) -> None:
    built = ClassList(hidden_columns=["Mã định danh Bộ GD&ĐT"])
    assert only_sheet(built.write(path)).rows[5].cells[1] == "4200000002"


def test_the_old_format_is_read_whatever_its_name(path: Path) -> None:
    path.write_bytes(old_workbook([["Họ tên", "Số"], ["Nguyễn Thị Ánh", 79215001234.0]]))
    workbook = read_workbook(path)
    assert workbook.kind == "xls"
    assert workbook.sheets[0].rows[1].cells == ["Nguyễn Thị Ánh", 79215001234]


@pytest.mark.parametrize(
    "data",
    [
        "Họ tên;Lớp\r\nNguyễn Thị Ánh;6A\r\n".encode(),
        "\ufeffHọ tên,Lớp\nNguyễn Thị Ánh,6A\n".encode(),
        "\ufeffHọ tên\tLớp\nNguyễn Thị Ánh\t6A\n".encode("utf-16-le"),
        "Họ tên\tLớp\nNguyễn Thị Ánh\t6A\n".encode("utf-16-be"),
        b"sep=|\n" + "Họ tên|Lớp\nNguyễn Thị Ánh|6A\n".encode(),
    ],
)
def test_csv_is_read_in_its_encoding_and_delimiter(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    assert [row.cells for row in only_sheet(path).rows] == [
        ["Họ tên", "Lớp"],
        ["Nguyễn Thị Ánh", "6A"],
    ]


def test_csv_in_the_old_vietnamese_code_page(path: Path) -> None:
    text = "Ho\u0323 tên,Lơ\u0301p\nNguyê\u0303n Thi\u0323 Ánh,6A\n"
    path.write_bytes(text.encode("cp1258"))
    cells = only_sheet(path).rows[1].cells
    assert unicodedata.normalize("NFC", str(cells[0])) == "Nguyễn Thị Ánh"


def test_csv_keeps_quoted_line_breaks_and_loses_formula_guards(path: Path) -> None:
    path.write_text("a,b\n\"x\ny\",'+84912\n'tis,2\n")
    rows = only_sheet(path).rows
    assert [row.cells for row in rows] == [["a", "b"], ["x\ny", "+84912"], ["'tis", "2"]]
    assert [row.number for row in rows] == [1, 2, 3]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptyFile),
        (b"   \n \n", NoRows),
        (b"PK\x05\x06" + bytes(18), NoRows),
        (b"PK\x03\x04 cut off", DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), DamagedFile),
        (compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), EncryptedFile),
        (old_workbook([["a"]], is_locked=True), EncryptedFile),
        (compound_file({"WordDocument": b"x"}), DocumentFile),
        (b"\n <html><table><tr><td>6A</td></tr></table>", WebPageFile),
        (b"\xef\xbb\xbf<?xml version='1.0'?><Workbook/>", WebPageFile),
        ("\ufeff<html>".encode("utf-16-le"), WebPageFile),
        (b"MIME-Version: 1.0\n", WebPageFile),
        (b"<!-- saved from url --><html><table>", WebPageFile),
        (b"\r\n<style>td{mso-number-format:general}</style><table>", WebPageFile),
        (b"\xef\xbb\xbf<!--x--><TABLE>", WebPageFile),
        (b"<TR><TD>6A</TD></TR>", WebPageFile),
        (b"%PDF-1.7 ...", PdfFile),
        (b"\x89PNG\r\n\x1a\n....", PictureFile),
        (b"\xff\xd8\xff\xe0....", PictureFile),
        (bytes(4) + b"ftypheic....", PictureFile),
        (b"Rar!\x1a\x07\x00....", ArchiveFile),
        (b"MZ\x90\x00....", UnknownFile),
        (b"\x01\x02\x03\x04" * 50, UnknownFile),
        (b"H\x8d t\x9en,L\x90\n", UnknownEncoding),
    ],
)  # fmt: skip
def test_what_is_no_spreadsheet_is_named(
    path: Path, data: bytes, refusal: type[UnreadableFile]
) -> None:
    path.write_bytes(data)
    with pytest.raises(refusal):
        read_workbook(path)


@pytest.mark.parametrize(
    ("names", "refusal"),
    [
        (["[Content_Types].xml", "word/document.xml"], DocumentFile),
        (["ppt/presentation.xml"], DocumentFile),
        (["mimetype", "content.xml"], OtherSheetFile),
        (["xl/workbook.bin"], OtherSheetFile),
        (["lop6/6A.xlsx", "lop6/6B.xlsx"], ArchiveFile),
        (["nested.zip"], ArchiveFile),
        (["photo.jpg"], UnknownFile),
        (["xl/workbook.xml"], DamagedFile),
        (["xl/workbook.xml", *(f"x{n}" for n in range(2100))], SwollenFile),
    ],
)
def test_packages_of_other_kinds_are_named(
    path: Path, names: list[str], refusal: type[UnreadableFile]
) -> None:
    with pytest.raises(refusal):
        read_workbook(package_of(path, names))


@pytest.mark.parametrize("start", ["a,b\n", 'a,b\n1,"2\n3"\n', "sep=,\na,b\n"])
def test_a_line_without_an_end_is_named(path: Path, start: str) -> None:
    path.write_text(start + 'An,"' + "6A,x\n" * 300_000)
    with pytest.raises(LongLine) as refused:
        read_workbook(path)
    assert refused.value.details == {"line": start.count("\n") + 1}


def test_a_workbook_without_a_filled_cell_has_no_rows(path: Path) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet()
    with pytest.raises(NoRows):
        read_workbook(path)


def test_a_truncated_workbook_is_damaged(path: Path) -> None:
    data = ClassList().write(path).read_bytes()
    for size in (len(data) // 2, len(data) - 30):
        path.write_bytes(data[:size])
        with pytest.raises(DamagedFile):
            read_workbook(path)


def test_a_huge_upload_is_refused_unread(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(200 << 20)
    with pytest.raises(FileTooLarge) as caught:
        read_workbook(path)
    assert caught.value.details == {"size": 200, "limit": 25}


def test_a_zip_bomb_is_refused_unparsed(path: Path) -> None:
    assert bomb(path, 200).stat().st_size < 300_000
    with pytest.raises(SwollenFile):
        read_workbook(path)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(path: Path) -> None:
    with pytest.raises(SwollenFile):
        read_workbook(lying_bomb(path, 64))


@pytest.mark.parametrize("cell", ["XFD1048576", "ZZ1000000"])
def test_a_cell_far_away_is_named(path: Path, cell: str) -> None:
    with pytest.raises(TooSpread) as caught:
        read_workbook(far_cell(path, cell))
    assert cell in str(caught.value)


def test_a_cell_far_below_costs_nothing(path: Path) -> None:
    assert [row.number for row in only_sheet(far_cell(path, "B900000")).rows] == [1, 900000]


@pytest.mark.parametrize(
    ("limits", "refusal"),
    [
        (Limits(rows=48), TooManyRows),
        (Limits(columns=24), TooManyColumns),
        (Limits(cells=500), TooMuch),
        (Limits(output=5_000), TooMuch),
        (Limits(file=1_000), FileTooLarge),
    ],
)
def test_limits_are_kept(path: Path, limits: Limits, refusal: type[UnreadableFile]) -> None:
    ClassList().write(path)
    with pytest.raises(refusal):
        read_workbook(path, limits)


def test_reading_stops_when_its_memory_is_used_up(path: Path) -> None:
    with pytest.raises(TooMuch):
        read_workbook(far_cell(path, "B900000"), Limits(memory=48 << 20))


def test_reading_stops_when_its_time_is_up(path: Path) -> None:
    with pytest.raises(TooSlow):
        read_workbook(ClassList().write(path), Limits(seconds=0))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_process_that_dies_after_a_file_costs_the_next_one_nothing(
    path: Path, end: signal.Signals
) -> None:
    ClassList().write(path)
    with closing(Reader()) as reader:
        reader.begin(path)
        first = reader.finish()
        os.kill(reader._process.pid, end)  # type: ignore[union-attr]
        reader._process.wait()  # type: ignore[union-attr]
        reader.begin(path)
        assert reader.finish() == first


def test_a_bad_file_among_others_refuses_itself_alone(path: Path, tmp_path: Path) -> None:
    ClassList().write(path)
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b'a,b\n"' + b"x" * (2 << 20))
    with closing(Reader()) as reader:
        for wanted in (path, bad, path, bad, bad, path):
            reader.begin(wanted)
            if wanted == bad:
                with pytest.raises(LongLine):
                    reader.finish()
            else:
                assert reader.finish().sheets[0].rows


def test_a_process_ended_in_the_middle_of_a_line_is_a_refusal(path: Path) -> None:
    ClassList().write(path)
    with closing(Reader()) as reader:
        reader.begin(path)
        reader.finish()
        reader.close()
        reader._process = subprocess.Popen(  # a process that says half a line, and ends
            ["/bin/sh", "-c", "printf '[1,'; kill -KILL $$"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        reader._files, reader._asked, reader._refusal = 1, path, None
        with pytest.raises(TooMuch):
            reader.finish()


def test_entities_in_xml_are_not_expanded(path: Path) -> None:
    xml = b'<row r="1"><c r="A1" t="str"><v>&lol;</v></c></row>'
    sheet_xml_package(path, xml)
    with pytest.raises(UnreadableFile):
        read_workbook(path)


def test_every_refusal_is_a_sentence() -> None:
    details = {"size": 30, "limit": 25, "cell": "XFD1", "line": 7}
    for refusal in UnreadableFile.__subclasses__():
        assert str(refusal(**details)).endswith(".")
        assert refusal.code.startswith("sheets.")
