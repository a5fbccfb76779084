"""Rows of lists written without a template: the same markup as `ui/components/table_row.html`.

A list draws hundreds of cells; the component stays what it looks like, and a test holds both equal.
"""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khuevan.ui.tables.columns import Cell
from khuevan.ui.templatetags.khuevan import pill


def row_html(row: Any, select: str) -> SafeString:
    """Return one row of a list; `select` names the boxes, empty for none."""
    parts = [_open_row(row.on, bool(row.url))]
    if select:
        parts.append(_box(row, select))
    label = _text(row.label)
    if row.url:
        label = f'<a class="row-link" href="{_text(row.url)}">{label}</a>'
    parts.append(f'<th scope="row">{label}</th>')
    parts += [f"{_open_cell(one.css, str(one.named))}{_content(one)}</td>" for one in row.cells]
    parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped above)


def _text(value: Any) -> str:
    """Return a value as markup: Django's conditional_escape without its way for lazy values."""
    return str(value.__html__()) if hasattr(value, "__html__") else escape(str(value))


@lru_cache(maxsize=4)
def _open_row(is_on: bool, is_linked: bool) -> str:  # noqa: FBT001
    classes = " ".join(name for name, is_so in (("on", is_on), ("linked", is_linked)) if is_so)
    return f'<tr class="{classes}">' if classes else "<tr>"


@lru_cache(maxsize=1024)
def _open_cell(css: str, named: str) -> str:
    classes = f' class="{escape(css)}"' if css else ""
    return f'<td{classes} data-named="{escape(named)}">' if named else f"<td{classes}>"


def _box(row: Any, select: str) -> str:
    if not row.key:
        return '<td class="table-select"></td>'
    name = escape(f"{_('Select')} {row.label}")
    checked = " checked" if row.on else ""
    return (
        f'<td class="table-select"><input class="box above" type="checkbox" '
        f'name="{escape(select)}" value="{escape(row.key)}" '
        f'aria-label="{name}"{checked}></td>'
    )


def _content(cell: Cell) -> str:
    if cell.pill is not None:
        return _pill(cell.pill.tone, cell.pill.icon, str(cell.pill.label))
    if cell.none and not cell.value:
        return f'<span class="none">{escape(str(cell.none))}</span>'
    return _text(cell.value)


@lru_cache(maxsize=1024)
def _pill(tone: str, icon: str, label: str) -> SafeString:
    return pill(tone, icon, label)
