"""Taking a unit's records out as a list in the layout in which they come in."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import OrgUnit, UnitKind, units_under, version_of
from khuevan.platform.sheets import audit_codes
from khuevan.platform.sheets.empty_list import offered
from khuevan.platform.sheets.errors import NotAList
from khuevan.platform.sheets.importers import Importer, Outgoing
from khuevan.platform.sheets.writing import SheetToWrite, csv_bytes, write_workbook

XLSX, CSV, ZIP = "xlsx", "csv", "zip"


@dataclass(frozen=True, slots=True)
class Taken:
    """A list that was taken out: its bytes, and how many rows they hold."""

    content: bytes
    count: int


@transaction.atomic
def take_out(
    *,
    actor: Actor,
    importer: Importer,
    unit_id: int,
    kind: str,
    now: datetime,
    purpose: str = "",
    layout: str = "",
) -> Taken:
    """Return a unit's list as a file; of an office, one sheet or file for each school below it.

    `layout` is the word for another program's workbook.

    :raises NotFound: when the actor may not take such lists out there
    :raises NotAList: when the kind has no list, or a single sheet would hold several schools
    """
    outgoing = importer.outgoing
    if outgoing is None:
        raise NotAList(kind=importer.word)
    if unit_id not in actor.reach(outgoing.permission, "school"):
        raise NotFound
    if layout:
        return _of_another_program(actor, importer, unit_id, layout, kind, purpose, now)
    sheets = list(_sheets(actor, importer, outgoing, unit_id))
    content = _written(importer, kind, sheets)
    count = sum(len(sheet.rows) for _name, sheet in sheets if isinstance(sheet.rows, list))
    _note(actor, importer, unit_id, count, purpose, now)
    return Taken(content, count)


def _note(
    actor: Actor, importer: Importer, unit_id: int, count: int, purpose: str, now: datetime
) -> None:
    record(
        audit_codes.TAKEN_OUT,
        actor=actor,
        at=now,
        unit_id=unit_id,
        details={"kind": importer.word, "rows": count, "purpose": purpose or "–"},
    )


def _of_another_program(
    actor: Actor,
    importer: Importer,
    unit_id: int,
    word: str,
    kind: str,
    purpose: str,
    now: datetime,
) -> Taken:
    """Return a school's list as another program takes it, with its code lists beside.

    :raises NotAList: when no program is called so, or the list is not of one school
    """
    also = importer.outgoing.also if importer.outgoing else ()
    chosen = next((one for one in also if one.word == word), None)
    unit = OrgUnit.objects.get(pk=unit_id)
    if chosen is None or kind != XLSX or unit.kind != UnitKind.SCHOOL:
        raise NotAList(kind=importer.word)
    layout = importer.layout(chosen.layout)
    fields = offered(layout)
    rows = [
        [row.get(item.name, "") for item in fields]
        for row in chosen.rows(actor, unit_id, actor.today)
    ]
    headers = [item.header for item in fields]
    list_of_it = SheetToWrite(str(layout.sheet_name), headers, rows)
    buffer = io.BytesIO()
    write_workbook(buffer, [list_of_it, *chosen.beside(actor, unit_id, actor.today)])
    _note(actor, importer, unit_id, len(rows), purpose, now)
    return Taken(buffer.getvalue(), len(rows))


def _sheets(
    actor: Actor, importer: Importer, outgoing: Outgoing, unit_id: int
) -> Iterator[tuple[str, SheetToWrite]]:
    """Yield the sheets of a list with the codes of the units they are of."""
    layout, on = importer.layouts[0], actor.today
    fields = offered(layout)
    for unit in _units(actor, outgoing, unit_id):
        version = version_of(unit.pk, on=on)
        rows = [
            [row.get(item.name, "") for item in fields] for row in outgoing.rows(actor, unit.pk, on)
        ]
        titles = [version.name.upper() if version else unit.code, str(layout.label).upper()]
        headers = [item.header for item in fields]
        yield unit.code, SheetToWrite(unit.code, headers, rows, titles)


def _units(actor: Actor, outgoing: Outgoing, unit_id: int) -> Sequence[OrgUnit]:
    """Return the unit itself, or the schools below it where lists are of one school."""
    unit = OrgUnit.objects.get(pk=unit_id)
    if outgoing.is_of_offices or unit.kind == UnitKind.SCHOOL:
        return [unit]
    reach = actor.reach(outgoing.permission, "school")
    below = units_under([unit_id], on=actor.today)
    schools = OrgUnit.objects.filter(pk__in=below, kind=UnitKind.SCHOOL).order_by("code")
    return [one for one in schools if one.pk in reach]


def _written(importer: Importer, kind: str, sheets: Sequence[tuple[str, SheetToWrite]]) -> bytes:
    buffer = io.BytesIO()
    if kind == ZIP:
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
            for code, sheet in sheets:
                part = io.BytesIO()
                write_workbook(part, [sheet])
                package.writestr(f"{code}/{importer.word}.xlsx", part.getvalue())
    elif not sheets or (kind == CSV and len(sheets) != 1):
        raise NotAList(kind=importer.word)
    elif kind == CSV:
        return csv_bytes(sheets[0][1].headers, sheets[0][1].rows)
    else:
        write_workbook(buffer, [sheet for _code, sheet in sheets])
    return buffer.getvalue()
