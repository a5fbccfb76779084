"""Who seems to stand in the records twice: the list, one pair, what was made one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.jobs.api import next_start
from khuevan.registry.duplicates import actions, selectors, shown
from khuevan.registry.duplicates.forms import MergeForm, ReasonForm
from khuevan.registry.duplicates.models import DuplicatePair, PairState, PersonMerge
from khuevan.registry.duplicates.permissions import SETTLE_PAIRS, VIEW_PAIRS
from khuevan.registry.duplicates.tables import PairTable, merge_table, sure_words
from khuevan.ui.formats import moment
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import newest_part


@page(VIEW_PAIRS, methods=("GET",))
def pair_list(request: Request) -> HttpResponse:
    """List the pairs in reach; those that wait unless another state is asked for."""
    rows: Any = selectors.pairs(request.actor)
    if "state" not in request.GET:
        rows = rows.filter(state=PairState.OPEN)
    table = PairTable(rows, request.GET, actor=request.actor, path=reverse("duplicates:list"))
    part = "more" if table.is_more else "list"
    context = {"table": table, "searched": _searched()}
    return render_page(request, "duplicates/list.html", context, partial=part)


@page(VIEW_PAIRS, methods=("GET",))
def pair(request: Request, uuid: UUID) -> HttpResponse:
    """Compare the two records of a pair."""
    one = selectors.get_pair_for(request.actor, uuid)
    kept = request.GET.get("kept")
    side = kept if kept in (shown.ONE, shown.OTHER) else shown.ONE
    return _pair_page(request, one, _merge_form(one, side), ReasonForm(prefix="apart"), side)


def _searched() -> str:
    """Say when pairs were looked for last, and when they will be next."""
    last, following = selectors.looked_for_at(), next_start(selectors.FIND, clock.now())
    words = {"last": moment(last), "next": moment(following)}
    if last is None:
        return _("Not searched yet; the first search is at %(next)s.") % words
    return _("Last searched at %(last)s; the next search is at %(next)s.") % words


@page(SETTLE_PAIRS, methods=("POST",))
def merge(request: Request, uuid: UUID) -> HttpResponse:
    """Make the two records one."""
    one = selectors.get_pair_for(request.actor, uuid, SETTLE_PAIRS)
    form = MergeForm(request.POST)
    if form.is_valid():
        kept = one.one if form.keeps_one else one.other
        with form.domain_errors():
            made = actions.merge(
                actor=request.actor,
                pair=uuid,
                kept=kept.uuid,
                versions=form.versions,
                taken=form.taken,
                reason=form.cleaned_data["reason"],
                now=clock.now(),
            )
            messages.success(request, _("The two records are one now."))
            return done(request, reverse("duplicates:merge", args=[made.uuid]))
    side = request.POST.get("kept", shown.ONE)
    return _pair_page(request, one, form, ReasonForm(prefix="apart"), side)


@page(SETTLE_PAIRS, methods=("POST",))
def apart(request: Request, uuid: UUID) -> HttpResponse:
    """Say that the two records are two people."""
    one = selectors.get_pair_for(request.actor, uuid, SETTLE_PAIRS)
    form = ReasonForm(request.POST, prefix="apart")
    if form.is_valid():
        with form.domain_errors():
            actions.tell_apart(actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Noted: these are two people."))
            return done(request, reverse("duplicates:list"))
    return _pair_page(request, one, _merge_form(one, shown.ONE), form, shown.ONE)


@page(VIEW_PAIRS, methods=("GET",))
def merge_list(request: Request) -> HttpResponse:
    """List what was made one within reach, newest first."""
    rows, more = newest_part(request, selectors.merges(request.actor, VIEW_PAIRS))
    context = {"table": merge_table(rows), "more": more}
    return render_page(request, "duplicates/merges.html", context)


@page(VIEW_PAIRS, methods=("GET",))
def one_merge(request: Request, uuid: UUID) -> HttpResponse:
    """Show one merge."""
    made = selectors.merges(request.actor, VIEW_PAIRS).one(uuid)
    return _merge_page(request, made, ReasonForm())


@page(SETTLE_PAIRS, methods=("POST",))
def take_apart(request: Request, uuid: UUID) -> HttpResponse:
    """Take two records apart again."""
    made = selectors.merges(request.actor).one(uuid)
    form = ReasonForm(request.POST)
    if form.is_valid():
        with form.domain_errors():
            actions.take_apart(actor=request.actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The two records stand apart again."))
            return done(request, reverse("duplicates:merge", args=[uuid]))
    return _merge_page(request, made, form)


def _merge_page(request: Request, made: PersonMerge, form: ReasonForm) -> HttpResponse:
    context = {
        "made": made,
        "facts": [
            {"label": _("Record given up"), "value": made.given_up.full_name},
            {"label": _("Papers compared"), "value": made.reason},
            {"label": _("Made one"), "value": f"{moment(localtime(made.at))} · {made.by}"},
            {"label": _("What moved"), "value": shown.moves_of(made)},
            {"label": _("Recorded twice, removed"), "value": shown.removes_of(made)},
            *_undone(made),
        ],
        "record_url": shown.record_url(made.kept_id),
        "form": None if made.undone_at or not request.actor.may(SETTLE_PAIRS) else form,
    }
    return render_page(request, "duplicates/merge.html", context, status=form_status(request))


def _undone(made: PersonMerge) -> list[dict[str, str]]:
    if not made.undone_at:
        return []
    when = f"{moment(localtime(made.undone_at))} · {made.undone_by} · {made.undone_because}"
    return [{"label": _("Taken apart"), "value": when}]


def _merge_form(one: DuplicatePair, side: str) -> MergeForm:
    return MergeForm(
        initial={
            "kept": side,
            "one_version": one.one.version,
            "other_version": one.other.version,
        }
    )


def _pair_page(
    request: Request, one: DuplicatePair, form: MergeForm, apart_form: ReasonForm, side: str
) -> HttpResponse:
    actor = request.actor
    may_settle = actor.may(SETTLE_PAIRS) and one.state == PairState.OPEN
    chosen = {"kept": side, **{name: request.POST.get(name, "") for name in form.fields}}
    outcome = None
    if may_settle:
        keeps_one = side != shown.OTHER
        outcome = shown.try_out(actor=actor, pair=one, keeps_one=keeps_one, now=clock.now())
    made = selectors.merge_of(actor, one) if one.state == PairState.MERGED else None
    context = {
        "pair": one,
        "title": _("%(one)s and %(other)s")
        % {"one": one.one.full_name, "other": one.other.full_name},
        "state": PairState(one.state).label,
        "sure": sure_words(one.bits),
        "why": shown.why(one),
        "heads": shown.heads(one, actor),
        "lines": shown.lines_of(one, chosen | {"kept": side}),
        "sides": _sides(one, side),
        "outcome": outcome,
        "form": form if may_settle else None,
        "apart": apart_form,
        "merge_url": reverse("duplicates:merge", args=[made.uuid]) if made else "",
    }
    return render_page(request, "duplicates/pair.html", context, status=form_status(request))


def _sides(one: DuplicatePair, side: str) -> list[dict[str, Any]]:
    path = reverse("duplicates:pair", args=[one.uuid])
    return [
        {"key": key, "label": label, "url": f"{path}?kept={key}", "current": key == side}
        for key, label in (
            (shown.ONE, _("Keep the left one")),
            (shown.OTHER, _("Keep the right one")),
        )
    ]
