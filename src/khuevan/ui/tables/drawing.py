"""Rows of lists written without a template: the same markup as `ui/components/table_row.html`.

A list draws hundreds of cells; the component stays what it looks like, and a test holds both equal.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khuevan.ui.tables.columns import Cell
from khuevan.ui.templatetags.khuevan import pill


def row_html(row: Any, select: str) -> SafeString:
    """Return one row of a list; `select` names the boxes, empty for none."""
    classes = f"{'on ' if row.on else ''}{'linked' if row.url else ''}".strip()
    parts = [f'<tr class="{classes}">' if classes else "<tr>"]
    if select:
        parts.append(_box(row, select))
    label: str = conditional_escape(row.label)
    if row.url:
        label = f'<a class="row-link" href="{conditional_escape(row.url)}">{label}</a>'
    parts.append(f'<th scope="row">{label}</th>')
    parts += [f"<td{_attributes(one)}>{_content(one)}</td>" for one in row.cells]
    parts.append("</tr>")
    return mark_safe("".join(parts))  # noqa: S308 (every part is escaped above)


def _box(row: Any, select: str) -> str:
    name = conditional_escape(f"{_('Select')} {row.label}")
    checked = " checked" if row.on else ""
    return (
        f'<td class="table-select"><input class="box above" type="checkbox" '
        f'name="{conditional_escape(select)}" value="{conditional_escape(row.key)}" '
        f'aria-label="{name}"{checked}></td>'
    )


def _attributes(cell: Cell) -> str:
    css = f' class="{conditional_escape(cell.css)}"' if cell.css else ""
    return f'{css} data-named="{conditional_escape(str(cell.named))}"' if cell.named else css


def _content(cell: Cell) -> str:
    if cell.pill is not None:
        return _pill(cell.pill.tone, cell.pill.icon, str(cell.pill.label))
    if cell.none:
        return f'<span class="none">{conditional_escape(str(cell.none))}</span>'
    return conditional_escape(cell.value)


@lru_cache(maxsize=1024)
def _pill(tone: str, icon: str, label: str) -> SafeString:
    return pill(tone, icon, label)
