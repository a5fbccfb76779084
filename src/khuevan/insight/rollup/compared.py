"""A comparison of two days as pages draw it: equation, reasons, lines; and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from khuevan.insight.rollup.asked_two import COMPARED, SCHOOLS, Compared, Opened
from khuevan.insight.rollup.dimensions import BASES, CLASSES, PUPILS, STAFF, label_of
from khuevan.insight.rollup.moves import (
    CAME,
    IN,
    LEFT,
    MOVED_UP,
    NOT_SAID,
    NOW,
    OTHER_CLASS,
    OTHER_GRADE,
    OTHER_KIND,
    OTHER_POSITION,
    OTHER_SCHOOL,
    OUT,
    PLACED,
    REORGANIZED,
    REPEATS,
    SAME,
    STAYED,
    THEN,
    UNPLACED,
    WENT_ON,
    Flows,
)
from khuevan.insight.rollup.rules import ROUNDED_TO, TOTAL, census_day_until
from khuevan.insight.rollup.selectors.comparing import TwoDays
from khuevan.insight.rollup.selectors.traces import (
    CLASS_CLOSED,
    CLOSED,
    MERGED,
    NEW_CLASS,
    OPENED,
    YEAR_OVER,
)
from khuevan.insight.rollup.told import tells_flows
from khuevan.platform.sheets.api import SheetToWrite, csv_bytes, write_workbook
from khuevan.registry.staff.api import EndKind
from khuevan.registry.students.api import EntryKind, ExitKind
from khuevan.ui.components import Bar, bars
from khuevan.ui.downloads import CSV, XLSX, download
from khuevan.ui.formats import NOTHING, day, number, signed

MOST_LINES = 300
_WORDS: dict[str, str | Promise] = {
    NOT_SAID: gettext_lazy("Reason not recorded"),
    WENT_ON: gettext_lazy("Completed one school, goes on at another"),
    OTHER_SCHOOL: gettext_lazy("From one school to another"),
    REORGANIZED: gettext_lazy("The school came under another unit"),
    MOVED_UP: gettext_lazy("Moved up a grade"),
    REPEATS: gettext_lazy("The same grade for another year"),
    OTHER_GRADE: gettext_lazy("A lower grade"),
    PLACED: gettext_lazy("Given a class"),
    UNPLACED: gettext_lazy("Without a class since"),
    OTHER_CLASS: gettext_lazy("Another class of the grade"),
    OTHER_POSITION: gettext_lazy("Another position"),
    OTHER_KIND: gettext_lazy("Another kind of school or ownership"),
    SAME: gettext_lazy("Nothing changed"),
    "APPOINTED": gettext_lazy("Appointed"),
    NEW_CLASS: gettext_lazy("Not there the first day"),
    MERGED: gettext_lazy("Merged into another class"),
    CLASS_CLOSED: gettext_lazy("Class closed"),
    YEAR_OVER: gettext_lazy("Not opened in the new year"),
    OPENED: gettext_lazy("School opened"),
    CLOSED: gettext_lazy("School closed"),
}
_KINDS: dict[str, tuple[Any, ...]] = {
    PUPILS: (EntryKind, ExitKind),
    STAFF: (EndKind,),
    CLASSES: (),
    SCHOOLS: (),
}
_FLOW_WORDS: dict[str, str | Promise] = {
    THEN: gettext_lazy("There on the first day"),
    NOW: gettext_lazy("There on the second day"),
    CAME: pgettext_lazy("between two days", "Came"),
    LEFT: pgettext_lazy("between two days", "Left"),
    IN: gettext_lazy("Came from another line"),
    OUT: gettext_lazy("Went to another line"),
    STAYED: gettext_lazy("Stayed"),
}
COLUMNS = (THEN, CAME, IN, LEFT, OUT, NOW)
SIGNS = {CAME: "+", IN: "+", LEFT: "−", OUT: "−"}


@dataclass(frozen=True, slots=True)
class Number:
    """One number with where it opens to; `sign` stands before it."""

    text: str
    url: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class TwoDaysLine:
    """One line: its numbers in the order of COLUMNS, and by how much it changed."""

    label: str
    url: str
    numbers: list[Number]
    change: str


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why some came, left or moved."""

    title: str
    total: Number
    bars: list[Bar]


