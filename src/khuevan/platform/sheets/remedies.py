"""What a unit lacks for its list, and one press that promises it."""

from __future__ import annotations

from collections.abc import Sequence

from khuevan.kernel.actor import Actor
from khuevan.platform.sheets.checking import cells_by_field, recognized_of
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.importers import Offer, Remedy, importers
from khuevan.platform.sheets.models import ImportRow, SheetImport
from khuevan.platform.sheets.selectors import refused_rows


def offer_of(
    remedy: Remedy,
    *,
    actor: Actor,
    sheet_import: SheetImport,
    rows: Sequence[ImportRow] | None = None,
) -> Offer | None:
    """Return what a remedy would add for the rows as they stand, or None."""
    recognized = recognized_of(sheet_import)
    suffering = [
        (cells_by_field(row, recognized), [Fault.from_data(data) for data in row.faults])
        for row in (refused_rows(sheet_import) if rows is None else rows)
        if any(data["code"] == remedy.fault for data in row.faults)
    ]
    if not suffering:
        return None
    return remedy.find(actor=actor, unit_id=sheet_import.unit_id, rows=suffering, on=actor.today)


def offers(*, actor: Actor, sheet_import: SheetImport) -> list[tuple[Remedy, Offer]]:
    """Return all that may be offered to somebody for an import."""
    allowed = [
        remedy
        for remedy in importers.get(sheet_import.kind).remedies
        if sheet_import.unit_id in actor.reach(remedy.permission, "school")
    ]
    if not allowed or not sheet_import.count("REFUSED"):
        return []
    rows = refused_rows(sheet_import)
    found = [
        (remedy, offer_of(remedy, actor=actor, sheet_import=sheet_import, rows=rows))
        for remedy in allowed
    ]
    return [(remedy, offer) for remedy, offer in found if offer is not None]


def promises_of(sheet_import: SheetImport) -> list[tuple[Remedy, str]]:
    """Return what was promised for an import, each with its sentence."""
    return [
        (remedy, remedy.tell(items))
        for remedy in importers.get(sheet_import.kind).remedies
        if (items := sheet_import.promised.get(remedy.code))
    ]
