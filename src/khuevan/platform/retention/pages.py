"""What is kept how long, the files whose time is over, and what was destroyed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.organizations.api import names_on
from khuevan.platform.retention import actions, selectors, tables
from khuevan.platform.retention.errors import NothingChosen
from khuevan.platform.retention.forms import DecisionForm
from khuevan.platform.retention.kinds import Kind, get_kind, kinds
from khuevan.platform.retention.permissions import DESTROY_FILES, VIEW_RETENTION
from khuevan.platform.retention.rules import term_refusal
from khuevan.platform.retention.sources import sources
from khuevan.ui.formats import day
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part

SHOWN = 100


@page(VIEW_RETENTION, methods=("GET",))
def kind_list(request: Request) -> HttpResponse:
    """Show all kinds, and what was destroyed within reach."""
    rows, more = newest_part(request, selectors.destructions(request.actor))
    context = {
        "table": tables.kind_table(kinds().values()),
        "done": tables.done_table(rows, units=_names(request, (row.unit_id for row in rows))),
        "more": more,
    }
    return render_page(request, "retention/list.html", context)


@page(VIEW_RETENTION, methods=("GET",))
def kind(request: Request, code: str) -> HttpResponse:
    """Show one kind: its rule, and the files of it whose time is over."""
    return _kind_page(request, get_kind(code), DecisionForm())


@page(DESTROY_FILES, methods=("POST",))
def destroy(request: Request, code: str) -> HttpResponse:
    """Destroy the chosen files by a decision."""
    one = get_kind(code)
    form = DecisionForm(request.POST)
    if form.is_valid():
        with form.domain_errors():
            actions.destroy_files(
                actor=request.actor,
                code=code,
                files=_chosen(request),
                decision=form.decision,
                now=clock.now(),
            )
            return done(request, f"{reverse('retention:list')}#destroyed")
    return _kind_page(request, one, form)


@page(VIEW_RETENTION, methods=("GET",))
def destruction(request: Request, uuid: UUID) -> HttpResponse:
    """Show the list of what one decision destroyed."""
    one = selectors.get_destruction_for(request.actor, uuid)
    known = kinds().get(one.kind)
    context = {
        "title": known.name if known else one.kind,
        "meta": _("Destroyed on %(on)s by %(who)s")
        % {"on": day(one.at.astimezone(clock.VIETNAM).date()), "who": one.by_label},
        "facts": [
            {"label": _("Decision"), "value": tables.decision_words(one)},
            {"label": _("Unit"), "value": _names(request, [one.unit_id]).get(one.unit_id, "")},
        ],
        "table": tables.list_table(selectors.destroyed_files(request.actor, one)),
    }
    return render_page(request, "retention/destruction.html", context)


def _chosen(request: Request) -> list[UUID]:
    try:
        return [UUID(text) for text in request.POST.getlist(tables.FILES)]
    except ValueError:
        raise NothingChosen from None


def _kind_page(request: Request, one: Kind, form: DecisionForm) -> HttpResponse:
    actor = request.actor
    may_destroy = actor.may(DESTROY_FILES) and one.code in sources and not term_refusal(one.term)
    files: list[Any] = []
    if may_destroy:
        files = list(selectors.files_over(actor, one, on=actor.today)[: SHOWN + 1])
    units = _names(request, (file.kept_unit for file in files))
    chosen = set(request.POST.getlist(tables.FILES))
    context = {
        "one": one,
        "facts": _facts(one),
        "may_destroy": may_destroy,
        "form": form,
        "is_cut": len(files) > SHOWN,
        "table": tables.over_table(files[:SHOWN], one, units=units, chosen=chosen),
    }
    return render_page(request, "retention/kind.html", context, status=form_status(request))


def _facts(one: Kind) -> list[dict[str, str]]:
    return [
        {"label": _("Kept for"), "value": one.kept},
        {"label": _("Counted from"), "value": one.since},
        {"label": _("By which text"), "value": one.by_text},
        {"label": _("How sure"), "value": str(one.confidence.label)},
        {"label": _("Note"), "value": one.note},
    ]


def _names(request: Request, units: Iterable[int]) -> dict[int, str]:
    return dict(names_on(set(units), request.actor.today))
