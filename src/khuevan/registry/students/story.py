"""A pupil's record told in sentences: coming, classes, corrections, changes past the program."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel.actor import Actor
from khuevan.platform.accounts.api import Sex
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.codes.api import code_table
from khuevan.registry.people.api import (
    CAME,
    LEFT,
    TOOK_UP,
    VIEW_SENSITIVE,
    AddressKind,
    Happening,
    by,
    happening,
)
from khuevan.registry.students import audit_codes
from khuevan.registry.students.frame import Record
from khuevan.registry.students.models import (
    EntryKind,
    ExitKind,
    Relation,
)
from khuevan.registry.students.permissions import VIEW_GUARDIANS
from khuevan.registry.students.selectors import (
    OF_PERSONS,
    RowChange,
    entries_of,
    told_codes,
    untold_changes,
)
from khuevan.ui.formats import day

LABELS: dict[str, str | Promise] = {
    "full_name": gettext_lazy("Full name"),
    "family_name": gettext_lazy("Family name"),
    "middle_name": gettext_lazy("Middle name"),
    "given_name": gettext_lazy("Given name"),
    "sex": gettext_lazy("Sex"),
    "birth_date": gettext_lazy("Date of birth"),
    "personal_number": gettext_lazy("Personal number"),
    "ethnicity_code": gettext_lazy("Ethnic group"),
    "nationality_code": gettext_lazy("Nationality"),
    "phone": gettext_lazy("Pupil's phone"),
    "moet_code": gettext_lazy("Ministry code"),
}
HIDDEN = {"personal_number", "ethnicity_code", "phone"}
"""Values that a history never shows; the record itself does, to whoever may ask."""


def timeline(actor: Actor, record: Record) -> list[Happening]:
    """Return everything known to have happened to a record, newest first."""
    student = record.student
    entries = entries_of(student)
    is_own = student.person_id in actor.reach(VIEW_GUARDIANS, "person").ids
    sees_family = not is_own and record.standing.allows(actor, VIEW_GUARDIANS)
    told = told_codes(with_family=sees_family)
    lines = [
        *_coming_and_going(record, entries),
        *_classes(record, entries),
        *(_correction(entry) for entry in entries if entry.code == audit_codes.CORRECTED),
        *(
            happening(entry, name_target=False)
            for entry in entries
            if entry.code in told or entry.code.startswith(OF_PERSONS)
        ),
    ]
    if record.standing.allows(actor, VIEW_SENSITIVE):
        requests = {entry.request_id for entry in entries if entry.request_id}
        lines += [_untold(change) for change in untold_changes(student, requests)]
    return sorted(lines, key=lambda one: one.moment, reverse=True)


def _coming_and_going(record: Record, entries: list[AuditEntry]) -> Iterable[Happening]:
    left = {entry.details.get("on"): entry for entry in entries if entry.code == audit_codes.LEFT}
    for row in record.enrollments:
        school = {"school": record.name_of(row.school)}
        came = _("Came to %(school)s") if row.is_primary else _("Began at %(school)s too")
        yield Happening(
            on=row.starts_on,
            title=came % school,
            text=str(EntryKind(row.entry_kind).label),
            icon="school",
            rank=CAME,
        )
        if row.ends_on is not None:
            entry = left.get(row.ends_on.isoformat())
            how = str(ExitKind(row.exit_kind).label) if row.exit_kind else ""
            yield Happening(
                on=row.ends_on,
                title=_("Left %(school)s") % school,
                text=" · ".join(filter(None, (how, by(entry) if entry else ""))),
                icon="log-out",
                rank=LEFT,
            )


def _classes(record: Record, entries: list[AuditEntry]) -> Iterable[Happening]:
    moved = {
        (entry.after.get("class_id"), entry.details.get("on")): entry
        for entry in entries
        if entry.code == audit_codes.PLACED
    }
    rows = record.placements
    for row, earlier in zip_longest(rows, rows[1:]):
        entry = moved.get((row.homeroom_class_id, row.starts_on.isoformat()))
        words = {"name": row.homeroom_class.name}
        is_move = earlier is not None and earlier.ends_on == row.starts_on
        yield Happening(
            on=row.starts_on,
            title=(_("Moved to class %(name)s") if is_move else _("Joined class %(name)s")) % words,
            text=by(entry) if entry else str(row.homeroom_class.academic_year),
            icon="arrow-left-right" if is_move else "door-open",
            rank=TOOK_UP,
        )


def _correction(entry: AuditEntry) -> Happening:
    fields = [
        _told(name, entry.before.get(name), entry.after.get(name))
        for name in entry.before
        if entry.before.get(name) != entry.after.get(name)
    ]
    fields += [str(AddressKind(kind).label) for kind in entry.details.get("addresses", ())]
    fields += [str(Relation(kind).label) for kind in entry.details.get("guardians", ())]
    return Happening(
        on=timezone.localtime(entry.at).date(),
        at=entry.at,
        title=_("Corrected: %(fields)s") % {"fields": "; ".join(fields)}
        if fields
        else _("Record corrected"),
        text=by(entry),
        icon="pencil",
    )


def _untold(change: RowChange) -> Happening:
    fields = "; ".join(_told(one.name, one.old, one.new) for one in change.changes)
    return Happening(
        on=_local_day(change.at),
        at=change.at,
        title=_("Changed in the database: %(fields)s") % {"fields": fields},
        text=_("without an action of the program"),
        icon="database",
    )


def _told(name: str, old: Any, new: Any) -> str:
    """Return a change in words; private values are left out, the field is not."""
    label = str(LABELS.get(name, name))
    if name in HIDDEN:
        return label
    words = {"field": label, "old": _shown(name, old), "new": _shown(name, new)}
    return _("%(field)s from %(old)s to %(new)s") % words


def _shown(name: str, value: Any) -> str:
    if not value:
        return _("nothing")
    if name == "birth_date":
        return day(parse_date(str(value)))
    if name == "nationality_code":
        return code_table("nationalities").name_of(str(value))
    return str(Sex(value).label) if name == "sex" else str(value)


def _local_day(at: datetime) -> date:
    return timezone.localtime(at).date()
