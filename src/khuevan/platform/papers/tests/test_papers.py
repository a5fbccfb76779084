"""What was typed is printed as typed, pages are numbered, the same data gives the same file."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest

from khuevan.platform.papers import rendering
from khuevan.platform.papers.api import (
    PaperColumn,
    PaperFault,
    TablePaper,
    qr_png,
    qr_svg,
    render_pdf,
    render_table,
)

AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
COLUMNS = (
    PaperColumn("STT", "10mm", "c"),
    PaperColumn("Họ và tên", "3fr"),
    PaperColumn("Ghi chú", "2fr"),
)
HOSTILE = [
    '#eval("1+1")',
    '#import "/frame.typ": payload',
    '#read("/etc/passwd")',
    "#sys.inputs",
    'Trần "Bé" \\ Ố Ẵ',
    "$x^2$ *đậm* _nghiêng_",
    "`mã` <nhãn> @tham",
    "// chú thích",
    "= Tiêu đề",
    "- gạch đầu dòng",
    '"), panic("',
    "]] #[",
    "\\u{41}",
    "~ -- ---",
]


def paper(rows: list[list[str]], **changes: Any) -> TablePaper:
    wanted: dict[str, Any] = {
        "heading": "Danh sách lớp 6A",
        "columns": COLUMNS,
        "rows": rows,
        "unit": "Trường THCS Đông Khê",
        "over": "UBND xã Đông Khê",
        "made": "08:30, 20/11/2026",
    }
    return TablePaper(**{**wanted, **changes})


def read(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages]


@pytest.mark.parametrize("typed", HOSTILE)
def test_what_people_typed_is_printed_and_never_run(typed: str) -> None:
    (text,) = read(render_table(paper([["1", typed, ""]]), lang="vi", at=AT))
    assert " ".join(typed.split()) in " ".join(text.split())


@pytest.mark.parametrize("part", ["heading", "unit", "over", "made"])
def test_no_part_of_the_paper_runs_what_was_typed(part: str) -> None:
    (text,) = read(render_table(paper([], **{part: '#eval("1+1")'}), lang="vi", at=AT))
    assert '#eval("1+1")' in text


@pytest.mark.parametrize("typed", ["\x00\x07", "\u202edào", "😀", "中文", "a" * 5000, "é\u0301"])
def test_odd_characters_still_make_a_paper(typed: str) -> None:
    assert render_table(paper([["1", typed, ""]]), lang="vi", at=AT).startswith(b"%PDF-")


def test_vietnamese_is_set_in_our_own_font() -> None:
    content = render_table(paper([["1", "Nguyễn Thị Ánh Tuyết", "Ẵ Ỗ Ự ĩ"]]), lang="vi", at=AT)
    (text,) = read(content)
    assert "Nguyễn Thị Ánh Tuyết" in text
    fonts = pypdf.PdfReader(BytesIO(content)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert names
    assert all("BeVietnamPro" in name for name in names)


def test_a_long_list_repeats_its_head_and_numbers_its_pages() -> None:
    rows = [[str(number), f"Em {number}", ""] for number in range(1, 121)]
    pages = read(render_table(paper(rows), lang="vi", at=AT))
    assert len(pages) >= 3
    assert all("Họ và tên" in text for text in pages)
    assert f"Trang 1/{len(pages)}" in pages[0]
    assert f"Trang {len(pages)}/{len(pages)}" in pages[-1]
    assert "In lúc 08:30, 20/11/2026" in pages[0]
    assert "Em 120" in pages[-1]


def test_the_same_data_gives_the_same_bytes() -> None:
    first, second = (render_table(paper([["1", "An", ""]]), lang="vi", at=AT) for _ in range(2))
    assert first == second
    later = render_table(paper([["1", "An", ""]]), lang="vi", at=AT.replace(year=2027))
    assert later != first


def test_other_threads_print_too() -> None:
    made: list[bytes] = []
    thread = threading.Thread(
        target=lambda: made.append(render_table(paper([["1", "An", ""]]), lang="vi", at=AT))
    )
    thread.start()
    thread.join()
    assert made == [render_table(paper([["1", "An", ""]]), lang="vi", at=AT)]


def test_it_is_an_archive_pdf_with_its_title() -> None:
    reader = pypdf.PdfReader(BytesIO(render_table(paper([]), lang="vi", at=AT)))
    assert reader.metadata is not None
    assert reader.metadata.title == "Danh sách lớp 6A"
    assert reader.metadata.creation_date == AT
    stream: Any = reader.trailer["/Root"]["/Metadata"]  # type: ignore[index]
    assert b"pdfaid" in stream.get_object().get_data()


def test_papers_speak_english_too() -> None:
    (text,) = read(render_table(paper([["1", "An", ""]]), lang="en", at=AT))
    assert "Page 1/1" in text


def test_a_broken_template_is_our_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#panic()")
    monkeypatch.setitem(rendering.templates._items, "broken", broken)
    with pytest.raises(PaperFault):
        render_pdf("broken", {}, lang="vi", at=AT)


def test_a_template_reads_no_file_outside_its_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nosy = tmp_path / "nosy.typ"
    nosy.write_text('#read("/../../../../../../../../etc/hostname")')
    monkeypatch.setitem(rendering.templates._items, "nosy", nosy)
    with pytest.raises(PaperFault):
        render_pdf("nosy", {}, lang="vi", at=AT)


def test_a_code_is_drawn_for_pages_and_papers() -> None:
    svg = qr_svg("https://khuevan.invalid/v/0123456789abcdef")
    assert svg.startswith("<svg")
    assert "<script" not in svg
    assert "style=" not in svg
    assert qr_png("https://khuevan.invalid/v/0123456789abcdef").startswith(b"\x89PNG")
    assert qr_svg("một") != qr_svg("hai")


@pytest.mark.parametrize("text", ["", "x" * 1501])
def test_a_code_holds_something_but_not_everything(text: str) -> None:
    with pytest.raises(ValueError, match="QR"):
        qr_svg(text)


def test_data_may_hold_dates_and_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = tmp_path / "plain.typ"
    plain.write_text('#import "/frame.typ": payload\n#payload.data.on #str(payload.data.count)')
    monkeypatch.setitem(rendering.templates._items, "plain", plain)
    (text,) = read(render_pdf("plain", {"on": AT.date(), "count": 45}, lang="vi", at=AT))
    assert text.split() == ["2026-11-20", "45"]
