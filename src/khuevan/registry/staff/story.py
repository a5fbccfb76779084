"""A staff member's record told in sentences, newest first."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from khuevan.platform.audit.api import AuditEntry
from khuevan.registry.people.api import CAME, LEFT, Happening, happening
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.frame import Record
from khuevan.registry.staff.models import EndKind, Position
from khuevan.registry.staff.selectors import entries_of

TOLD_BY_FACTS = frozenset(
    {audit_codes.APPOINTED, audit_codes.CHANGED, audit_codes.SECOND, audit_codes.ENDED}
)


def timeline(record: Record) -> list[Happening]:
    """Return everything known to have happened to a record, newest first."""
    entries = entries_of(record.member)
    lines = [
        *_appointments(record),
        *(_deed(entry) for entry in entries if entry.code not in TOLD_BY_FACTS),
    ]
    return sorted(lines, key=lambda one: one.moment, reverse=True)


def _deed(entry: AuditEntry) -> Happening:
    return happening(entry, name_target=entry.target_kind == "schools.homeroomclass")


def _appointments(record: Record) -> Iterator[Happening]:
    for row in record.appointments:
        words = {"position": Position(row.position).label, "unit": record.unit_name(row.unit_id)}
        title = (
            _("%(position)s at %(unit)s")
            if row.is_primary
            else _("Second: %(position)s at %(unit)s")
        )
        yield Happening(
            on=row.starts_on, title=title % words, text=row.decision, icon="id-card", rank=CAME
        )
        if row.ends_on is not None and row.end_kind and row.end_kind != EndKind.CHANGED:
            yield Happening(
                on=row.ends_on,
                title=_("%(how)s: %(position)s at %(unit)s")
                % {**words, "how": EndKind(row.end_kind).label},
                text=row.end_decision,
                icon="log-out",
                rank=LEFT,
            )
