"""A package gone through list by list in one transaction, which stands as a whole or not at all."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Self

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.exit_codes import DONE
from khuevan.platform.sheets.actions import Checked, Order, keep_file, write_sheet
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.faults import Fault, Severity
from khuevan.platform.sheets.models import ImportState, Outcome
from khuevan.platform.sheets.packages import Package, PackageKind, PackageList, Place, Remark
from khuevan.platform.sheets.writing import write_workbook
from khuevan.ui.commands import Answer

COUNTED = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)
MOST_TOLD = 50
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Told:
    """A fault of a package or of a list made of it, at its place in the package."""

    place: Place
    fault: Fault

    @classmethod
    def of_remark(cls, remark: Remark) -> Self:
        """Return what is wrong with the package itself."""
        return cls(remark.place, remark.fault)

    @classmethod
    def of_fault(cls, one: PackageList, fault: Fault) -> Self:
        """Return a fault of a list where it stands in the package that the list was made of."""
        made = one.at(fault.row)
        place = made.place_of(fault.field_name)
        if isinstance(first := fault.params.get("row"), int):
            fault = replace(fault, params={**fault.params, "row": one.at(first).home.row or first})
        return cls(Place(place.file, place.row, place.column, place.value or fault.value), fault)

    @property
    def reason(self) -> str:
        """Return what is wrong and what to do, in the reader's language."""
        return " ".join(filter(None, (self.fault.reason, self.fault.hint)))

    @property
    def where(self) -> str:
        """Return the cell in words: file, row, column, what stands there."""
        place = self.place
        cell = ": ".join(filter(None, (place.column, place.value)))
        row = _at(place.row)
        return ", ".join(filter(None, (place.file, row.lower() if place.file else row, cell)))

    def to_data(self) -> dict[str, Any]:
        """Return it as plain values."""
        place = self.place
        return {
            "place": [place.file, place.row, place.column, place.value],
            "fault": self.fault.to_data(),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Self:
        """Return what `to_data` gave."""
        return cls(Place(*data["place"]), Fault.from_data(data["fault"]))

    def answered(self, file: str) -> dict[str, Any]:
        """Return it as commands answer."""
        return {
            "file": file,
            "sheet": self.place.file,
            "row": self.place.row,
            "column": self.place.column,
            "value": self.place.value,
            "reason": self.reason,
            "severity": str(Severity(self.fault.severity)),
            "code": self.fault.code,
            "cell": "",
        }


@dataclass(slots=True)
class PackageLoading:
    """One run over a package: who loads it, and what came of it."""

    actor: Actor
    file: str
    is_check: bool
    takes_good_rows: bool
    on: date | None = None
    progress: Progress = lambda _done, _all: None
    counts: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    is_written: bool = False
    lists: list[str] = field(default_factory=list)

    def load(self, package: Package) -> None:
        """Compare and write list after list; all of it goes again unless it is to stand.

        Each list is compared once, with what those before it brought. A fault, or the wish to
        check only, takes back what was written.
        """
        self.counts[Outcome.REFUSED] += package.refused
        self.told += [Told.of_remark(one) for one in package.remarks]
        rows, done = sum(len(one.rows) for one in package.lists), 0
        with transaction.atomic():
            written = []
            for one in package.lists:
                self.progress(done, rows)
                checked = self._write(one)
                if checked and checked.sheet_import.state == ImportState.DONE:
                    written.append((one, checked))
                done += len(one.rows)
            faulty = self.counts[Outcome.REFUSED] and not self.takes_good_rows
            self.is_written = bool(written) and not self.is_check and not faulty
            if self.is_written:
                for one, checked in written:
                    keep_file(self._order(one), checked, kept_file(one))
                self.lists = [str(checked.sheet_import.uuid) for _one, checked in written]
            else:
                transaction.set_rollback(True)
        self.progress(rows, rows)

    def _order(self, one: PackageList) -> Order:
        return Order(self.actor, one.importer.code, clock.now(), on=self.on, takes_good_rows=True)

    def _write(self, one: PackageList) -> Checked | None:
        """Compare a list and write its good rows: the next one may need them."""
        try:
            checked = write_sheet(self._order(one), unit_id=one.unit_id, workbook=one.workbook)
        except NotFound:
            self._refuse(one, "sheets.package_out_of_reach")
            return None
        counts = self.by_kind.setdefault(one.importer.word, Counter())
        for outcome in COUNTED:
            count = checked.sheet_import.count(outcome)
            counts[outcome] += count
            self.counts[outcome] += count
        self.told += [Told.of_fault(one, fault) for fault in faults_of(checked.rows)]
        return checked

    def _refuse(self, one: PackageList, code: str) -> None:
        """Refuse a whole list: one fault for each row."""
        self.counts[Outcome.REFUSED] += len(one.rows)
        self.told += [Told.of_remark(remark) for remark in out_of_reach(one, code)]

    def answer(self) -> Answer:
        """Return what came of it: the counts, then the faults."""
        told = [one.answered(self.file) for one in self.told]
        data = {
            **{str(outcome).lower(): self.counts[outcome] for outcome in COUNTED},
            "errors": [one for one in told if one["severity"] != "WARNING"],
            "warnings": [one for one in told if one["severity"] == "WARNING"],
            "kinds": self.kinds,
            "files": 1,
            "files_written": int(self.is_written),
            "lists": self.lists,
        }
        return Answer("\n".join([*self._lines(), *self._ending()]), data, DONE)

    @property
    def kinds(self) -> dict[str, dict[str, int]]:
        """Return how many rows of each kind of list came out how."""
        return {
            word: {str(outcome).lower(): counts[outcome] for outcome in COUNTED}
            for word, counts in self.by_kind.items()
        }

    def _lines(self) -> Iterator[str]:
        for word, counts in self.by_kind.items():
            yield f"{self.file} · {word}: {_counts_told(counts)}"
        for one in self.told[:MOST_TOLD]:
            place = one.place
            parts = (place.file, _at(place.row), place.column, one.reason)
            yield "  " + " · ".join(filter(None, parts))
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


def out_of_reach(one: PackageList, code: str = "sheets.package_out_of_reach") -> list[Remark]:
    """Return that no row of a list may be loaded by whoever brought it."""
    return [Remark(row.home, code, {"unit": one.unit_code}) for row in one.rows]


def kept_file(one: PackageList) -> ContentFile[bytes]:
    """Return the spreadsheet that is kept of a list made of a package."""
    content = io.BytesIO()
    write_workbook(content, [one.to_write])
    return ContentFile(content.getvalue(), name=one.name)


def _at(row: int | None) -> str:
    return str(_("Row %(row)d")) % {"row": row} if row else ""


def _counts_told(counts: Counter[str]) -> str:
    told = _(
        "%(new)s to add, %(changed)s to update, %(unchanged)s unchanged, %(refused)s with faults."
    )
    return told % {str(outcome).lower(): counts[outcome] for outcome in COUNTED}
