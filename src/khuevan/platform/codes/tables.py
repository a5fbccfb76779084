"""The code lists as tables: all of them, and the codes of one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.platform.codes.lists import Code, CodeTable
from khuevan.platform.regulations.api import Confidence, period, sureness
from khuevan.ui.formats import number
from khuevan.ui.tables import Cell, Head, ReadyTable, Row

SUREST_LAST = (Confidence.TEXT_SEEN, Confidence.SECOND_HAND, Confidence.FROM_MEMORY)
LIST_COLUMNS = (
    Head(gettext_lazy("Code list")),
    Head(gettext_lazy("Where it is used")),
    Head(gettext_lazy("Codes"), "r"),
    Head(gettext_lazy("How sure")),
)
CODE_COLUMNS = (
    Head(gettext_lazy("Name")),
    Head(gettext_lazy("Code")),
    Head(gettext_lazy("Other names")),
    Head(gettext_lazy("In force"), "r"),
    Head(gettext_lazy("Source")),
    Head(gettext_lazy("How sure")),
)


def list_table(lists: Iterable[CodeTable], *, on: date) -> ReadyTable:
    """Return the lists, each with how many codes hold on a day and the least sure of them."""
    return ReadyTable(_("Code lists"), LIST_COLUMNS, [_list_row(one, on) for one in lists])


def code_rows(codes: Iterable[Code], *, caption: str) -> ReadyTable:
    """Return the codes of one list."""
    return ReadyTable(caption, CODE_COLUMNS, [_code_row(code) for code in codes])


def _list_row(one: CodeTable, on: date) -> Row:
    least = max((code.confidence for code in one.codes), key=SUREST_LAST.index)
    return Row(
        label=one.name,
        url=reverse("codes:one", args=[one.key]),
        key=one.key,
        cells=(
            Cell(one.used),
            Cell(number(len(one.on(on))), css="r num", named=_("Codes")),
            Cell(pill=sureness(least)),
        ),
    )


def _code_row(code: Code) -> Row:
    return Row(
        label=code.name,
        key=f"{code.code}-{code.starts_on or ''}",
        cells=(
            Cell(code.code, css="num"),
            Cell(", ".join(code.aliases)),
            Cell(period(code.starts_on, code.ends_on), css="r num nowrap"),
            Cell(code.source),
            Cell(pill=sureness(code.confidence)),
        ),
    )
