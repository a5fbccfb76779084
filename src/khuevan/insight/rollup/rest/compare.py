"""Two days compared for programs: who came, left and moved, why, and the pupils behind it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Schema
from pydantic import Field

from khuevan.insight.rollup import actions
from khuevan.insight.rollup.asked import NoSuchCount, row_after
from khuevan.insight.rollup.asked_two import NARROW, Compared, Opened
from khuevan.insight.rollup.compared import reason_words
from khuevan.insight.rollup.dimensions import DIMENSIONS, PUPILS
from khuevan.insight.rollup.moves import CAME, IN, LEFT, NOW, OUT, SAME, STAYED, THEN, Flows
from khuevan.insight.rollup.permissions import VIEW_COUNTS
from khuevan.insight.rollup.rest.words import MOST_ROWS, router
from khuevan.insight.rollup.selectors.comparing import TwoDays, equation_of
from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.students.api import require_list_purpose
from khuevan.ui.request import Request


class ComparedIn(Schema):
    """What is compared; the conditions are those of the page."""

    first: Annotated[str, Field(alias="from")] = ""
    second: Annotated[str, Field(alias="to")] = ""
    of: str = ""
    basis: str = ""
    rows: str = ""
    unit: str = ""
    school: str = ""
    level: str = ""
    grade: str = ""
    sex: str = ""
    position: str = ""
    ownership: str = ""
    type: str = ""

    def asked(self, today: date) -> Compared:
        """Return it as pages read it."""
        given = {name: value for name, value in self.dict().items() if value}
        given |= {"from": given.pop("first", ""), "to": given.pop("second", "")}
        asked = Compared.from_query(given, today=today, rows="unit")
        for code in DIMENSIONS:
            if given.get(code) and code not in NARROW[asked.of]:
                raise NoSuchCount(name=code, value=given[code][:40])
        return asked


class OpenedIn(ComparedIn):
    """A number of the comparison: its line, what is counted, for which reason."""

    line: str = ""
    flow: str = ""
    why: str = ""
    after: str = ""
    purpose: str = ""
    """What an office needs the names for; it is kept."""


class ReasonOut(Schema):
    """How many for one reason."""

    reason: str
    name: str
    number: int


class ComparedLineOut(Schema):
    """A line: then + came + came_in - left - went_out = now, where numbers are exact."""

    line: str
    name: str
    then: int
    came: int | None
    came_in: int | None
    left: int | None
    went_out: int | None
    now: int


class ComparedOut(Schema):
    """Two days: then + came - left = now; who moved within is there on both.

    To who may not see the pupils `is_exact` is false: who came, left and moved is told between two
    days of counting alone (31/5, 30/9, 31/12), each number off by a few, and is null otherwise.
    """

    first: date
    second: date
    of: str
    basis: str
    rows: str
    is_exact: bool
    then: int
    came: int | None
    left: int | None
    now: int
    moved_within: int | None
    came_by: list[ReasonOut]
    left_by: list[ReasonOut]
    moved_by: list[ReasonOut]
    schools_under_another_unit: int
    lines: list[ComparedLineOut]


class MovedPupilOut(Schema):
    """A pupil behind a number: why, and the school of either day."""

    student: UUID
    full_name: str
    reason: str
    school_then: str
    school_now: str


class MovedPupilsOut(Schema):
    """A part of the pupils behind a number; `next` continues it."""

    total: int
    items: list[MovedPupilOut]
    next: str


@router.get("/counts/compare", permission=VIEW_COUNTS, response=ComparedOut)
def show_comparison(request: Request, asked: Query[ComparedIn]) -> ComparedOut:
    """Return who came, left and moved between two days, a year apart unless named."""
    actor = request.actor
    found = TwoDays(actor, asked.asked(actor.today))
    equation, numbers = equation_of(found), found.tally.by_line()
    return ComparedOut(
        first=found.asked.first,
        second=found.asked.second,
        of=found.asked.of,
        basis=found.asked.basis,
        rows=found.asked.rows,
        is_exact=found.is_exact,
        then=equation.then,
        came=equation.came,
        left=equation.left,
        now=equation.now,
        moved_within=equation.within,
        came_by=_reasons(found, CAME),
        left_by=_reasons(found, LEFT),
        moved_by=_reasons(found, IN, STAYED),
        schools_under_another_unit=found.reorganized,
        lines=[_line(key, name, numbers[key]) for key, name in found.lines],
    )


@router.get("/counts/compare/rows", permission=VIEW_COUNTS, response=MovedPupilsOut)
def show_moved(request: Request, asked: Query[OpenedIn]) -> MovedPupilsOut:
    """Return the pupils behind a number of a comparison, 200 at once; that they were is kept."""
    actor = request.actor
    why = require_list_purpose(actor=actor, purpose=asked.purpose)
    opened = Opened.from_query({"line": asked.line, "flow": asked.flow, "why": asked.why})
    found = TwoDays(actor, asked.asked(actor.today))
    traces = found.behind(opened)
    is_open = found.opens(opened) and found.sees_rows(opened, traces)
    if found.asked.of != PUPILS or not is_open:
        raise NotFound
    rows = found.rows(opened, traces).select_related("student", "person")
    if behind := row_after(asked.after):
        rows = rows.filter(pk__gt=behind)
    part = list(rows.order_by("pk")[: MOST_ROWS + 1])
    shown = part[:MOST_ROWS]
    actions.note_moves_opened(
        actor=actor,
        asked=found.asked,
        schools=found.schools_behind(opened, traces),
        count=len(shown),
        purpose=why,
        now=clock.now(),
    )
    where = found.traces_of([row.student_id for row in shown])
    return MovedPupilsOut(
        total=sum(one.number for one in traces),
        items=[_pupil(found, row, where[row.student_id]) for row in shown],
        next=str(shown[-1].pk) if len(part) > MOST_ROWS else "",
    )


def _pupil(found: TwoDays, row: Any, trace: Any) -> MovedPupilOut:
    first, second = (frame.places for frame in found.frames)
    return MovedPupilOut(
        student=row.student.uuid,
        full_name=row.person.full_name,
        reason=found.placed(trace)[2],
        school_then=first[trace.then[0]].code if trace.then else "",
        school_now=second[trace.now[0]].code if trace.now else "",
    )


def _reasons(found: TwoDays, *flows: str) -> list[ReasonOut]:
    reasons = found.tally.reasons(*flows)
    return [
        ReasonOut(reason=code, name=reason_words(found.asked.of, code), number=number)
        for code, number in reasons.items()
        if code != SAME
    ]


def _line(key: str, name: str, flows: Flows) -> ComparedLineOut:
    return ComparedLineOut(
        line=key,
        name=name,
        then=flows[THEN] or 0,
        came=flows[CAME],
        came_in=flows[IN],
        left=flows[LEFT],
        went_out=flows[OUT],
        now=flows[NOW] or 0,
    )