def reason_words(of: str, reason: str) -> str:
    """Return the words of a reason."""
    for kind in _KINDS[of]:
        if reason in kind.values:
            return str(kind(reason).label)
    return str(_WORDS.get(reason, reason))


def flow_words(flows: tuple[str, ...]) -> str:
    """Return the words of what is counted."""
    return str(_("Moved within")) if len(flows) > 1 else str(_FLOW_WORDS[flows[0]])


def rows_address(asked: Compared, line: str, flows: tuple[str, ...], reason: str = "") -> str:
    """Return the page of the rows behind a number."""
    more = {"line": line, "flow": " ".join(flows), "why": reason}
    query = asked.query(**{name: value for name, value in more.items() if value})
    return f"{reverse('rollup:compare_rows')}?{query}"


def address(asked: Compared) -> str:
    """Return the page of a comparison."""
    return f"{reverse('rollup:compare')}?{asked.query()}"


def equation(compared: TwoDays) -> list[dict[str, Any]]:
    """Return the terms of the equation: then, plus came, minus left, is now."""
    asked, flows = compared.asked, _flows(compared, TOTAL)
    terms = (
        (THEN, "", day(asked.first)),
        (CAME, "+", _FLOW_WORDS[CAME]),
        (LEFT, "−", _FLOW_WORDS[LEFT]),
        (NOW, "=", day(asked.second)),
    )
    return [
        {
            "sign": sign if flows[flow] is not None else "",
            "label": label,
            "number": _number(compared, TOTAL, flow, flows[flow]),
        }
        for flow, sign, label in terms
    ]


def reasons(compared: TwoDays) -> list[Reasons]:
    """Return why they came, left and moved within; without those of whom nothing changed."""
    if not compared.is_exact and not tells_flows(compared.asked):
        return []
    return [
        _reasons(compared, str(_FLOW_WORDS[CAME]), (CAME,)),
        _reasons(compared, str(_FLOW_WORDS[LEFT]), (LEFT,)),
        _reasons(compared, str(_("Moved within")), (IN, STAYED)),
    ]


def _reasons(compared: TwoDays, title: str, flows: tuple[str, ...]) -> Reasons:
    asked, found = compared.asked, compared.tally.reasons(*flows)
    found.pop(SAME, None)
    rows = [
        Bar(
            reason_words(asked.of, code),
            count,
            rows_address(asked, TOTAL, flows, code) if compared.is_exact else "",
        )
        for code, count in found.items()
    ]
    return Reasons(title, Number(number(sum(found.values()))), bars(rows))


def lines(compared: TwoDays) -> list[TwoDaysLine]:
    """Return the lines to draw, at most MOST_LINES of them."""
    numbers = compared.tally.by_line()
    return [_line(compared, key, name, numbers[key]) for key, name in compared.lines[:MOST_LINES]]


def foot(compared: TwoDays) -> TwoDaysLine:
    """Return the line of totals."""
    return _line(compared, TOTAL, _("Total"), _flows(compared, TOTAL))


def headings(compared: TwoDays) -> list[str]:
    """Return the headings of COLUMNS."""
    asked = compared.asked
    return [
        day(asked.first),
        str(_FLOW_WORDS[CAME]),
        _("In from other lines"),
        str(_FLOW_WORDS[LEFT]),
        _("Out to other lines"),
        day(asked.second),
    ]


