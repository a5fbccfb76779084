"""What is to be said of a list as a whole: columns that were not known, another school's name,
names in capitals."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Upper
from django.utils.translation import ngettext

from khuevan.kernel.vietnamese import title_name
from khuevan.platform.sheets.faults import Fault, Severity
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportRow, SheetImport
from khuevan.ui.formats import number


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


def recased(sheet_import: SheetImport) -> str:
    """Say of names in capitals alone how they are written into the records, with the first one."""
    layout = importers.get(sheet_import.kind).layout(sheet_import.layout).by_name
    names = [
        column["index"]
        for column in sheet_import.columns
        if column["field"] and layout[column["field"]].kind == "full_name"
    ]
    if not names:
        return ""
    rows = ImportRow.objects.unscoped(because="rows of a list that the reader reached")
    named: QuerySet[Any] = rows.filter(sheet_import=sheet_import).annotate(
        name=KeyTextTransform(names[0], "cells", output_field=TextField())
    )
    told = named.filter(name=Upper("name"), name__regex="[A-Z]").aggregate(
        count=Count("pk"), example=Min("name")
    )
    if not told["count"]:
        return ""
    words = ngettext(
        "%(count)s name is in capitals alone; it is written as “%(example)s”.",
        "%(count)s names are in capitals alone; they are written as “%(example)s” is.",
        told["count"],
    )
    return words % {"count": number(told["count"]), "example": title_name(told["example"])}
