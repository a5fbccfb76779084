"""The log as a list: its filters and columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.clock import midnight
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.audit.telling import (
    doer_of,
    find_units,
    names_of_units,
    sentence_of,
    target_of,
    who_of,
)
from khuevan.ui.formats import day, moment
from khuevan.ui.tables import Cell, Head, ReadyTable, Row

COLUMNS = (
    Head(_("What happened")),
    Head(_("About")),
    Head(_("Who")),
    Head(_("Unit")),
    Head(_("When"), "r"),
)


FEWEST_FOLDED = 3


def filtered(entries: QuerySet[AuditEntry], wanted: Mapping[str, Any]) -> QuerySet[AuditEntry]:
    """Keep the entries that the checked filters ask for."""
    if wanted.get("code"):
        entries = entries.filter(code=wanted["code"])
    if who := normalize(wanted.get("who") or ""):
        entries = entries.filter(
            Q(actor_label__icontains=who, is_actor_hidden=False)
            | Q(target_label__icontains=who, is_hidden=False)
        )
    if unit := normalize(wanted.get("unit") or ""):
        entries = entries.filter(unit_id__in=find_units(unit))
    if wanted.get("request"):
        entries = entries.filter(request_id=wanted["request"])
    if wanted.get("since"):
        entries = entries.filter(at__gte=midnight(wanted["since"]))
    if wanted.get("until"):
        entries = entries.filter(at__lt=midnight(wanted["until"] + timedelta(days=1)))
    return entries


def audit_table(entries: Sequence[AuditEntry], *, fold: bool = False) -> ReadyTable:
    """Return the log as a table, one line for a run of the same on request: one query for units."""
    units = names_of_units([entry.unit_id for entry in entries])
    runs = [list(run) for _key, run in groupby(entries, key=_alike)]
    rows: list[Row] = []
    for run in runs:
        if fold and len(run) >= FEWEST_FOLDED:
            rows.append(_folded(run, units))
        else:
            rows += [_row(entry, units) for entry in run]
    return ReadyTable(_("Log of actions"), COLUMNS, rows)


def _alike(entry: AuditEntry) -> tuple[str, str, str, datetime]:
    """Return what entries share that one deed wrote for many: a list of schools, say."""
    minute = entry.at.replace(second=0, microsecond=0)
    return entry.code, doer_of(entry), entry.actor_role, minute


def _folded(run: Sequence[AuditEntry], units: Mapping[int, str]) -> Row:
    """Return many entries of one deed as one line; it opens them one by one."""
    first = run[0]
    at = timezone.localtime(first.at)
    query = urlencode({"code": first.code, "since": day(at.date()), "until": day(at.date())})
    label = gettext("%(sentence)s, and %(count)d more like it") % {
        "sentence": sentence_of(first),
        "count": len(run) - 1,
    }
    return Row(
        label=label,
        url=f"{reverse('audit:list')}?{query}",
        key=str(first.pk),
        cells=(
            Cell(),
            Cell(who_of(first)),
            Cell(_several(run, units)),
            Cell(moment(at), css="r num nowrap"),
        ),
    )


def _several(run: Sequence[AuditEntry], units: Mapping[int, str]) -> str:
    places = {entry.unit_id for entry in run}
    return gettext("several units") if len(places) > 1 else units.get(run[0].unit_id or 0, "")


def _row(entry: AuditEntry, units: Mapping[int, str]) -> Row:
    return Row(
        label=sentence_of(entry),
        url=reverse("audit:entry", args=[entry.uuid]),
        key=str(entry.pk),
        cells=(
            Cell(target_of(entry)),
            Cell(who_of(entry)),
            Cell(units.get(entry.unit_id or 0, "")),
            Cell(moment(timezone.localtime(entry.at)), css="r num nowrap"),
        ),
    )
