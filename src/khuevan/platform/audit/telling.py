"""The log in words: sentences of entries, what changed, names that higher apps lend to numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.registry import Registry
from khuevan.platform.audit.codes import codes
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.audit.purposes import purpose_words
from khuevan.ui.components import Word, changed_words
from khuevan.ui.formats import day, masked, moment


@dataclass(frozen=True, slots=True)
class UnitNaming:
    """How the app that owns units names them for the log, and finds them by name or code."""

    names: Callable[[Collection[int]], Mapping[int, str]]
    find: Callable[[str], Collection[int]]


unit_naming: Registry[UnitNaming] = Registry("unit naming")
"""At most one, since this app knows units by number only."""

field_labels: Registry[str | Promise] = Registry("field label")
"""Column name to what people call it, where it is not among the common ones."""

record_parts: Registry[str | Promise] = Registry("part of a record")
"""What `record_view` notes as looked at, and what people call it."""

MASKED = ("personal_number", "phone")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$")
WORDED = ("role", "roles", "position", "how")
"""Values kept as the program names them; their Vietnamese is in the catalogues."""

COMMON_LABELS: dict[str, str | Promise] = {
    "name": gettext_lazy("Name"),
    "full_name": gettext_lazy("Full name"),
    "family_name": gettext_lazy("Family name"),
    "middle_name": gettext_lazy("Middle name"),
    "given_name": gettext_lazy("Given name"),
    "birth_date": gettext_lazy("Birth date"),
    "sex": gettext_lazy("Sex"),
    "personal_number": gettext_lazy("Personal number"),
    "ethnicity_code": gettext_lazy("Ethnicity"),
    "nationality_code": gettext_lazy("Nationality"),
    "phone": gettext_lazy("Phone"),
    "starts_on": gettext_lazy("From"),
    "ends_on": gettext_lazy("Until"),
    "use": gettext_lazy("Use of data"),
    "first": gettext_lazy("First of the two days"),
    "second": gettext_lazy("Second of the two days"),
    "code": gettext_lazy("Code"),
    "source": gettext_lazy("Given by"),
    "state": gettext_lazy("State"),
    "status": gettext_lazy("Status"),
    "role": gettext_lazy("Role"),
    "permissions": gettext_lazy("Permissions"),
    "reason": gettext_lazy("Reason"),
    "note": gettext_lazy("Note"),
    "is_active": gettext_lazy("Active"),
    "class": gettext_lazy("Class"),
    "count": gettext_lazy("Count"),
    "faults": gettext_lazy("Faults"),
    "files": gettext_lazy("Number of files"),
    "km": gettext_lazy("Kilometres"),
    "minutes": gettext_lazy("Minutes"),
    "made_at": gettext_lazy("Made"),
    "expires_at": gettext_lazy("Expires"),
    "from_person": gettext_lazy("Delegated by"),
    "how": gettext_lazy("How"),
    "instrument": gettext_lazy("Decision"),
    "on": gettext_lazy("On day"),
    "path": gettext_lazy("Page"),
    "person": gettext_lazy("Person"),
    "position": gettext_lazy("Position"),
    "purpose": gettext_lazy("Purpose"),
    "roles": gettext_lazy("Roles"),
    "rows": gettext_lazy("Rows"),
    "schools": gettext_lazy("Number of schools"),
    "subject": gettext_lazy("Subject"),
    "to_person": gettext_lazy("Delegated to"),
    "unit": gettext_lazy("Unit"),
    "username": gettext_lazy("Username"),
    "new": gettext_lazy("Added"),
    "changed": gettext_lazy("Updated"),
    "unchanged": gettext_lazy("Unchanged"),
    "removed": gettext_lazy("Removed"),
    "returned": gettext_lazy("As before"),
    "rule": gettext_lazy("Rule"),
    "day": gettext_lazy("Day"),
    "decision": gettext_lazy("Decision"),
    "duty": gettext_lazy("Duty"),
    "guardian": gettext_lazy("Guardian"),
    "into": gettext_lazy("Goes into"),
    "level": gettext_lazy("Level"),
    "number": gettext_lazy("Number"),
    "pupils": gettext_lazy("Pupils"),
    "room": gettext_lazy("Class"),
    "school": gettext_lazy("School"),
    "tie": gettext_lazy("Trained or teaches"),
    "title": gettext_lazy("Professional title"),
    "until": gettext_lazy("Up to"),
    "year": gettext_lazy("Academic year"),
    "group": gettext_lazy("Group"),
    "month": gettext_lazy("Month"),
    "total": gettext_lazy("Of all"),
    "whom": gettext_lazy("Whom it binds"),
    "wish": gettext_lazy("Wish"),
    "column": gettext_lazy("Column"),
    "period": gettext_lazy("Period of marks"),
    "stage": gettext_lazy("Stage of results"),
    "paper": gettext_lazy("Paper"),
    "wishes": gettext_lazy("Wishes"),
    "work": gettext_lazy("Converted work"),
    "zone": gettext_lazy("Zone"),
}


UNTOLD = frozenset(
    ("on", "day", "first", "second", "count", "rows", "files", "pupils", "number", "until")
    + ("made_at", "new", "changed", "unchanged", "total", "km", "minutes")
)
"""Days and figures: in the name of a kind of entry the words around them say what they are."""
BLANKS: dict[str, str | Promise] = {
    "kind": gettext_lazy("Kind"),
    "matter": gettext_lazy("Subject matter"),
    "organizations.license.passed into": gettext_lazy("Receiving unit"),
    "transfers.passed_on into": gettext_lazy("Receiving unit"),
    "organizations.link.added into": gettext_lazy("Linked unit"),
    "organizations.link.ended into": gettext_lazy("Linked unit"),
    "schools.class_closed into": gettext_lazy("Receiving class"),
    "begun": gettext_lazy("Assignments begun"),
    "ended": gettext_lazy("Assignments ended"),
}
"""What stands in a sentence where its label as a detail would mislead, or nothing is detailed."""


def blank_of(code: str, field: str) -> str:
    """Return what people read in the place of a value in the name of a kind of entry."""
    if field in UNTOLD:
        return "…"
    told = BLANKS.get(f"{code} {field}") or BLANKS.get(field) or label_of(field)
    return f"({str(told).lower()})"


@dataclass(frozen=True, slots=True)
class Change:
    """One field before and after."""

    label: str
    words: list[Word]


class _Forgiving(dict[str, Any]):
    """Values for a sentence; what an old entry lacks is shown as a gap instead of failing."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence_of(entry: AuditEntry) -> str:
    """Return what an entry tells, in the reader's language."""
    if entry.code not in codes:
        return entry.code
    sentence = str(codes.get(entry.code).sentence)
    told = {} if entry.is_hidden else {**entry.before, **entry.after, **entry.details}
    try:
        return sentence % _Forgiving(_in_words(told))
    except (TypeError, ValueError):
        return sentence


