"""The rows of a sheet as HTML, in one pass: 45 pupils by six columns are drawn in a millisecond.

Names are escaped here; nothing else in a row comes from people. A cell carries its value and
version, from which the page's script works; what is shown without script is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from statistics import fmean

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from khuevan.school.gradebooks.cells import write_cell
from khuevan.school.gradebooks.columns import Column, average_labels, columns_of
from khuevan.school.gradebooks.selectors.learners import Learner
from khuevan.school.gradebooks.selectors.sheets import Sheet
from khuevan.school.gradebooks.slots import BookForm, Content, Word
from khuevan.ui.formats import day

A_HALF = 23
MOST_IN_HALVES = 8
DASH = "–"
_KINDS = {Word.MAKE_UP_DUE: " cell-due", Word.EXEMPT: " cell-exempt"}
_SCORES = frozenset({Content.SCORE, Content.TEST})


@dataclass(frozen=True, slots=True)
class Half:
    """A table of the sheet, its rows drawn."""

    caption: str
    rows: SafeString
    foot: SafeString


@dataclass(frozen=True, slots=True)
class Drawn:
    """A sheet ready for its page."""

    columns: list[Column]
    averages: list[tuple[int, str]]
    halves: list[Half]


def draw_sheet(sheet: Sheet, caption: str) -> Drawn:
    """Return the sheet's tables: two halves where a class is large and its columns are few."""
    columns = columns_of(sheet.book, sheet.slots, sheet.locked)
    averages = average_labels(sheet.book.form, sheet.period)
    in_two = len(sheet.learners) > A_HALF and len(columns) <= MOST_IN_HALVES
    first = max(A_HALF, (len(sheet.learners) + 1) // 2) if in_two else len(sheet.learners)
    parts = [sheet.learners[:first], sheet.learners[first:]] if in_two else [sheet.learners]
    halves: list[Half] = []
    start = 1
    for part in parts:
        rows = "".join(_rows(sheet, columns, averages, part, start))
        foot = _foot(sheet, columns, averages) if part is parts[-1] else ""
        last = start + len(part) - 1
        told = f"{caption}, {start}{DASH}{last}" if in_two else caption
        halves.append(Half(told, _safe(rows), _safe(foot)))
        start += len(part)
    return Drawn(columns, averages, halves)


def _safe(html: str) -> SafeString:
    return mark_safe(html)  # noqa: S308 (names are escaped in `_rows`)


def _rows(
    sheet: Sheet,
    columns: Sequence[Column],
    averages: Sequence[tuple[int, str]],
    learners: Sequence[Learner],
    start: int,
) -> Iterator[str]:
    cells, form = sheet.cells, sheet.book.form
    drawn: dict[tuple[Content, int], tuple[str, str]] = {}
    for number, one in enumerate(learners, start=start):
        note, css = _note(one)
        held = ' data-held="1"' if not one.is_writable else ""
        parts = [
            f'<tr data-s="{one.uuid}"{held}{css}><td class="roll">{number}</td>'
            f'<th scope="row" class="name"><span>{escape(one.name)}</span>{note}</th>'
        ]
        for column in columns:
            found = cells.get((one.id, column.slot))
            shut = " locked" if column.is_locked or held else ""
            if found is None:
                exempt = "M" if one.is_exempt else ""
                parts.append(f'<td class="mark-cell{shut}">{exempt}</td>')
                continue
            value, version = found
            key = (column.content, value)
            if key not in drawn:
                drawn[key] = _value(column.content, value)
            kind, text = drawn[key]
            parts.append(
                f'<td class="mark-cell{kind}{shut}" data-v="{value}" data-n="{version}">{text}</td>'
            )
        own = sheet.results.get(one.id, (None, None, None))
        for at, _label in averages:
            parts.append(f'<td class="average">{_result(form, own[at])}</td>')
        yield "".join(parts) + "</tr>"


def _note(one: Learner) -> tuple[str, str]:
    """Return what stands beside a name, and the class of the row."""
    if one.left_on is not None:
        told = _("left %(day)s") % {"day": day(one.left_on)}
        return f' <small class="note">{told}</small>', ' class="gone"'
    if one.is_exempt:
        return f' <small class="note">{_("exempt")}</small>', ""
    if one.came_on is not None:
        told = _("from %(day)s") % {"day": day(one.came_on)}
        return f' <small class="note">{told}</small>', ""
    return "", ""


def _value(content: Content, value: int) -> tuple[str, str]:
    text = write_cell(content, value)
    if value < 0:
        return _KINDS.get(Word(value), ""), text
    return "", aligned(text) if content in _SCORES else text


def aligned(text: str) -> str:
    """Return a mark so that a column lines up on its comma."""
    whole, _comma, rest = text.partition(",")
    return f'<span class="mv">{whole}<span>{"," + rest if rest else ""}</span></span>'


def _result(form: str, value: int | None) -> str:
    if value is None:
        return DASH
    if form == BookForm.COMMENT:
        return write_cell(Content.VERDICT, value)
    return f"{value // 10},{value % 10}"


def _foot(sheet: Sheet, columns: Sequence[Column], averages: Sequence[tuple[int, str]]) -> str:
    """Return the row of the class's averages, where its cells are marks."""
    if sheet.book.form != BookForm.SCORE:
        return ""
    present = [one.id for one in sheet.learners if one.is_writable]
    parts = [f'<tr><td class="roll"></td><th scope="row" class="name">{_("Class average")}</th>']
    for column in columns:
        given = [
            found[0]
            for student in present
            if (found := sheet.cells.get((student, column.slot))) and found[0] >= 0
        ]
        parts.append(f'<td class="mark-cell">{aligned(_mean(given))}</td>')
    for at, _label in averages:
        reckoned = [
            value
            for student in present
            if student in sheet.results and (value := sheet.results[student][at]) is not None
        ]
        parts.append(f'<td class="average">{_mean(reckoned)}</td>')
    return "".join(parts) + "</tr>"


def _mean(tenths: Sequence[int]) -> str:
    if not tenths:
        return DASH
    mean = int(fmean(tenths) + 0.5)
    return f"{mean // 10},{mean % 10}"
