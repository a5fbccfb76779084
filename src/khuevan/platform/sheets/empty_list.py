"""The list we offer to fill in: required columns marked, choices to pick from, a sheet of help.

What it writes is read back by the wizard as any other list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from khuevan.kernel.personal_number import LENGTH
from khuevan.platform.sheets.controls import SEXES
from khuevan.platform.sheets.layouts import Field, Layout
from khuevan.platform.sheets.parsing import Context
from khuevan.platform.sheets.writing import OPTIONS, sheet_name

MARK = " *"
LAST_ROW = 1004
"""The choices reach down to here: a thousand rows."""
NOTES_ROW, HINTS_ROW, HEADER_ROW = 1, 2, 3
WIDTHS = {"ordinal": 6, "full_name": 28, "relative_name": 26, "name": 20, "sex": 10, "year": 12,
          "date": 14, "birth_date": 14, "phone": 14, "personal_number": 17, "code": 18,
          "listed": 16, "many": 28}  # fmt: skip
WIDTH = 24
Text = str | Promise
HOW_TO: dict[str, tuple[Text, str]] = {
    "ordinal": (gettext_lazy("A number, or nothing"), "1"),
    "code": (gettext_lazy("As text, with its leading zeros"), "0012345678"),
    "full_name": (gettext_lazy("As on the birth certificate"), "Nguyễn Văn An"),
    "relative_name": (gettext_lazy("Family, middle and given name"), "Nguyễn Văn Bình"),
    "date": (gettext_lazy("dd/mm/yyyy"), "05/09/2026"),
    "birth_date": (gettext_lazy("dd/mm/yyyy"), "28/02/2015"),
    "year": (gettext_lazy("Four digits"), "1985"),
    "sex": (gettext_lazy("Choose from the list"), "Nữ"),
    "listed": (gettext_lazy("Choose from the list"), ""),
    "many": (gettext_lazy("From the list; several are parted by a semicolon"), ""),
    "phone": (gettext_lazy("10 digits, with the leading zero"), "0912345678"),
    "personal_number": (gettext_lazy("12 digits, with the leading zero"), "042215000123"),
}
FREE: tuple[Text, str] = (gettext_lazy("Any text"), "")

HEADER = {"bold": True, "border": 1, "border_color": "#857F72", "text_wrap": True,
          "valign": "vcenter", "num_format": "@"}  # fmt: skip
LOOKS = {
    "title": {"bold": True, "font_size": 14},
    "note": {"text_wrap": True, "valign": "top", "font_color": "#474B52"},
    "hint": {"italic": True, "font_size": 9, "font_color": "#63676E", "text_wrap": True,
             "valign": "bottom"},
    "header": {**HEADER, "bg_color": "#F0EDE6"},
    "required": {**HEADER, "bg_color": "#E6EDF5", "font_color": "#1F4A7A"},
    "text": {"num_format": "@"},
    "wrapped": {"text_wrap": True, "valign": "top", "num_format": "@"},
}  # fmt: skip

Rows = Iterable[Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class _Choices:
    """Where the values of a column stand on the sheet of lists."""

    values: tuple[str, ...]
    column: int

    def source(self, lists: str) -> str:
        letter = xlsxwriter.utility.xl_col_to_name(self.column)
        return f"='{lists}'!${letter}$2:${letter}${len(self.values) + 1}"


def offered(layout: Layout) -> list[Field]:
    """Return the columns of the empty list: none that says in another way what another one says."""
    return [item for item in layout.fields if not item.is_answer and not item.is_stand_in]


def write_list(
    target: Path | BinaryIO, *, layout: Layout, context: Context, rows: Rows = ()
) -> None:
    """Write a list to be filled in, empty or with some rows: field name to text."""
    fields = offered(layout)
    lists = sheet_name(_("Choices"), 3)
    with xlsxwriter.Workbook(target, OPTIONS) as book:
        looks = {name: book.add_format(look) for name, look in LOOKS.items()}
        page = book.add_worksheet(sheet_name(str(layout.sheet_name or layout.label), 1))
        choices = _choices_of(fields, context)
        _write_head(page, layout, fields, looks)
        for column, item in enumerate(fields):
            _help_in_cells(page, column, item, choices.get(item.name), lists)
        for line, row in enumerate(rows, start=HEADER_ROW + 1):
            for column, item in enumerate(fields):
                if row.get(item.name):
                    page.write_string(line, column, row[item.name], looks["text"])
        _write_guide(book.add_worksheet(sheet_name(_("How to fill it in"), 2)), fields, looks)
        _write_choices(book.add_worksheet(lists), fields, choices, looks)


def _write_head(
    page: Worksheet, layout: Layout, fields: Sequence[Field], looks: Mapping[str, Format]
) -> None:
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for column, item in enumerate(fields):
        page.set_column(column, column, WIDTHS.get(item.kind, WIDTH), looks["text"])
    page.set_row(NOTES_ROW, 48)
    page.set_row(HINTS_ROW, 26)
    page.set_row(HEADER_ROW, 34)
    shown = 1 + max(place for place, item in enumerate(fields[:6]) if item.required)
    page.freeze_panes(HEADER_ROW + 1, shown)
    page.write_string(0, 0, str(layout.label), looks["title"])
    page.merge_range(NOTES_ROW, 0, NOTES_ROW, min(8, len(fields) - 1), _notes(), looks["note"])
    for column, item in enumerate(fields):
        page.write_string(HINTS_ROW, column, _hint(item), looks["hint"])
    for column, item in enumerate(fields):
        look = looks["required" if item.required else "header"]
        page.write_string(HEADER_ROW, column, item.header + MARK * item.required, look)


def _notes() -> str:
    return _(
        "Columns marked * have to be filled in; the others may stay blank, and a blank cell erases"
        " nothing. Keep this header row; columns may be moved or deleted. Start below the header,"
        " one line for each. The other two sheets help and are not read."
    )


def _hint(item: Field) -> str:
    return str(HOW_TO.get(item.kind, FREE)[0]) if item.is_kept else _("Not stored")


def _choices_of(fields: Sequence[Field], context: Context) -> dict[str, _Choices]:
    found: dict[str, _Choices] = {}
    for item in fields:
        known = context.codes.get(item.codes)
        values = (
            SEXES if item.kind == "sex" else tuple(e.name for e in known.entries) if known else ()
        )
        if values:
            found[item.name] = _Choices(values, len(found))
    return found


def _help_in_cells(
    page: Worksheet, column: int, item: Field, choices: _Choices | None, lists: str
) -> None:
    """Let cells be chosen where there is a list, and say how to write where there is none."""
    told = {"input_title": item.header[:32], "input_message": _hint(item)[:255]}
    rule: dict[str, object] = {"validate": "any"}
    if choices and item.kind != "many":
        rule = {
            "validate": "list",
            "source": choices.source(lists),
            "error_type": "warning",
            "error_title": item.header[:32],
            "error_message": _("This is not in the list. Keep it all the same?"),
        }
    elif item.kind == "personal_number":
        rule = {
            "validate": "length",
            "criteria": "==",
            "value": LENGTH,
            "error_type": "warning",
            "error_title": item.header[:32],
            "error_message": _("12 digits are needed. Keep it all the same?"),
        }
    page.data_validation(HEADER_ROW + 1, column, LAST_ROW, column, {**rule, **told})


def _write_guide(page: Worksheet, fields: Sequence[Field], looks: Mapping[str, Format]) -> None:
    page.set_column(0, 0, 30, looks["wrapped"])
    page.set_column(1, 1, 12, looks["wrapped"])
    page.set_column(2, 2, 52, looks["wrapped"])
    page.set_column(3, 3, 22, looks["wrapped"])
    page.freeze_panes(1, 0)
    heads = (_("Column"), _("Required"), _("How to write it"), _("Example"))
    for place, head in enumerate(heads):
        page.write_string(0, place, head, looks["header"])
    for line, item in enumerate(fields, start=1):
        example = HOW_TO.get(item.kind, FREE)[1]
        for place, text in enumerate(
            (item.header, _("required") if item.required else "", _hint(item), example)
        ):
            page.write_string(line, place, text, looks["wrapped"])


def _write_choices(
    page: Worksheet,
    fields: Sequence[Field],
    choices: Mapping[str, _Choices],
    looks: Mapping[str, Format],
) -> None:
    page.freeze_panes(1, 0)
    listed = [(item, choices[item.name]) for item in fields if item.name in choices]
    for item, found in listed:
        page.set_column(found.column, found.column, 34, looks["text"])
        page.write_string(0, found.column, item.header, looks["header"])
    for line in range(max((len(found.values) for _item, found in listed), default=0)):
        for _item, found in listed:
            if line < len(found.values):
                page.write_string(line + 1, found.column, found.values[line], looks["text"])
