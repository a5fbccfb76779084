"""`khuevan import`: spreadsheets go through the same check and actions as on the pages."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError, NotFound
from khuevan.kernel.exit_codes import DONE
from khuevan.platform.sheets.actions import check_sheets, load_sheets, read_upload
from khuevan.platform.sheets.actions.upload import LIMITS, Checked
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.importers import Importer, academic_years, find_importer, importers
from khuevan.platform.sheets.models import ImportState, Outcome
from khuevan.platform.sheets.outgoing import write_out
from khuevan.platform.sheets.package_loading import load_package
from khuevan.platform.sheets.packages import PackageKind, find_package, packages
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.reading import Workbook
from khuevan.platform.sheets.selectors import (
    importer_for,
    importers_of,
    unit_for_import,
    unit_for_package,
)
from khuevan.platform.sheets.sources import Source, sources_in
from khuevan.platform.sheets.undo_command import undo_lists
from khuevan.platform.sheets.whose import Schools
from khuevan.ui.commands import Answer, argument, command, naming_school


class KindUnknown(NotFound):
    """No list is called so, or not one that this actor may load."""

    code = "sheets.kind_unknown"
    message = gettext_lazy("No list is called %(kind)s. Kinds are: %(kinds)s.")


class NothingRead(DomainError):
    """No file of a folder or zip could be read as such a list."""

    code = "sheets.nothing_read"
    message = gettext_lazy("None of the %(count)d files could be read. %(told)s")
    status = 422


def _words(found: Iterable[Importer | PackageKind]) -> str:
    return ", ".join(one.word for one in found)


MOST_TOLD = 50
MOST_NAMED = 3
"""Files named when all of them are refused."""
COUNTED = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)
ALL, GOOD = "all", "good"


@command(
    "import",
    USE_IMPORTS,
    help=gettext_lazy("load lists from a spreadsheet, a folder or a zip of them"),
    begins=True,
    arguments=(
        argument(
            "kind",
            help=format_lazy(
                "{what}: {kinds}",
                what=gettext_lazy("what the lists hold, one of these"),
                kinds=lazy(lambda: _words([*importers, *packages]), str)(),
            ),
        ),
        argument(
            "path",
            type=Path,
            help=gettext_lazy("a spreadsheet (.xlsx, .xls or .csv), a folder or a .zip of them"),
        ),
        argument(
            "--school",
            "--unit",
            dest="school",
            metavar="CODE",
            help=gettext_lazy(
                "code of the school whose list it is; without it the name of the file, its folder"
                " or its title rows say it. A list of schools is of the office over them, or of"
                " the province"
            ),
        ),
        argument(
            "--year",
            metavar="2026-2027",
            help=gettext_lazy("academic year of the lists, if it is not the current one"),
        ),
        argument(
            "--check",
            action="store_true",
            help=gettext_lazy("say what would happen, and write nothing"),
        ),
        argument(
            "--accept",
            choices=(ALL, GOOD),
            default=ALL,
            help=gettext_lazy(
                "all: write a file only if none of its rows has a fault; good: write the good rows"
            ),
        ),
    ),
)
def import_lists(actor: Actor, arguments: Namespace) -> Answer:
    """Check spreadsheets, and write each unless something stands in its way."""
    for years in academic_years:
        years.begin(actor, clock.now())
    if (package := find_package(arguments.kind)) is not None:
        return _load_package(actor, package, arguments)
    importer = _importer(actor, arguments.kind)
    loading = Loading(
        actor,
        importer,
        _unit(actor, importer, arguments.school) if arguments.school else None,
        is_check=arguments.check,
        takes_good_rows=arguments.accept == GOOD,
        on=_day_of(actor, arguments.year) if arguments.year else None,
    )
    sources = sources_in(arguments.path)
    if len(sources) == 1:
        loading.load(sources[0])  # refused as a whole, it is the command's own refusal
    else:
        for source in sources:
            loading.try_to_load(source)
        loading.require_some_read()
    return loading.answer()


def _load_package(actor: Actor, kind: PackageKind, arguments: Namespace) -> Answer:
    unit_id = None
    if arguments.school:
        with naming_school(arguments.school):
            unit_id = unit_for_package(actor, arguments.school)
    return load_package(
        actor=actor,
        kind=kind,
        path=arguments.path,
        unit_id=unit_id,
        is_check=arguments.check,
        takes_good_rows=arguments.accept == GOOD,
        on=_day_of(actor, arguments.year) if arguments.year else None,
    )


def _day_of(actor: Actor, year: str) -> date | None:
    """Return the day from which lists of a year count; None where that is today."""
    day = next((years.day_of(actor, year) for years in academic_years), actor.today)
    return None if day == actor.today else day


def _importer(actor: Actor, kind: str) -> Importer:
    try:
        return importer_for(actor, kind)
    except NotFound as refusal:
        raise KindUnknown(
            kind=kind, kinds=_words([*importers_of(actor), *packages]) or "–"
        ) from refusal


def _unit(actor: Actor, importer: Importer, code: str) -> int:
    with naming_school(code):
        return unit_for_import(actor, importer, code)


@dataclass(slots=True)
class Loading:
    """One run over files: who loads what, and what came of it. It holds one file at a time."""

    actor: Actor
    importer: Importer
    unit_id: int | None
    is_check: bool
    takes_good_rows: bool
    on: date | None = None
    counts: Counter[str] = field(default_factory=Counter)
    faults: list[dict[str, Any]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    files: int = 0
    unread: int = 0
    written: int = 0
    lists: list[str] = field(default_factory=list)
    """What was written, by the numbers under which it can be taken back."""
    _schools: Schools | None = None

    def try_to_load(self, source: Source) -> None:
        """Load one file of many; one that is refused as a whole is told, and the others go on."""
        try:
            self.load(source)
        except DomainError as refusal:
            self.files += 1
            self.unread += 1
            self.faults.append(_fault(source, reason=str(refusal), code=refusal.code))
            self.lines.append(f"{source.shown}: {refusal}")

    def require_some_read(self) -> None:
        """Refuse the run when every file of it was refused as a whole.

        :raises NothingRead:
        """
        if self.unread == self.files:
            told = "; ".join(self.lines[:MOST_NAMED])
            raise NothingRead(count=self.files, told=told)

    def load(self, source: Source) -> None:
        """Check one file and write it, unless a fault or the wish to check stands in the way.

        :raises DomainError: a subclass for each way a file is refused as a whole
        """
        with source.opened(most_bytes=LIMITS.file) as upload:
            workbook = read_upload(upload)
            with transaction.atomic():
                is_written = self._load(source, upload, workbook)
                transaction.set_rollback(not is_written)

    def _load(self, source: Source, upload: File[bytes], workbook: Workbook) -> bool:
        """Check a file, write it unless something stands in the way, and say whether it was."""
        given: dict[str, Any] = {
            "actor": self.actor,
            "kind": self.importer.code,
            "unit_id": self.unit_id or self._unit_of(source, workbook),
            "workbook": workbook,
            "now": clock.now(),
            "on": self.on,
        }
        checked = check_sheets(**given)
        self._tell(source, checked)
        if not self._may_write(checked):
            return False
        taken_in = load_sheets(
            **given,
            upload=upload,
            takes_good_rows=self.takes_good_rows,
            progress=lambda _done, _total: None,
        )
        self.written += 1
        self.lists += [str(one.uuid) for one in taken_in if one.state == ImportState.DONE]
        return True

    def _unit_of(self, source: Source, workbook: Workbook) -> int:
        if self.importer.whose is not None:
            return self.importer.whose(
                actor=self.actor, name=source.name, workbook=workbook, now=clock.now()
            )
        if self._schools is None:
            self._schools = Schools(self.actor, self.importer, self.actor.today)
        return self._schools.named_by(source.name, workbook)

    def _may_write(self, checked: list[Checked]) -> bool:
        faulty = any(one.sheet_import.count(Outcome.REFUSED) for one in checked)
        ready = any(one.sheet_import.ready for one in checked)
        return ready and not self.is_check and (self.takes_good_rows or not faulty)

    def _tell(self, source: Source, checked: list[Checked]) -> None:
        self.files += 1
        for one in checked:
            for outcome in COUNTED:
                self.counts[outcome] += one.sheet_import.count(outcome)
            faults = faults_of(one.rows)
            self.faults += [_fault_of(source, fault) for fault in faults]
            self.lines += _told(source, one, faults)

    def answer(self) -> Answer:
        """Return what came of all files: the counts, then the faults."""
        errors = [one for one in self.faults if one["severity"] != "WARNING"]
        warnings = [one for one in self.faults if one["severity"] == "WARNING"]
        data = {
            **{str(outcome).lower(): self.counts[outcome] for outcome in COUNTED},
            "errors": errors,
            "warnings": warnings,
            "files": self.files,
            "files_written": self.written,
            "lists": self.lists,
        }
        return Answer("\n".join([*self.lines, *self._ending()]), data, DONE)

    def _ending(self) -> Iterator[str]:
        if self.files > 1:
            yield _counts_told(self.counts)
            said = ngettext(
                "%(written)d of %(count)d file written.",
                "%(written)d of %(count)d files written.",
                self.files,
            )
            yield said % {"written": self.written, "count": self.files}
        else:
            yield _("Written.") if self.written else _("Nothing was written.")
            if self.lists:
                yield _("To take it back: khuevan import-undo %(lists)s") % {
                    "lists": " ".join(self.lists)
                }


__all__ = ["export_list", "import_lists", "undo_lists"]


def _told(source: Source, one: Checked, faults: list[Fault]) -> Iterator[str]:
    """Return the sentences about one list: how many rows of each kind, then its faults."""
    counts = Counter({str(outcome): one.sheet_import.count(outcome) for outcome in COUNTED})
    name = " · ".join(filter(None, (source.shown, one.sheet_import.sheet_name)))
    yield f"{name}: {_counts_told(counts)}"
    yield from (f"  {fault.sentence}" for fault in faults[:MOST_TOLD])
    left = len(faults) - MOST_TOLD
    if left > 0:
        yield "  " + ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left}


def _counts_told(counts: Counter[str]) -> str:
    told = _(
        "%(new)s to add, %(changed)s to update, %(unchanged)s unchanged, %(refused)s with faults."
    )
    return told % {str(outcome).lower(): counts[outcome] for outcome in COUNTED}


def _fault_of(source: Source, fault: Fault) -> dict[str, Any]:
    return _fault(
        source,
        sheet=fault.sheet,
        row=fault.row,
        column=fault.column_name,
        value=fault.value,
        reason=" ".join(filter(None, (fault.reason, fault.hint))),
        severity=str(fault.severity),
        code=fault.code,
        cell=f"{fault.column_letter}{fault.row}" if fault.column_letter else "",
    )


def _fault(source: Source, **known: Any) -> dict[str, Any]:
    """Return one fault for programs; of a file refused as a whole only file and reason are told."""
    empty = {"sheet": "", "row": None, "column": "", "value": "", "severity": "ERROR", "cell": ""}
    return {"file": source.shown, **empty, **known}


@command(
    "export",
    USE_IMPORTS,
    help=gettext_lazy("write a unit's list to a file, in the columns in which it is loaded"),
    arguments=(
        argument(
            "kind",
            help=format_lazy(
                "{what}: {kinds}",
                what=gettext_lazy("what the lists hold, one of these"),
                kinds=lazy(lambda: _words(importers), str)(),
            ),
        ),
        argument("out", type=Path, help=gettext_lazy("the file to write, .xlsx, .csv or .zip")),
        argument(
            "--school",
            "--unit",
            dest="unit",
            required=True,
            metavar="CODE",
            help=gettext_lazy("code of the school, or of the office over several"),
        ),
        argument("--purpose", default="", help=gettext_lazy("what the list is for; it is kept")),
    ),
)
def export_list(actor: Actor, arguments: Namespace) -> Answer:
    """Write a unit's list to a file, and note that a list left the system."""
    importer = find_importer(arguments.kind)
    if importer is None or importer.outgoing is None or not actor.may(importer.outgoing.permission):
        kinds = [one for one in importers if one.outgoing and actor.may(one.outgoing.permission)]
        raise KindUnknown(kind=arguments.kind, kinds=_words(kinds) or "–")
    return write_out(
        actor=actor,
        importer=importer,
        unit_code=arguments.unit,
        target=arguments.out,
        purpose=arguments.purpose,
    )
