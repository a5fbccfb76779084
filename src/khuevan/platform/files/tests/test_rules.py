"""What a file is, and what it may be called."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

from khuevan.kernel.vietnamese import normalize
from khuevan.platform.files import rules


def zipped(*names: str, mimetype: str = "") -> BytesIO:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return content


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (zipped("[Content_Types].xml", "xl/workbook.xml"), rules.XLSX),
        (zipped("word/document.xml"), rules.DOCX),
        (zipped("content.xml", mimetype=rules.ODS.media_type), rules.ODS),
        (zipped("a.txt"), rules.ZIP),
        (BytesIO(b"PK\x03\x04 and then nothing of a zip"), rules.OTHER),
        (BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), rules.XLS),
        (BytesIO(b"%PDF-1.7 ..."), rules.PDF),
        (BytesIO(b"\x89PNG\r\n\x1a\n"), rules.PNG),
        (BytesIO(b"\xff\xd8\xff\xe0"), rules.JPEG),
        (BytesIO("STT;Họ và tên\n1;Ánh\n".encode()), rules.TEXT),
        (BytesIO("\ufeffSTT".encode("utf-16")), rules.TEXT),
        (BytesIO(b"MZ\x90\x00\x03"), rules.OTHER),
        (BytesIO(b""), rules.OTHER),
    ],
)
def test_a_file_is_what_its_content_says(content: BytesIO, found: rules.FileType) -> None:
    assert rules.detect(content) is found
    assert content.tell() == 0


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Danh sách lớp 6A.xlsx", "Danh sách lớp 6A.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Lan\\khối 6.xlsx", "khối 6.xlsx"),
        ("a\r\nSet-Cookie: x.csv", "a Set-Cookie x.csv"),
        ("bảng\u202excod.exe", "bảngxcod.exe"),
        ("  .ẩn.  ", "ẩn"),
        ("", "tep"),
        ("...", "tep"),
        ("Hoà\u0300.csv", "Hoà̀.csv"),
    ],
)
def test_a_name_keeps_its_vietnamese_and_loses_what_harms(given: str, kept: str) -> None:
    assert rules.safe_name(given) == normalize(kept)


def test_a_long_name_keeps_its_suffix() -> None:
    name = rules.safe_name("á" * 300 + ".xlsx")
    assert len(name) <= rules.LONGEST_NAME
    assert name.endswith(".xlsx")


@pytest.mark.parametrize("packing", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_whose_type_can_t_be_unpacked_is_nothing_known(packing: int) -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w", packing) as archive:
        archive.writestr("mimetype", "application/" * 7)
    start = content.getvalue().index(b"mimetype") + 8
    with content.getbuffer() as bytes_of_it:
        bytes_of_it[start + 4 : start + 14] = b"\xff" * 10
    assert rules.detect(content) is rules.OTHER


def test_a_zip_with_a_list_of_millions_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = zipped(*map(str, range(50)))
    assert rules.detect(listed) is rules.ZIP
    monkeypatch.setattr(rules, "LONGEST_ZIP_LISTING", 50 * 46)
    assert rules.detect(listed) is rules.OTHER
