"""Reading imports, for somebody."""

from __future__ import annotations

from functools import reduce
from operator import or_
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import SheetImport


def imports(*, actor: Actor) -> ScopedQuerySet[SheetImport]:
    """Return the imports the actor may work on, newest first, of every kind they may load."""
    by_kind = [
        SheetImport.objects.visible_to(actor, importer.permission).filter(kind=importer.code)
        for importer in importers
    ]
    return reduce(or_, by_kind).select_related("file", "owner").order_by("-id")


def get_import_for(actor: Actor, uuid: UUID) -> SheetImport:
    """Return the import with this uuid or raise `NotFound`."""
    found = imports(actor=actor).filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    return found
