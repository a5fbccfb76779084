"""`khuevan import`: a spreadsheet goes through the same check and actions as on the pages."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.platform.sheets.actions import check_sheets, load_sheets
from khuevan.platform.sheets.actions.upload import Checked
from khuevan.platform.sheets.checking import faults_of
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.models import Outcome, SheetImport
from khuevan.platform.sheets.permissions import USE_IMPORTS
from khuevan.platform.sheets.selectors import importer_for, unit_for_import
from khuevan.ui.commands import Answer, argument, command

MOST_TOLD = 50
TOLD = (Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED, Outcome.REFUSED)


class NoSuchFile(DomainError):
    """The path leads to no file that can be read."""

    code = "sheets.no_such_file"
    message = gettext_lazy("There is no file %(path)s that can be read.")
    status = 404


@command(
    "import",
    USE_IMPORTS,
    help=gettext_lazy("load a list from a spreadsheet: all of its rows or none"),
    arguments=(
        argument("kind", help=gettext_lazy("what the list holds, such as students")),
        argument("file", type=Path, help=gettext_lazy("the spreadsheet: .xlsx, .xls or .csv")),
        argument(
            "--school",
            required=True,
            metavar="CODE",
            help=gettext_lazy("code of the school whose list it is"),
        ),
        argument(
            "--check",
            action="store_true",
            help=gettext_lazy("say what would happen, and write nothing"),
        ),
        argument(
            "--good-rows",
            action="store_true",
            help=gettext_lazy("write the rows without faults even when others have some"),
        ),
    ),
)
def import_list(actor: Actor, arguments: Namespace) -> Answer:
    """Check a spreadsheet, and write it unless something stands in the way."""
    importer = importer_for(actor, arguments.kind)
    given: dict[str, Any] = {
        "actor": actor,
        "kind": importer.code,
        "unit_id": unit_for_import(actor, importer, arguments.school),
        "now": clock.now(),
    }
    with _opened(arguments.file) as upload:
        checked = check_sheets(**given, upload=upload)
        faulty = any(one.sheet_import.count(Outcome.REFUSED) for one in checked)
        is_blocked = faulty and not arguments.good_rows
        if arguments.check or is_blocked or not any(one.sheet_import.ready for one in checked):
            return _answer(checked, [], exit_code=REFUSED if faulty else DONE)
        written = load_sheets(
            **given,
            upload=upload,
            takes_good_rows=arguments.good_rows,
            progress=lambda _done, _total: None,
        )
    return _answer(checked, written, exit_code=DONE)


def _opened(path: Path) -> File[bytes]:
    try:
        return File(path.open("rb"), name=path.name)
    except OSError as error:
        raise NoSuchFile(path=path) from error


def _answer(
    checked: Sequence[Checked], written: Sequence[SheetImport], *, exit_code: int
) -> Answer:
    faults = [fault for one in checked for fault in faults_of(one.rows)]
    said = [line for one in checked for line in _told(one)]
    said.append(_("Written.") if written else _("Nothing was written."))
    data = {
        "written": bool(written),
        "lists": [_counted(one) for one in checked],
        "faults": [_fault(fault) for fault in faults],
    }
    return Answer("\n".join(said), data, exit_code)


def _told(one: Checked) -> list[str]:
    """Return the sentences about one list: how many rows of each kind, then its faults."""
    counts = {str(outcome).lower(): one.sheet_import.count(outcome) for outcome in TOLD}
    name = one.sheet_import.sheet_name
    told = _(
        "%(new)s to add, %(changed)s to update, %(unchanged)s unchanged, %(refused)s with faults."
    )
    lines = [f"{name}: {told % counts}" if name else told % counts]
    faults = faults_of(one.rows)
    lines += [f"  {fault.sentence}" for fault in faults[:MOST_TOLD]]
    left = len(faults) - MOST_TOLD
    if left > 0:
        lines.append(
            "  " + ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left}
        )
    return lines


def _counted(one: Checked) -> dict[str, Any]:
    return {
        "sheet": one.sheet_import.sheet_name,
        "rows": one.sheet_import.count("ALL"),
        **{str(outcome).lower(): one.sheet_import.count(outcome) for outcome in TOLD},
    }


def _fault(fault: Fault) -> dict[str, Any]:
    return {
        "sheet": fault.sheet,
        "row": fault.row,
        "column": fault.column_letter,
        "column_name": fault.column_name,
        "value": fault.value,
        "severity": str(fault.severity),
        "code": fault.code,
        "reason": fault.reason,
        "hint": fault.hint,
    }
