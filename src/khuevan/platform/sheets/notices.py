"""What is to be said of a list as a whole: columns that were not known, another school's name."""

from __future__ import annotations

from khuevan.platform.sheets.faults import Fault, Severity
from khuevan.platform.sheets.models import SheetImport


def notices_of(sheet_import: SheetImport) -> list[Fault]:
    """Return warnings on a list as a whole, for programs; the pages show them in their own way."""
    top, header = sheet_import.header_rows[0], sheet_import.header_rows[-1]
    found = [
        Fault(
            "sheets.column_unread",
            sheet_import.sheet_name,
            header,
            Severity.WARNING,
            column=column["index"],
            column_name=column["header"],
        )
        for column in sheet_import.columns
        if column.get("unread")
    ]
    if sheet_import.named_school:
        said = {"school": sheet_import.named_school}
        other = Fault(
            "sheets.names_school",
            sheet_import.sheet_name,
            max(1, top - 1),
            Severity.WARNING,
            params=said,
        )
        found.insert(0, other)
    return found


def unread_headers(sheet_import: SheetImport) -> list[str]:
    """Return the headers of filled columns that were matched with nothing."""
    return [column["header"] for column in sheet_import.columns if column.get("unread")]


def left_out_headers(sheet_import: SheetImport) -> list[str]:
    """Return the headers of the columns that a person left out, and of empty ones."""
    return [
        column["header"]
        for column in sheet_import.columns
        if column["header"] and not column["field"] and not column.get("unread")
    ]
