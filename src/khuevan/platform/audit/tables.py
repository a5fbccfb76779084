"""The log as a list: its filters and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.vietnamese import normalise
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.audit.telling import find_units, names_of_units, sentence_of
from khuevan.ui.formats import moment
from khuevan.ui.listing import Cell, Column, Row, Table

COLUMNS = (
    Column(_("What happened")),
    Column(_("About")),
    Column(_("Who")),
    Column(_("Unit")),
    Column(_("When"), "r"),
)


def filtered(entries: QuerySet[AuditEntry], wanted: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """Keep the entries that the checked filters ask for."""
    if wanted.get("code"):
        entries = entries.filter(code=wanted["code"])
    if who := normalise(wanted.get("who") or ""):
        entries = entries.filter(Q(actor_label__icontains=who) | Q(target_label__icontains=who))
    if unit := normalise(wanted.get("unit") or ""):
        entries = entries.filter(unit_id__in=find_units(unit))
    if wanted.get("request"):
        entries = entries.filter(request_id=wanted["request"])
    if wanted.get("since"):
        entries = entries.filter(at__gte=_midnight(wanted["since"]))
    if wanted.get("until"):
        entries = entries.filter(at__lt=_midnight(wanted["until"] + timedelta(days=1)))
    return entries


def audit_table(entries: Sequence[AuditEntry]) -> Table:
    """Return the log as a table; units are named in one query."""
    units = names_of_units([entry.unit_id for entry in entries])
    return Table(_("Log of actions"), COLUMNS, [_row(entry, units) for entry in entries])


def _row(entry: AuditEntry, units: Mapping[int, str]) -> Row:
    who = f"{entry.actor_label} · {entry.actor_role}" if entry.actor_role else entry.actor_label
    return Row(
        label=sentence_of(entry),
        url=reverse("audit:entry", args=[entry.pk]),
        key=str(entry.pk),
        cells=(
            Cell(entry.target_label),
            Cell(who),
            Cell(units.get(entry.unit_id or 0, "")),
            Cell(moment(timezone.localtime(entry.at)), css="r num nowrap"),
        ),
    )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
