"""Reading imports and their rows, for somebody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.faults import Fault
from khuevan.platform.sheets.importers import Importer, find_importer, importers
from khuevan.platform.sheets.models import (
    Bundle,
    BundleFile,
    ImportRow,
    Outcome,
    PackageLoad,
    SheetImport,
)
from khuevan.platform.sheets.permissions import LOAD_MANY, USE_IMPORTS

REACHED = "rows of an import that was reached through a scope"


def imports(*, actor: Actor) -> ScopedQuerySet[SheetImport]:
    """Return the imports the actor may work on, newest first, of every kind they may load."""
    chosen = SheetImport.objects.unscoped(because="each kind is limited to its permission's reach")
    within = Q(pk__in=[])
    for importer in importers:
        reach = actor.reach(importer.permission, "school")
        if reach:
            units = Q() if reach.everything else Q(unit_id__in=reach.ids)
            within |= Q(kind=importer.code) & units
    return chosen.filter(within).select_related("file", "owner").order_by("-id")


def get_import_for(actor: Actor, uuid: UUID) -> SheetImport:
    """Return the import with this uuid or raise `NotFound`."""
    found = imports(actor=actor).filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found


def importer_for(actor: Actor, name: str) -> Importer:
    """Return the kind of import with this code or word, usable somewhere, or raise `NotFound`."""
    importer = find_importer(name)
    if importer is None or not actor.may(importer.permission):
        raise NotFound
    return importer


def importers_of(actor: Actor) -> list[Importer]:
    """Return the kinds of imports that the actor may use."""
    return [importer for importer in importers if actor.may(importer.permission)]


def unit_for_import(actor: Actor, importer: Importer, code: str) -> int:
    """Return the unit with this code, where the actor may load such lists, or raise `NotFound`."""
    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None or unit.pk not in actor.reach(importer.permission, "school"):
        raise NotFound
    return unit.pk


def unit_for_package(actor: Actor, code: str) -> int:
    """Return the unit with this code, where the actor may load any list, or raise `NotFound`."""
    unit = OrgUnit.objects.filter(code=code).first()
    if unit is None or not any(
        unit.pk in actor.reach(one.permission, "school") for one in importers
    ):
        raise NotFound
    return unit.pk


def outgoing_for(actor: Actor, kind: str, *, code: str = "") -> tuple[Importer, OrgUnit]:
    """Return a kind of list that goes out, with the unit: the actor's own, or that of a code.

    :raises NotFound: when there is none, or the actor may not take it out there
    """
    importer = find_importer(kind)
    known = {"code": code} if code else {"pk": own_unit(actor)}
    unit = OrgUnit.objects.filter(**known).first()
    if importer is None or importer.outgoing is None or unit is None:
        raise NotFound
    if unit.pk not in actor.reach(importer.outgoing.permission, "school"):
        raise NotFound
    return importer, unit


def own_unit(actor: Actor) -> int:
    """Return the unit whose hat the actor wears, or raise `NotFound`."""
    hat = getattr(actor, "hat", None)
    if hat is None or hat.unit_id is None:
        raise NotFound
    unit_id: int = hat.unit_id
    return unit_id


def packages_of(actor: Actor) -> ScopedQuerySet[PackageLoad]:
    """Return the packages that the actor brought: they hold more kinds than others may see."""
    rows = PackageLoad.objects.visible_to(actor, USE_IMPORTS)
    return rows.filter(owner_id=actor.person_id, owner__isnull=False)


def package_for(actor: Actor, uuid: UUID, *, locked: bool = False) -> PackageLoad:
    """Return a package that the actor brought, or raise `NotFound`."""
    rows = packages_of(actor)
    return (rows.select_for_update(of=("self",)) if locked else rows).one(uuid)


def same_file(sheet_import: SheetImport) -> list[SheetImport]:
    """Return the lists that came in one file with this one, itself included, in their order."""
    if sheet_import.file_id is None:
        return [sheet_import]
    return list(
        SheetImport.objects.unscoped(because="another sheet of a file reached through a scope")
        .filter(file_id=sheet_import.file_id, unit_id=sheet_import.unit_id, kind=sheet_import.kind)
        .order_by("id")
    )


def rows_of(sheet_import: SheetImport) -> list[ImportRow]:
    """Return all rows in the order of the file; the caller reached the import through a scope."""
    return list(_rows(sheet_import).order_by("number"))


def refused_rows(sheet_import: SheetImport) -> list[ImportRow]:
    """Return the rows with faults, in the order of the file."""
    return list(_rows(sheet_import).filter(outcome=Outcome.REFUSED).order_by("number"))


def warned_rows(sheet_import: SheetImport) -> list[ImportRow]:
    """Return the rows that go in with something to be looked at, in the order of the file."""
    return list(_rows(sheet_import).filter(is_warned=True).order_by("number"))


def numbers_in(sheet_import: SheetImport, group: str) -> list[int]:
    """Return the numbers of the rows of a group of `GROUPS`, in the order of the file."""
    rows = _rows(sheet_import).filter(GROUPS[group]).order_by("number")
    return list(rows.values_list("number", flat=True))


def faults_in(sheet_import: SheetImport, group: str) -> list[Fault]:
    """Return the faults of the rows of a group, in the order of the file."""
    rows = _rows(sheet_import).filter(GROUPS[group]).order_by("number")
    return [
        Fault.from_data(one) for found in rows.values_list("faults", flat=True) for one in found
    ]


def rows_by_number(sheet_import: SheetImport, numbers: Sequence[int]) -> list[ImportRow]:
    """Return some rows, in the order of the file."""
    return list(_rows(sheet_import).filter(number__in=numbers).order_by("number"))


def rows_around(
    sheet_import: SheetImport, number: int, *, before: int, window: int
) -> list[ImportRow]:
    """Return a window of rows that holds one of them, with some rows above it."""
    rows = _rows(sheet_import)
    above = list(rows.filter(number__lt=number).order_by("-number")[: window - 1])
    below = list(rows.filter(number__gte=number).order_by("number")[:window])
    start = min(len(above), max(before, window - len(below)))
    return [*reversed(above[:start]), *below][:window]


GROUPS: dict[str, Q] = {
    "ALL": Q(),
    "REFUSED": Q(outcome=Outcome.REFUSED),
    "WARNED": Q(is_warned=True),
    "MOVED": Q(is_moved=True),
    "CHANGED": Q(outcome=Outcome.CHANGED, is_warned=False),
    "NEW": Q(outcome=Outcome.NEW, is_warned=False),
    "UNCHANGED": Q(outcome=Outcome.UNCHANGED, is_warned=False),
    "SKIPPED": Q(outcome=Outcome.SKIPPED),
}
"""How the check page cuts the rows up: besides ALL and MOVED each row is in one group."""


def _rows(sheet_import: SheetImport) -> ScopedQuerySet[ImportRow]:
    return ImportRow.objects.unscoped(because=REACHED).filter(sheet_import=sheet_import)


def bundles_of(actor: Actor) -> ScopedQuerySet[Bundle]:
    """Return the zips of many schools' lists of kinds that the actor may load."""
    mine = [one.code for one in importers if actor.may(one.permission)]
    rows = Bundle.objects.visible_to(actor, LOAD_MANY).filter(kind__in=mine)
    return rows.select_related("owner", "file")


def bundle_for(actor: Actor, uuid: UUID) -> Bundle:
    """Return a zip of many schools' lists, or raise `NotFound`."""
    return bundles_of(actor).one(uuid)


def files_of_bundle(bundle: Bundle) -> ScopedQuerySet[BundleFile]:
    """Return the files of a zip that the caller reached through a scope."""
    files = BundleFile.objects.unscoped(because="files of a zip that was reached through a scope")
    return files.filter(bundle=bundle)


def school_codes(units: Collection[int]) -> dict[int, str]:
    """Return the codes of units."""
    return dict(OrgUnit.objects.filter(pk__in=units).values_list("pk", "code"))
