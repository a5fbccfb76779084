"""The log of actions."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel.errors import NotFound
from khuevan.platform.audit import selectors, tables
from khuevan.platform.audit.forms import AuditFilter
from khuevan.platform.audit.models import AuditEntry
from khuevan.platform.audit.permissions import VIEW_AUDIT
from khuevan.platform.audit.telling import (
    changes_of,
    details_of,
    doer_of,
    in_words,
    names_of_units,
    sentence_of,
    target_of,
)
from khuevan.ui.formats import moment
from khuevan.ui.page import page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part

MOST_TOGETHER = 20


@page(VIEW_AUDIT, methods=("GET",))
def entry_list(request: Request) -> HttpResponse:
    """Show what happened in the units within reach, newest first."""
    form = AuditFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    visible = tables.filtered(selectors.entries(actor=request.actor), wanted)
    rows, next_url = newest_part(request, visible)
    context = {
        "form": form.labeled(),
        "table": tables.audit_table(rows, fold=not any(wanted.values())),
        "next_url": next_url,
        "is_filtered": any(wanted.values()),
    }
    return render_page(request, "audit/list.html", context)


@page(VIEW_AUDIT, methods=("GET",))
def entry(request: Request, uuid: UUID) -> HttpResponse:
    """Show one entry: who, where, what changed, and what else the same request did."""
    visible = selectors.entries(actor=request.actor)
    found = visible.filter(uuid=uuid).first()
    if found is None:
        raise NotFound
    together = visible.none()
    if found.request_id:
        together = visible.filter(request_id=found.request_id).exclude(pk=found.pk)
    context = {
        "entry": found,
        "sentence": sentence_of(found),
        "facts": _facts(found),
        "changes": changes_of(found),
        "table": tables.audit_table(list(together[:MOST_TOGETHER])),
    }
    return render_page(request, "audit/entry.html", context)


def _facts(found: AuditEntry) -> list[dict[str, Any]]:
    unit = names_of_units([found.unit_id]).get(found.unit_id or 0, "")
    facts = [
        {"label": _("When"), "value": moment(timezone.localtime(found.at))},
        {"label": _("Who"), "value": doer_of(found)},
        {"label": _("Acting as"), "value": in_words(found.actor_role)},
        {"label": _("About"), "value": target_of(found)},
        {"label": _("Unit"), "value": unit},
    ]
    facts += [{"label": label, "value": value} for label, value in details_of(found)]
    if found.request_id:
        url = f"{reverse('audit:list')}?request={found.request_id}"
        facts.append({"label": _("Request number"), "value": str(found.request_id), "url": url})
    return [fact for fact in facts if fact["value"]]
