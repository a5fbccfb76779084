"""A package on the command line and over REST: tried whole, then written whole or not at all."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.exit_codes import DONE
from khuevan.platform.sheets.actions import Checked, Order, check_sheets, load_sheets
from khuevan.platform.sheets.actions.write import WRITTEN
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.errors import FaultsLeft
from khuevan.platform.sheets.faults import Fault, Severity
from khuevan.platform.sheets.models import Outcome
from khuevan.platform.sheets.packages import Package, PackageKind, PackageList, Place, Remark
from khuevan.platform.sheets.writing import write_workbook
from khuevan.ui.commands import Answer

COUNTED = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)
MOST_TOLD = 50


@dataclass(slots=True)
class PackageLoading:
    """One run over a package: who loads it, and what came of it."""

    actor: Actor
    file: str
    is_check: bool
    takes_good_rows: bool
    on: date | None = None
    counts: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    told: list[dict[str, Any]] = field(default_factory=list)
    is_written: bool = False
    lists: list[str] = field(default_factory=list)

    def load(self, package: Package) -> None:
        """Try all lists in order, then write them unless a fault or the wish stands in the way.

        What the trial writes is taken back: a list may need what the one before it brings.
        """
        self.counts[Outcome.REFUSED] += package.refused
        self.told += [_told_remark(self.file, one) for one in package.remarks]
        with transaction.atomic():
            for one in package.lists:
                self._try(one)
            transaction.set_rollback(True)
        ready = self.counts[Outcome.NEW] + self.counts[Outcome.CHANGED]
        faulty = self.counts[Outcome.REFUSED] and not self.takes_good_rows
        if ready and not self.is_check and not faulty:
            with transaction.atomic():
                for one in package.lists:
                    self._write(one)
            self.is_written = True

    def _order(self, one: PackageList) -> Order:
        return Order(
            self.actor,
            one.importer.code,
            clock.now(),
            on=self.on,
            takes_good_rows=self.takes_good_rows,
        )

    def _try(self, one: PackageList) -> None:
        """Check a list as the records would stand, and make them stand so for the next one."""
        try:
            (checked,) = check_sheets(self._order(one), unit_id=one.unit_id, workbook=one.workbook)
        except NotFound:
            self._refuse(one, "sheets.package_out_of_reach")
            return
        counts = self.by_kind.setdefault(one.importer.word, Counter())
        for outcome in COUNTED:
            count = checked.sheet_import.count(outcome)
            counts[outcome] += count
            self.counts[outcome] += count
        self.told += [told_fault(self.file, one, fault) for fault in faults_of(checked.rows)]
        self._write_for_now(one, checked)

    def _refuse(self, one: PackageList, code: str) -> None:
        """Refuse a whole list: one fault for each row."""
        self.counts[Outcome.REFUSED] += len(one.rows)
        remarks = [Remark(row.home, code, {"unit": one.unit_code}) for row in one.rows]
        self.told += [_told_remark(self.file, remark) for remark in remarks]

    def _write_for_now(self, one: PackageList, checked: Checked) -> None:
        wanted = [plan for plan in checked.planned if plan.outcome in WRITTEN]
        if not wanted:
            return
        one.importer.write(
            actor=self.actor,
            unit_id=one.unit_id,
            rows=wanted,
            promises={},
            on=self.on or self.actor.today,
            now=clock.now(),
            progress=lambda _done: None,
        )

    def _write(self, one: PackageList) -> None:
        """Take a list in and write it, as a file of our own would be."""
        loaded = load_sheets(
            self._order(one), unit_id=one.unit_id, workbook=one.workbook, upload=kept_file(one)
        )
        refused = 0 if self.takes_good_rows else loaded.count(Outcome.REFUSED)
        if refused and not loaded.is_written:  # the records moved since the trial
            raise FaultsLeft(count=refused)
        self.lists += loaded.uuids

    def answer(self) -> Answer:
        """Return what came of it: the counts, then the faults."""
        errors = [one for one in self.told if one["severity"] != "WARNING"]
        warnings = [one for one in self.told if one["severity"] == "WARNING"]
        data = {
            **{str(outcome).lower(): self.counts[outcome] for outcome in COUNTED},
            "errors": errors,
            "warnings": warnings,
            "kinds": {
                word: {str(outcome).lower(): counts[outcome] for outcome in COUNTED}
                for word, counts in self.by_kind.items()
            },
            "files": 1,
            "files_written": int(self.is_written),
            "lists": self.lists if self.is_written else [],
        }
        return Answer("\n".join([*self._lines(), *self._ending()]), data, DONE)

    def _lines(self) -> Iterator[str]:
        for word, counts in self.by_kind.items():
            yield f"{self.file} · {word}: {_counts_told(counts)}"
        for one in self.told[:MOST_TOLD]:
            yield "  " + " · ".join(
                filter(None, (one["sheet"], _at(one["row"]), one["column"], one["reason"]))
            )
        left = len(self.told) - MOST_TOLD
        if left > 0:
            yield "  " + ngettext("and %(count)s more", "and %(count)s more", left) % {
                "count": left
            }

    def _ending(self) -> Iterator[str]:
        yield _counts_told(self.counts)
        yield _("Written.") if self.is_written else _("Nothing was written.")


def load_package(
    *,
    actor: Actor,
    kind: PackageKind,
    path: Path,
    unit_id: int | None,
    is_check: bool,
    takes_good_rows: bool,
    on: date | None,
) -> Answer:
    """Check a package, and write it unless something stands in its way.

    :raises DomainError: where the file is refused as a whole
    """
    package = kind.open(actor, path, unit_id, on)
    loading = PackageLoading(
        actor, path.name, is_check=is_check, takes_good_rows=takes_good_rows, on=on
    )
    loading.load(package)
    return loading.answer()


def kept_file(one: PackageList) -> ContentFile[bytes]:
    """Return the spreadsheet that is kept of a list made of a package."""
    content = io.BytesIO()
    write_workbook(content, [one.to_write])
    return ContentFile(content.getvalue(), name=one.name)


def told_fault(file: str, one: PackageList, fault: Fault) -> dict[str, Any]:
    """Return a fault of a list where it stands in the package that the list was made of."""
    made = one.at(fault.row)
    place = made.place_of(fault.field_name)
    if isinstance(first := fault.params.get("row"), int):
        fault = replace(fault, params={**fault.params, "row": one.at(first).home.row or first})
    shown = Place(place.file, place.row, place.column, place.value or fault.value)
    return _told(file, shown, fault)


def _told_remark(file: str, remark: Remark) -> dict[str, Any]:
    return _told(file, remark.place, remark.fault)


def _told(file: str, place: Place, fault: Fault) -> dict[str, Any]:
    return {
        "file": file,
        "sheet": place.file,
        "row": place.row,
        "column": place.column,
        "value": place.value,
        "reason": " ".join(filter(None, (fault.reason, fault.hint))),
        "severity": str(Severity(fault.severity)),
        "code": fault.code,
        "cell": "",
    }


def _at(row: int | None) -> str:
    return str(_("Row %(row)d")) % {"row": row} if row else ""


def _counts_told(counts: Counter[str]) -> str:
    told = _(
        "%(new)s to add, %(changed)s to update, %(unchanged)s unchanged, %(refused)s with faults."
    )
    return told % {str(outcome).lower(): counts[outcome] for outcome in COUNTED}
