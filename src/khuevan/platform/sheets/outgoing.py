"""A list to a file on the command line; every command that takes lists out ends here."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import ngettext

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import unit_by_code
from khuevan.platform.sheets.actions import take_out
from khuevan.platform.sheets.errors import NotAFileType, NotWritable
from khuevan.platform.sheets.importers import Importer
from khuevan.ui.commands import Answer, naming_school

TYPES = frozenset({"xlsx", "csv", "zip"})
"""How the name of a file may end that a list is written to."""


def write_out(
    *,
    actor: Actor,
    importer: Importer,
    unit_code: str,
    target: Path,
    purpose: str,
    layout: str = "",
) -> Answer:
    """Write a unit's list to a file, in the columns in which it is loaded, and note it.

    :raises NotAFileType: when the file's name ends otherwise than that of a list
    :raises SchoolUnknown: when no unit in reach has the code
    :raises NotAList, NotWritable: when the file cannot be written so, or there
    """
    kind = target.suffix.lstrip(".").lower()
    if kind not in TYPES:
        raise NotAFileType(file=target.name)
    with naming_school(unit_code):
        taken = take_out(
            actor=actor,
            importer=importer,
            unit_id=unit_by_code(unit_code).pk,
            kind=kind,
            purpose=purpose,
            layout=layout,
            now=clock.now(),
        )
    try:
        target.write_bytes(taken.content)
    except OSError as error:
        raise NotWritable(file=str(target), reason=error.strerror or "") from error
    words = {"count": taken.count, "file": str(target)}
    said = ngettext(
        "%(count)s row written to %(file)s.", "%(count)s rows written to %(file)s.", taken.count
    )
    return Answer(said % words, {"kind": importer.word, "unit": unit_code, **words})
