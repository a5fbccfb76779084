"""`khuevan import`: spreadsheets go through the same check and actions as on the pages."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path

from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.exit_codes import DONE, INTERRUPTED
from khuevan.platform.sheets.actions import Order
from khuevan.platform.sheets.checking import ZEROS_RESTORED
from khuevan.platform.sheets.errors import UnitUnclear
from khuevan.platform.sheets.importers import (
    Importer,
    academic_years,
    day_in_year,
    find_importer,
    importers,
)
from khuevan.platform.sheets.many import COUNTED, Run
from khuevan.platform.sheets.outgoing import write_out
from khuevan.platform.sheets.package_loading import load_package
from khuevan.platform.sheets.packages import PackageKind, find_package, packages
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import (
    importer_for,
    importers_of,
    unit_for_import,
    unit_for_package,
)
from khuevan.platform.sheets.side_by_side import load_files
from khuevan.platform.sheets.sources import sources_in
from khuevan.platform.sheets.telling import ending, told
from khuevan.platform.sheets.terminal import interrupting, showing_progress
from khuevan.platform.sheets.undo_command import undo_lists
from khuevan.ui.commands import Answer, argument, command, naming_school


class KindUnknown(NotFound):
    """No list is called so, or not one that this actor may load."""

    code = "sheets.kind_unknown"
    message = gettext_lazy("No list is called %(kind)s. Kinds are: %(kinds)s.")


def _words(found: Iterable[Importer | PackageKind]) -> str:
    return ", ".join(one.word for one in found)


ALL, GOOD = "all", "good"
BY_WORD = gettext_lazy("Or name it in the command: --school CODE.")


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
        argument(
            "--restore-zeros",
            action="store_true",
            help=gettext_lazy(
                "put back the zeros that a spreadsheet took off the numbers of a list, wherever"
                " nothing in the row denies it"
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
    order = Order(
        actor,
        importer.code,
        clock.now(),
        on=day_in_year(actor, arguments.year or ""),
        is_check=arguments.check,
        takes_good_rows=arguments.accept == GOOD,
        restores_zeros=arguments.restore_zeros,
    )
    unit_id = _unit(actor, importer, arguments.school) if arguments.school else None
    sources = sources_in(arguments.path)
    run = Run(order, importer, unit_id, is_alone=len(sources) == 1)
    with interrupting(run), showing_progress() as show:
        try:
            load_files(run, sources, progress=show)
        except UnitUnclear as refusal:
            refusal.hint = BY_WORD
            raise
    run.require_some_read()
    return _answer(run)


def _answer(run: Run) -> Answer:
    """Return what came of all files: the counts, then the faults."""
    errors = [one for one in run.faults if one["severity"] != "WARNING"]
    warnings = [one for one in run.faults if one["severity"] == "WARNING"]
    data = {
        **{str(outcome).lower(): run.counts[outcome] for outcome in COUNTED},
        "zeros_restored": run.counts[ZEROS_RESTORED],
        "errors": errors,
        "warnings": warnings,
        "faults_left_out": run.faults_left_out,
        "files": len(run.files),
        "files_written": run.written,
        "lists": run.lists,
        "files_refused": [one.shown for one in run.refused],
        "stopped": run.is_stopped,
    }
    lines = [line for one in run.files for line in told(one)]
    if any(one.is_unit_unclear for one in run.files):
        lines.append(str(BY_WORD))
    return Answer("\n".join([*lines, *ending(run)]), data, INTERRUPTED if run.is_stopped else DONE)


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
        on=day_in_year(actor, arguments.year or ""),
    )


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
        argument(
            "--layout",
            default="",
            metavar="WORD",
            help=gettext_lazy("another program's workbook instead, such as vnedu for assignments"),
        ),
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
        layout=arguments.layout,
    )


__all__ = ["export_list", "import_lists", "undo_lists"]
