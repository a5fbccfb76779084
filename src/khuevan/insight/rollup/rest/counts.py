"""Counts for programs: the same numbers, rounded as on the page, and the same rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from ninja import Schema

from khuevan.insight.rollup import actions
from khuevan.insight.rollup.asked import Asked, row_after
from khuevan.insight.rollup.dimensions import PUPILS
from khuevan.insight.rollup.fitting import require_known
from khuevan.insight.rollup.permissions import VIEW_COUNTS
from khuevan.insight.rollup.rest.words import MOST_ROWS, router
from khuevan.insight.rollup.rules import FEWEST, ROUNDED_TO, TOTAL
from khuevan.insight.rollup.selectors import Counted, count, frame_of, pupil_rows, sees_rows
from khuevan.insight.rollup.selectors.counting import schools_asked
from khuevan.kernel import clock
from khuevan.kernel.errors import NotFound
from khuevan.registry.students.api import require_list_purpose
from khuevan.ui.request import Request


class CellOut(Schema):
    """One number; a key that nobody recorded is a dash."""

    row: str
    row_name: str
    column: str
    column_name: str
    value: int


class CoverageOut(Schema):
    """The schools open on the day, those with records, the codes of those without."""

    due: int
    present: int
    missing: list[str]
    is_provisional: bool


class CountsOut(Schema):
    """A count of a day.

    With `rounded_to`, each number is off by chance and rounded to a multiple of it. With
    `too_few_below`, numbers that divide fewer people are not told: no cell, or a total of null.
    """

    on: date
    of: str
    basis: str
    rows: str
    columns: str
    total: int | None
    rounded_to: int | None
    too_few_below: int | None
    coverage: CoverageOut
    cells: list[CellOut]


class CountedPupilOut(Schema):
    """A pupil behind a number."""

    student: UUID
    full_name: str
    school: str
    homeroom_class: str


class CountedPupilsOut(Schema):
    """A part of the pupils behind a number; `next` continues it."""

    total: int
    items: list[CountedPupilOut]
    next: str


@router.get("/counts", permission=VIEW_COUNTS, response=CountsOut)
def show_counts(
    request: Request,
    on: date | None = None,
    of: str = "",
    basis: str = "",
    rows: str = "",
    cols: str = "",
    unit: str = "",
    school: str = "",
    level: str = "",
    grade: str = "",
    sex: str = "",
    ethnicity: str = "",
    age: str = "",
    residence: str = "",
    position: str = "",
    ownership: str = "",
    type: str = "",  # noqa: A002  (as the page calls it)
) -> CountsOut:
    """Return pupils, classes or staff of the caller's schools on a day, divided by two things."""
    given = {**locals()}
    asked = _asked(request, given)
    frame = frame_of(actor=request.actor, asked=asked)
    require_known(asked, frame)
    return _counts_out(count(actor=request.actor, asked=asked, frame=frame))


@router.get("/counts/rows", permission=VIEW_COUNTS, response=CountedPupilsOut)
def show_rows(
    request: Request,
    on: date | None = None,
    basis: str = "",
    unit: str = "",
    school: str = "",
    level: str = "",
    grade: str = "",
    sex: str = "",
    ethnicity: str = "",
    age: str = "",
    residence: str = "",
    ownership: str = "",
    type: str = "",  # noqa: A002  (as the page calls it)
    after: str = "",
    purpose: str = "",
) -> CountedPupilsOut:
    """Return the pupils behind a number, 200 at once; an office says what for, and it is kept."""
    given = {**locals(), "of": PUPILS}
    actor = request.actor
    why = require_list_purpose(actor=actor, purpose=purpose)
    asked = replace(_asked(request, given), cols="")
    frame = frame_of(actor=actor, asked=asked)
    require_known(asked, frame)
    counted = count(actor=actor, asked=asked, frame=frame)
    schools = schools_asked(asked, counted.frame)
    if not sees_rows(actor, asked, schools):
        raise NotFound
    found = pupil_rows(actor=actor, asked=asked, frame=counted.frame, schools=schools)
    total = found.count()
    if behind := row_after(after):
        found = found.filter(pk__gt=behind)
    part = list(found.order_by("pk")[: MOST_ROWS + 1])
    actions.note_names_opened(
        actor=actor,
        asked=asked,
        schools=schools,
        count=len(part[:MOST_ROWS]),
        purpose=why,
        now=clock.now(),
    )
    return CountedPupilsOut(
        total=total,
        items=[_pupil_out(row, counted) for row in part[:MOST_ROWS]],
        next=str(part[MOST_ROWS - 1].pk) if len(part) > MOST_ROWS else "",
    )


def _asked(request: Request, given: dict[str, Any]) -> Asked:
    today: date = request.actor.today
    on = given.pop("on")
    query = {name: value for name, value in given.items() if isinstance(value, str) and value}
    if on is not None:
        query["on"] = on.isoformat()
    return Asked.from_query(query, today=today, rows="grade", cols="sex")


def _pupil_out(row: Any, counted: Counted) -> CountedPupilOut:
    return CountedPupilOut(
        student=row.student.uuid,
        full_name=row.person.full_name,
        school=counted.frame.places[row.school_id].code,
        homeroom_class=row.placement.homeroom_class.name if row.placement else "",
    )


def _counts_out(counted: Counted) -> CountsOut:
    asked, table = counted.asked, counted.table
    cols = counted.col_names or {TOTAL: ""}
    cells = [
        CellOut(
            row=row,
            row_name=row_name,
            column=col,
            column_name=col_name,
            value=table.at(row, col),
        )
        for row, row_name in counted.row_names.items()
        for col, col_name in cols.items()
        if (row, col) not in table.withheld
    ]
    coverage = counted.coverage
    return CountsOut(
        on=asked.on,
        of=asked.of,
        basis=asked.basis,
        rows=asked.rows,
        columns=asked.cols,
        total=None if (TOTAL, TOTAL) in table.withheld else table.total,
        rounded_to=ROUNDED_TO if table.is_rounded else None,
        too_few_below=FEWEST if table.withheld else None,
        coverage=CoverageOut(
            due=coverage.due,
            present=coverage.present,
            missing=[place.code for place in coverage.missing],
            is_provisional=not coverage.is_whole,
        ),
        cells=cells,
    )
