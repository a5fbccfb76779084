"""What the page that takes a list back is drawn from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.text import capfirst

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.audit.api import FieldChange, Later, reversal_rules, word_of
from khuevan.platform.organizations.api import version_of
from khuevan.platform.sheets.actions import Undoing
from khuevan.platform.sheets.checking import plan_rows
from khuevan.platform.sheets.importers import importers
from khuevan.platform.sheets.models import ImportRow, ImportState, Outcome, SheetImport
from khuevan.platform.sheets.selectors import REACHED, rows_of
from khuevan.ui.components import Word, changed_words

MOST_SHOWN = 20
PERSON = "accounts.Person"


@dataclass(slots=True)
class Needed:
    """Somebody or something of the list, and what was recorded about it since."""

    subject: str
    row: int | None
    facts: list[Fact] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Fact:
    """What was recorded since, by whom and when."""

    what: str
    who: str
    at: datetime | None
    changes: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries of a kind go, and how many are as they were."""

    what: str
    removed: int
    returned: int


@dataclass(frozen=True, slots=True)
class Restored:
    """A row of the list whose record gets its former values back."""

    row: int
    name: str
    cells: list[tuple[str, list[Word]]]


def undo_frame(
    actor: Actor, sheet_import: SheetImport, undoing: Undoing, *, problem: str = ""
) -> dict[str, Any]:
    """Return what would be taken back, and what was recorded since that needs it."""
    version = version_of(sheet_import.unit_id, on=actor.today)
    importer = importers.get(sheet_import.kind)
    is_whole = sheet_import.state == ImportState.DONE and len(sheet_import.written) == 1
    return {
        "sheet_import": sheet_import,
        "title": importer.label,
        "unit_name": version.name if version else "",
        "problem": problem,
        "needed": needed(actor, sheet_import, undoing.later),
        "later_count": undoing.later_count,
        "more": max(0, undoing.later_count - len(undoing.later)),
        "tallies": _tallies(undoing),
        "is_whole": is_whole,
        "restored": _restored(sheet_import) if is_whole else [],
        "stays": importer.stays,
    }


def needed(actor: Actor, sheet_import: SheetImport, later: list[Later]) -> list[Needed]:
    """Return later facts by whom they are about, with the row of the list."""
    numbers = _numbers(actor, sheet_import) if later else {}
    found: dict[tuple[str, int | None], Needed] = {}
    for one in later:
        row = next((numbers[key] for key in sorted(one.about) if key in numbers), None)
        line = found.setdefault((one.subject, row), Needed(one.subject, row))
        fact = Fact(one.what, one.who, one.at, one.changes)
        if fact not in line.facts:
            line.facts.append(fact)
    return sorted(found.values(), key=lambda line: (line.row is None, line.row or 0, line.subject))


def _numbers(actor: Actor, sheet_import: SheetImport) -> dict[tuple[str, Any], int]:
    """Return which row of the list is about which record: compared anew, it names its own."""
    importer = importers.get(sheet_import.kind)
    rows = rows_of(sheet_import)
    if not rows or not importer.record:
        return {}
    try:
        planned = plan_rows(actor=actor, sheet_import=sheet_import, rows=rows, on=actor.today)
    except DomainError:
        planned = []
    by_key = {row.target_id: row.number for row in rows if row.target_id is not None}
    by_key |= {plan.target_id: plan.number for plan in planned if plan.target_id is not None}
    found: dict[tuple[str, Any], int] = {(importer.record, key): by_key[key] for key in by_key}
    model = apps.get_model(importer.record)
    if any(one.name == "person" for one in model._meta.fields):
        people = model._default_manager.unscoped(because=REACHED).filter(pk__in=by_key)
        pairs = people.values_list("person_id", "pk")
        found |= {(PERSON, person): by_key[key] for person, key in pairs}
    return found


def _tallies(undoing: Undoing) -> list[Tally]:
    labels = [*undoing.removed, *(one for one in undoing.returned if one not in undoing.removed)]
    return [
        Tally(
            capfirst(word_of(label)),
            undoing.removed.get(label, 0),
            undoing.returned.get(label, 0),
        )
        for label in sorted(labels)
        if label not in reversal_rules.follows and label in reversal_rules.row_words
    ]


def _restored(sheet_import: SheetImport) -> list[Restored]:
    """Return the first changed rows: what they say now, and what they will say again."""
    importer = importers.get(sheet_import.kind)
    labels = importer.layout(sheet_import.layout).by_name
    name_at = next((c["index"] for c in sheet_import.columns if c["field"] in importer.shown), 0)
    rows = ImportRow.objects.unscoped(because=REACHED).filter(
        sheet_import=sheet_import, outcome=Outcome.CHANGED
    )
    return [
        Restored(
            row.number,
            str(row.cells[name_at]) if name_at < len(row.cells) else "",
            [
                (str(labels[name].label) if name in labels else name, changed_words(new, old))
                for name, (old, new) in row.changes.items()
            ],
        )
        for row in rows.order_by("number")[:MOST_SHOWN]
    ]