def target_of(entry: AuditEntry) -> str:
    """Return what the entry is about, without the name where its record stays closed."""
    return _("(a record that you may not open)") if entry.is_hidden else entry.target_label


MACHINE_LOGINS = {"root", "unknown"}
"""Logins of a machine that name nobody: people read the role instead."""


def doer_of(entry: AuditEntry) -> str:
    """Return who did it, without the name of a pupil or parent whom the reader may not name."""
    if entry.is_actor_hidden:
        return _("(someone whose record you may not open)")
    if entry.actor_label in MACHINE_LOGINS:
        return in_words(entry.actor_role)
    return entry.actor_label


def who_of(entry: AuditEntry) -> str:
    """Return who did it and in which role, in the reader's language."""
    parts = (doer_of(entry), in_words(entry.actor_role))
    return " · ".join(dict.fromkeys(part for part in parts if part))


def details_of(entry: AuditEntry) -> list[tuple[str, str]]:
    """Return what else an entry holds that people can read: no numbers of rows, no codes."""
    if entry.is_hidden:
        return []
    told = [(name, value) for name, value in entry.details.items() if _is_for_people(name)]
    shown = [(label_of(name), _detail(name, value)) for name, value in told]
    return [(label, value) for label, value in shown if value]


def _detail(name: str, value: Any) -> str:
    return purpose_words(str(value)) if name == "purpose" else _shown(name, value)


def in_words(text: str) -> str:
    """Return a name kept as the program gives it, a role say, in the language of the reader."""
    return translation.gettext(text) if text else ""


def changes_of(entry: AuditEntry) -> list[Change]:
    """Return the fields an action changed, each with its words before and after."""
    if entry.is_hidden:
        return []
    names = [*entry.before, *(name for name in entry.after if name not in entry.before)]
    changes = []
    for name in names:
        old, new = _shown(name, entry.before.get(name)), _shown(name, entry.after.get(name))
        if old != new or name not in entry.before:
            changes.append(Change(label_of(name), changed_words(old, new)))
    return changes


def label_of(field: str) -> str:
    """Return what people call a column."""
    if field in field_labels:
        return str(field_labels.get(field))
    return str(COMMON_LABELS.get(field) or field.replace("_", " ").capitalize())


def part_of(what: str) -> str:
    """Return what people call the part of a record that was looked at."""
    return str(record_parts.get(what)) if what in record_parts else _("Record")


def names_of_units(ids: Collection[int | None]) -> Mapping[int, str]:
    """Return the names of units, as far as somebody can name them: one query."""
    wanted = {one for one in ids if one is not None}
    naming = next(iter(unit_naming), None)
    return naming.names(wanted) if naming and wanted else {}


def find_units(text: str) -> Collection[int]:
    """Return the units whose name or code has a text."""
    naming = next(iter(unit_naming), None)
    return naming.find(text) if naming else ()


def _in_words(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: in_words(value) if name in WORDED and isinstance(value, str) else value
        for name, value in values.items()
    }


def _is_for_people(name: str) -> bool:
    return name in field_labels or name in COMMON_LABELS


def _shown(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if name in MASKED:
        return masked(str(value))
    return in_words(str(value)) if name in WORDED else _as_day(str(value))


def _as_day(text: str) -> str:
    """Write a recorded date or moment as people do; leave any other text alone."""
    if MOMENT.match(text):
        return moment(timezone.localtime(datetime.fromisoformat(text)))
    if not DAY.fullmatch(text):
        return text
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text
