"""The list we offer to fill in, and the one to practice on, come back through the importer."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cast import Cast
from tests.factories import TODAY, make_student
from tests.sheets.loading import loan, uploaded

from khuevan.platform.sheets import urls
from khuevan.platform.sheets.api import Context, class_list, recognize_all, table_of
from khuevan.platform.sheets.empty_list import offered, write_list
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.parsing import cell_text, parse_row
from khuevan.platform.sheets.reading import read_workbook
from khuevan.registry.students.code_lists import disabilities, policy_groups
from khuevan.registry.students.imports import IMPORTER
from khuevan.registry.students.imports.context import context
from khuevan.registry.students.imports.practice import NEW, practice
from khuevan.registry.students.state_words import student_states
from khuevan.registry.students.student_layout import (
    STUDENT_LAYOUT,
    ethnic_groups,
    nationalities,
)

CONTEXT = Context(
    TODAY,
    {
        "classes": class_list([("class:1", "6A"), ("class:2", "6A10")], "students.unknown_class"),
        "ethnic_groups": ethnic_groups(),
        "student_states": student_states(),
        "policy_groups": policy_groups(),
        "disabilities": disabilities(),
        "nationalities": nationalities(),
    },
)
NAMES = st.lists(
    st.sampled_from(["Nguyễn", "Thị", "Đặng", "Ánh", "Quỳnh", "Ngọc", "Ơn", "Ỷ"]),
    min_size=2,
    max_size=5,
).map(" ".join)
DAYS = st.dates(date(2008, 1, 1), date(2020, 12, 31)).map(lambda day: day.strftime("%d/%m/%Y"))
DIGITS = st.text("0123456789", min_size=6, max_size=12)
TEXTS = st.text("aáạăâđêôơư XYZ0123456789,/-=+@'", min_size=1, max_size=30)


def cells(item: Field) -> st.SearchStrategy[str]:
    """Return what a clerk may write into a column."""
    by_kind = {
        "full_name": NAMES, "relative_name": NAMES, "birth_date": DAYS, "date": DAYS,
        "code": DIGITS, "ordinal": st.integers(1, 99).map(str),
        "sex": st.sampled_from(["Nam", "Nữ"]),
        "year": st.integers(1950, 2000).map(str),
        "phone": DIGITS.map(lambda text: "09" + text.zfill(8)[:8]),
        "personal_number": DIGITS.map(lambda text: "042215" + text[:6]),
    }  # fmt: skip
    if item.codes in CONTEXT.codes:
        return st.sampled_from([entry.name for entry in CONTEXT.codes[item.codes].entries])
    return by_kind.get(item.kind, TEXTS.filter(str.strip))


ROWS = st.lists(
    st.fixed_dictionaries(
        {item.name: cells(item) for item in offered(STUDENT_LAYOUT) if item.required},
        optional={item.name: cells(item) for item in offered(STUDENT_LAYOUT) if not item.required},
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=12, deadline=None)
@given(ROWS)
def test_what_is_written_is_read_back_unchanged(rows: list[dict[str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_list(path, layout=STUDENT_LAYOUT, context=CONTEXT, rows=rows)
        (found,) = recognize_all(read_workbook(path).sheets, [STUDENT_LAYOUT])
    assert found.missing == ()
    assert found.ambiguous == ()
    assert set(found.matched) == {item.name for item in offered(STUDENT_LAYOUT)}
    table = table_of(found)
    assert len(table.rows) == len(rows)
    for read, row in zip(table.rows, rows, strict=True):
        for name, text in row.items():
            index = found.matched[name].index
            assert cell_text(read.cells[index]) == cell_text(text), name
        assert not parse_row(read, found, CONTEXT).has_errors


def test_an_empty_one_holds_no_rows(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    write_list(path, layout=STUDENT_LAYOUT, context=CONTEXT)
    (found,) = recognize_all(read_workbook(path).sheets, [STUDENT_LAYOUT])
    assert table_of(found).rows == []


def test_the_list_to_practice_on_has_every_kind_of_row(cast: Cast) -> None:
    for place in range(8):
        make_student(f"Trần Thị Bé {'ABCDEFGH'[place]}", homeroom_class=cast.class_6a)
    actor, school_id = loan(cast), cast.school_a.pk
    rows = practice(actor, school_id, TODAY)
    content = BytesIO()
    given_context = context(actor, school_id, TODAY, {})
    write_list(content, layout=STUDENT_LAYOUT, context=given_context, rows=rows)
    found = uploaded(cast, SimpleUploadedFile("tap.xlsx", content.getvalue()))
    assert found.state == "CHECKED"
    assert found.count("NEW") >= len(NEW)
    assert found.count("CHANGED") >= 1
    assert found.count("UNCHANGED") >= 2
    assert found.count("WARNED") >= 1
    assert found.count("REFUSED") >= 7


def test_only_the_demo_has_it() -> None:
    assert IMPORTER.practice is not None
    assert urls.demo_urls(is_demo=False) == []
    assert [one.name for one in urls.demo_urls(is_demo=True)] == ["practice"]
