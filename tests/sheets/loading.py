"""How tests bring a list in: as a clerk, by the real actions."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast, actor_of
from tests.factories import NOW

from khuevan.kernel.actor import Actor
from khuevan.platform.jobs.api import Job, run_job
from khuevan.platform.sheets import many, reading
from khuevan.platform.sheets.actions import confirm_import, upload_sheets
from khuevan.platform.sheets.many import Run
from khuevan.platform.sheets.models import ImportRow, SheetImport

WHY = "a test looks"


def loan(cast: Cast) -> Actor:
    """Return Ms Loan, the clerk of school A."""
    return actor_of(cast.loan)


def uploaded(cast: Cast, file: SimpleUploadedFile) -> SheetImport:
    """Let Ms Loan take a list of one sheet in."""
    (taken_in,) = upload_sheets(
        actor=loan(cast),
        kind="students.list",
        unit_id=cast.school_a.pk,
        upload=file,
        now=NOW,
    )
    return taken_in


def confirmed(cast: Cast, sheet_import: SheetImport, **options: Any) -> SheetImport:
    """Order the writing of a list."""
    options.setdefault("takes_good_rows", False)
    return confirm_import(actor=loan(cast), uuid=sheet_import.uuid, now=NOW, **options)


def run_jobs() -> list[str]:
    """Run what waits in the queue, in order, and return how it ended."""
    waiting = Job.objects.unscoped(because=WHY).filter(state="QUEUED").order_by("pk")
    done = [job.pk for job in waiting]
    for pk in done:
        run_job(pk)
    ended = Job.objects.unscoped(because=WHY).filter(pk__in=done).order_by("pk")
    return list(ended.values_list("state", flat=True))


def fail_at_second(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Let the program itself fail at the second file of a run: reading, writing or summing up."""
    owner, name = {
        "reading": (reading, "_collect"),
        "writing": (many, "load_sheets"),
        "keeping": (Run, "_tell"),
    }[where]
    real, calls = getattr(owner, name), itertools.count(1)

    def failing(*words: Any, **named: Any) -> Any:
        result = real(*words, **named)
        if next(calls) == 2:
            raise ZeroDivisionError
        return result

    monkeypatch.setattr(owner, name, failing)


def fresh(sheet_import: SheetImport) -> SheetImport:
    """Return an import as it stands now."""
    return SheetImport.objects.unscoped(because=WHY).get(pk=sheet_import.pk)


def row(sheet_import: SheetImport, number: int) -> ImportRow:
    """Return a row as it stands now."""
    return ImportRow.objects.unscoped(because=WHY).get(sheet_import=sheet_import, number=number)
