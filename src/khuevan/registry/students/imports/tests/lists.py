"""Lists of pupils for tests: as rows that were read already, or as files to upload."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories import NOW, TODAY

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.api import ImportRow, PlannedRow, SheetImport
from khuevan.platform.sheets.checking import plan_rows
from khuevan.platform.sheets.tests.build_sheets import HEADERS, ClassList, Pupil, pupils
from khuevan.registry.students.imports import IMPORTER
from khuevan.registry.students.student_layout import CODE, STUDENT_LAYOUT

Cells = Mapping[str, str]
FIRST_ROW = 2


def a_pupil(**changes: str) -> dict[str, str]:
    """Return a row of one pupil of 6A with all that the ministry's list says."""
    return {**pupils(1)[0].cells(), **changes}


def some_pupils(count: int, class_names: Sequence[str] = ("6A",)) -> list[dict[str, str]]:
    """Return rows of different pupils, dealt to classes in turn."""
    return [
        {**pupil.cells(), "Lớp học": class_names[place % len(class_names)]}
        for place, pupil in enumerate(pupils(count))
    ]


def planned(
    actor: Actor, school_id: int, rows: Iterable[Cells], on: date = TODAY
) -> list[PlannedRow]:
    """Compare rows with the records, without a file."""
    listed = list(rows)
    headers = list(dict.fromkeys(header for row in listed for header in row))
    known = {header: name for item in STUDENT_LAYOUT.fields for header, name in _names(item)}
    sheet_import = SheetImport(
        kind=IMPORTER.code,
        unit_id=school_id,
        layout=CODE,
        sheet_name="K6",
        header_rows=[1, 1],
        columns=[
            {"index": index, "header": header, "field": known[header]}
            for index, header in enumerate(headers)
        ],
    )
    cells = [
        ImportRow(number=number, cells=[row.get(header, "") for header in headers])
        for number, row in enumerate(listed, start=FIRST_ROW)
    ]
    return plan_rows(actor=actor, sheet_import=sheet_import, rows=cells, on=on)


def written(actor: Actor, school_id: int, rows: Iterable[Cells]) -> list[PlannedRow]:
    """Compare rows with the records and write the good ones."""
    plans = planned(actor, school_id, rows)
    IMPORTER.write(
        actor=actor,
        unit_id=school_id,
        rows=[plan for plan in plans if plan.outcome in {"NEW", "CHANGED"}],
        promises={},
        on=TODAY,
        now=NOW,
        progress=lambda _done: None,
    )
    return plans


def outcomes(plans: Iterable[PlannedRow]) -> list[str]:
    """Return what would happen to each row."""
    return [str(plan.outcome) for plan in plans]


def faults(plans: Iterable[PlannedRow]) -> list[tuple[int, str]]:
    """Return row and code of every fault."""
    return [(fault.row, fault.code) for plan in plans for fault in plan.faults]


def xlsx(rows: Sequence[Cells], name: str = "DS_K6.xlsx", **shape: object) -> SimpleUploadedFile:
    """Return a ministry list as a file to upload."""
    with TemporaryDirectory() as folder:
        built = ClassList(rows=[dict(row) for row in rows], sheet="K6", **shape)  # type: ignore[arg-type]
        content = built.write(Path(folder) / "list.xlsx").read_bytes()
    return SimpleUploadedFile(name, content)


def csv(rows: Sequence[Cells], name: str = "DS_K6.csv") -> SimpleUploadedFile:
    """Return a list as a CSV file to upload: the header is row 1."""
    headers = [h for h in HEADERS if any(h in row for row in rows)]
    headers += [h for row in rows for h in row if h not in headers]
    headers = list(dict.fromkeys(headers))
    lines = [headers, *([row.get(header, "") for header in headers] for row in rows)]
    return SimpleUploadedFile(name, "\n".join(";".join(line) for line in lines).encode())


def _names(item: object) -> list[tuple[str, str]]:
    return [(header, item.name) for header in item.headers]  # type: ignore[attr-defined]


__all__ = [
    "Pupil",
    "a_pupil",
    "csv",
    "faults",
    "outcomes",
    "planned",
    "some_pupils",
    "written",
    "xlsx",
]