def _line(compared: TwoDays, key: str, name: str, flows: Flows) -> TwoDaysLine:
    asked = compared.asked
    deeper = {"unit": "school", "school": "grade", "level": "grade"}.get(asked.rows, "")
    if asked.of in (SCHOOLS, STAFF) and deeper == "grade":
        deeper = "position" if asked.of == STAFF else ""
    if asked.of == SCHOOLS:
        deeper = "type" if asked.rows == "unit" else ""
    url = ""
    if key and deeper:
        part = asked.narrowed(**{asked.rows: key})
        url = address(
            Compared(asked.first, asked.second, asked.of, asked.basis, deeper, narrow=part.narrow)
        )
    return TwoDaysLine(
        name,
        url,
        [_number(compared, key, flow, flows[flow]) for flow in COLUMNS],
        signed(_change(flows)),
    )


def _number(compared: TwoDays, line: str, flow: str, value: int | None) -> Number:
    if value is None:
        return Number(NOTHING)
    opens = value and compared.opens(Opened(line, (flow,)))
    url = rows_address(compared.asked, line, (flow,)) if opens else ""
    return Number(number(value), url, SIGNS.get(flow, "") if value else "")


def _change(flows: Flows) -> int:
    return (flows[NOW] or 0) - (flows[THEN] or 0)


def _flows(compared: TwoDays, line: str) -> Flows:
    nothing: Flows = dict.fromkeys((*COLUMNS, STAYED), 0)
    return compared.tally.by_line().get(line, nothing)


def telling_words(compared: TwoDays) -> str:
    """Return what a reader has to know of numbers that are not told as they are."""
    if compared.is_exact:
        return ""
    if not tells_flows(compared.asked):
        return _(
            "Who came and left, and why, is told between two days of counting (31/5, 30/9, 31/12):"
            " between other days it could be a single child."
        )
    return _(
        "Who came, left and moved is told only roughly, in multiples of %(to)s: 0 may be a few, and"
        " %(to)s may be nobody. Who may see the records sees the numbers as they are."
    ) % {"to": ROUNDED_TO}


def days_of_counting(asked: Compared) -> str:
    """Return the page of the same comparison between the last day of counting and a year before."""
    last = census_day_until(asked.second)
    return address(replace(asked, first=last.replace(year=last.year - 1), second=last))


def file_of(compared: TwoDays, kind: str, *, read_at: str) -> HttpResponse:
    """Return the comparison as xlsx or csv: lines, then reasons; no personal data."""
    asked = compared.asked
    head = [
        label_of(asked.rows, asked.basis),
        *headings(compared),
        pgettext("between two days", "Change"),
    ]
    rows = list(_file_lines(compared))
    name = f"khue-van-{asked.of}-{asked.first.isoformat()}-{asked.second.isoformat()}.{kind}"
    if kind == "csv":
        return download(csv_bytes(head, rows), name=name, media_type=CSV)
    titles = [
        _("%(what)s, %(first)s and %(second)s, %(basis)s")
        % {
            "what": COMPARED[asked.of],
            "first": day(asked.first),
            "second": day(asked.second),
            "basis": BASES[asked.basis],
        },
        _("Read at %(moment)s") % {"moment": read_at},
        *filter(None, [telling_words(compared)]),
    ]
    why: list[list[str | int | float | None]] = [
        [one.title, bar.label, bar.value] for one in reasons(compared) for bar in one.bars
    ]
    sheets = [
        SheetToWrite(_("Two days"), head, rows, titles),
        SheetToWrite(
            _("Reasons"),
            [
                pgettext("between two days", "What"),
                _("Reason"),
                pgettext("between two days", "Number"),
            ],
            why,
            titles,
        ),
    ]
    buffer = BytesIO()
    write_workbook(buffer, sheets)
    return download(buffer.getvalue(), name=name, media_type=XLSX)


def _file_lines(compared: TwoDays) -> Iterator[list[str | int | float | None]]:
    numbers = compared.tally.by_line()
    for key, name in [*compared.lines, (TOTAL, _("Total"))]:
        flows = numbers.get(key, dict.fromkeys((*COLUMNS, STAYED), 0))
        yield [name, *(flows[flow] for flow in COLUMNS), _change(flows)]
