"""Saying what words of a list mean: once, for all its rows and for the unit's next lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.actions.doors import lock_checked
from khuevan.platform.sheets.checking import check
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import NameMatch, SheetImport
from khuevan.platform.sheets.names import WHY

Word = tuple[str, str]
"""The kind of a word, and the word."""


@transaction.atomic
def match_names(
    *, actor: Actor, uuid: UUID, chosen: Mapping[Word, str], now: datetime
) -> SheetImport:
    """Remember what words mean for the unit's lists, and check this one again.

    :raises ImportClosed: when its rows may not be changed any more
    :raises NotFound: when a word can't mean that in the unit
    """
    sheet_import = lock_checked(actor, uuid)
    importer = importers.get(sheet_import.kind)
    day = sheet_import.on or actor.today
    known = {
        kind.code: {one.value for one in kind.choices(actor, sheet_import.unit_id, day)}
        for kind in importer.name_kinds
        if any(code == kind.code for code, _word in chosen)
    }
    matches: dict[tuple[str, str], NameMatch] = {}
    for (kind_code, word), value in chosen.items():
        if value not in known.get(kind_code, ()):
            raise NotFound
        key = match_key(word)[:200]
        matches[kind_code, key] = NameMatch(
            unit_id=sheet_import.unit_id,
            importer=importer.words_of,
            kind=kind_code,
            key=key,
            text=word[:200],
            meaning=value,
        )
    NameMatch.objects.unscoped(because=WHY).bulk_create(
        list(matches.values()),
        update_conflicts=True,
        unique_fields=["unit", "importer", "kind", "key"],
        update_fields=["text", "meaning"],
    )
    check(actor=actor, sheet_import=sheet_import, now=now)
    return sheet_import


@transaction.atomic
def forget_name(*, actor: Actor, uuid: UUID, match_id: int, now: datetime) -> SheetImport:
    """Forget what a word was said to mean, and check the list again.

    :raises ImportClosed: when its rows may not be changed any more
    """
    sheet_import = lock_checked(actor, uuid)
    gone, _by_model = (
        NameMatch.objects.unscoped(because=WHY)
        .filter(
            pk=match_id,
            unit_id=sheet_import.unit_id,
            importer=importers.get(sheet_import.kind).words_of,
        )
        .delete()
    )
    if not gone:
        raise NotFound
    check(actor=actor, sheet_import=sheet_import, now=now)
    return sheet_import
