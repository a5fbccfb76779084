"""One case: what is next and who does it, papers, decisions, what travels, what happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.files.api import StoredFile, note_download, open_content
from khuevan.platform.regulations.api import Confidence, Office, regulations_by_code
from khuevan.registry.transfers import facts, rules, selectors
from khuevan.registry.transfers.actions import needed_papers
from khuevan.registry.transfers.kinds import DecisionState, Matter, Paper, Route, Side, State, Step
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferPaper
from khuevan.registry.transfers.pages.frame import case_frame
from khuevan.registry.transfers.permissions import VIEW_TRANSFERS
from khuevan.registry.transfers.selectors import Standing
from khuevan.registry.transfers.shown import ICONS, VERBS, WAITS, next_words
from khuevan.registry.transfers.travelling import parts
from khuevan.ui.formats import clock as time_of_day
from khuevan.ui.formats import day
from khuevan.ui.page import Request, page, render_page
from khuevan.ui.tables import Pill

_SECOND = (Step.REFUSE, Step.WITHDRAW, Step.TAKE_BACK)


@page(VIEW_TRANSFERS, methods=("GET",))
def case(request: Request, uuid: UUID) -> HttpResponse:
    """Show one case as far as the reader's side may see it."""
    actor = request.actor
    transfer = selectors.get_transfer_for(actor, uuid)
    decisions = selectors.decisions_of(actor=actor, transfer=transfer)
    standing = selectors.standing_of(actor, transfer, decisions)
    context = {
        **case_frame(request, transfer),
        "turn": _next(transfer, standing, decisions),
        "facts": _facts(transfer, standing),
        "papers": _papers(request, transfer, standing),
        "paper_url": _paper_url(transfer, standing),
        "papers_note": _sureness(transfer),
        "decisions": [_decision(request, transfer, standing, one) for one in decisions],
        "travelling": _travelling(request, transfer, standing),
        "events": _events(request, transfer, standing),
    }
    return render_page(request, "transfers/case.html", context)


@page(VIEW_TRANSFERS, methods=("GET",))
def paper_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the scan of a paper, as a download, after its door."""
    return _send(request, selectors.get_paper_for(request.actor, uuid))


@page(VIEW_TRANSFERS, methods=("GET",))
def decision_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the signed document of a decision."""
    return _send(request, selectors.get_decision_for(request.actor, uuid))


def _send(request: Request, file: StoredFile) -> FileResponse:
    content = open_content(file)
    note_download(actor=request.actor, file=file, now=clock.now())
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.content_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _next(
    transfer: Transfer, standing: Standing, decisions: list[TransferDecision]
) -> dict[str, Any]:
    """Return who acts next, and the buttons of the reader, the expected one first."""
    possible = selectors.possible_steps(transfer, standing, decisions)
    main = [step for step in possible if step not in _SECOND and step != Step.TURN_DOWN]
    return {
        "who": next_words(transfer),
        "is_over": rules.is_done(transfer.state, transfer.route),
        "buttons": [_button(transfer, step, "primary") for step in main if step != Step.DECIDE],
        "others": [
            _button(transfer, step, "plain", is_family=standing.is_family)
            for step in possible
            if step in _SECOND
        ],
        "law": _limit(transfer),
    }


def _button(
    transfer: Transfer, step: Step, kind: str, *, is_family: bool = False
) -> dict[str, Any]:
    route = "withdraw_wish" if is_family and step == Step.WITHDRAW else step.lower()
    return {
        "label": VERBS[step],
        "icon": ICONS[step],
        "kind": kind,
        "url": reverse(f"transfers:{route}", args=[transfer.uuid]),
    }


def _limit(transfer: Transfer) -> str:
    """Return the time limit of the step that is due, with where it stands."""
    if rules.is_done(transfer.state, transfer.route):
        return ""
    step = rules.next_step(transfer.state, transfer.route)
    found = rules.deadline(transfer.level, step, transfer.since_on) if step else None
    if found is None:
        return _("No text read so far sets a time limit for this step.")
    sure = "" if found.confidence == Confidence.TEXT_SEEN else _("to be checked")
    text = _("%(days)s working days, %(text)s") % {
        "days": found.days,
        "text": regulations_by_code().get(found.regulation, found.regulation),
    }
    return f"{text} ({sure})" if sure else text


def _facts(transfer: Transfer, standing: Standing) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {"label": _("Reason"), "value": transfer.reason},
        {"label": _("Requested by"), "value": _asker(transfer)},
        {"label": _("Wished for"), "value": day(transfer.moves_on)},
        {"label": _("Route"), "value": Route(transfer.route).label},
        {
            "label": _("Time of the year"),
            "value": _("within the usual time")
            if transfer.in_window
            else _("outside the usual time: an exception is needed"),
        },
    ]
    if transfer.released_on:
        told.append(
            {
                "label": _("First day no longer at the old school"),
                "value": day(transfer.released_on),
            }
        )
    if transfer.received_on:
        told.append({"label": _("First day at the new school"), "value": day(transfer.received_on)})
    if transfer.homeroom_class and standing.sees_class:
        told.append({"label": _("Class"), "value": transfer.homeroom_class.name})
    if transfer.plan and standing.sees_class:
        told.append({"label": _("Plan for missing subjects"), "value": transfer.plan})
    return told


def _asker(transfer: Transfer) -> str:
    if transfer.asked_by == Side.FAMILY:
        return _("the family")
    return _("%(side)s, for the parents") % {"side": WAITS[Side(transfer.asked_by)]}


def _papers(request: Request, transfer: Transfer, standing: Standing) -> list[dict[str, Any]]:
    """Return every paper the law asks for with what was given, then further ones."""
    given: dict[str, list[TransferPaper]] = {}
    for one in selectors.papers_of(actor=request.actor, transfer=transfer):
        given.setdefault(one.paper, []).append(one)
    rows: list[dict[str, Any]] = []
    for rule, side in needed_papers(transfer):
        found = given.pop(rule.paper, [])
        rows.append(_paper(transfer, standing, rule.paper, side, found, rule.is_required))
    rows += [
        _paper(transfer, standing, code, found[0].given_by, found, is_required=False)
        for code, found in given.items()
    ]
    return rows


def _sureness(transfer: Transfer) -> str:
    """Return a word where the list of papers is from memory."""
    needed = needed_papers(transfer)
    sure = all(rule.confidence == Confidence.TEXT_SEEN for rule, _side in needed)
    return "" if sure else _("list to be checked with the text")


def _paper(
    transfer: Transfer,
    standing: Standing,
    code: str,
    side: str,
    found: list[TransferPaper],
    is_required: bool,  # noqa: FBT001 (a column of the row)
) -> dict[str, Any]:
    if found:
        pill = Pill("ok", "circle-check", _("Given"))
    elif is_required:
        pill = Pill("warn", "circle-alert", _("Missing"))
    else:
        pill = Pill("neutral", "circle", _("If any"))
    may_remove = transfer.state in (State.REQUESTED, State.ACCEPTED)
    return {
        "label": Paper(code).label,
        "giver": WAITS[Side(side)],
        "pill": pill,
        "is_closed": bool(found) and not standing.sees_paper(transfer, found[0].given_by),
        "files": [
            {
                "name": one.file.name if one.file else _("original handed over"),
                "note": one.note,
                "url": reverse("transfers:paper_file", args=[one.uuid]) if one.file else "",
                "remove_url": reverse("transfers:paper_remove", args=[one.uuid])
                if may_remove and one.given_by in standing.sides
                else "",
            }
            for one in found
            if standing.sees_paper(transfer, one.given_by)
        ],
    }


def _paper_url(transfer: Transfer, standing: Standing) -> str:
    if not standing.sides or rules.is_done(transfer.state, transfer.route):
        return ""
    return reverse("transfers:paper", args=[transfer.uuid])


def _decision(
    request: Request, transfer: Transfer, standing: Standing, one: TransferDecision
) -> dict[str, Any]:
    units = facts.unit_names([one.unit_id], on=transfer.asked_on)
    tones = {
        DecisionState.OPEN: Pill("info", "clock", DecisionState.OPEN.label),
        DecisionState.GRANTED: Pill("ok", "circle-check", DecisionState.GRANTED.label),
        DecisionState.REFUSED: Pill("bad", "circle-x", DecisionState.REFUSED.label),
    }
    is_now = transfer.state == State.ACCEPTED and one.state == DecisionState.OPEN
    return {
        "matters": [Matter(code).label for code in one.matters],
        "unit": units.get(one.unit_id, one.unit.code),
        "office": Office(one.office).label,
        "law": regulations_by_code().get(one.regulation, one.regulation),
        "article": one.article,
        "is_sure": one.confidence == Confidence.TEXT_SEEN,
        "pill": tones[DecisionState(one.state)],
        "number": one.number,
        "decided_on": one.decided_on,
        "by": one.decided_by_label,
        "reason": one.reason,
        "file_url": reverse("transfers:decision_file", args=[one.uuid]) if one.file_id else "",
        "url": reverse("transfers:decide", args=[transfer.uuid, one.side])
        if is_now and one.side in standing.offices
        else "",
        "waits": transfer.state == State.REQUESTED and one.state == DecisionState.OPEN,
    }


def _travelling(request: Request, transfer: Transfer, standing: Standing) -> dict[str, Any]:
    rows = selectors.travelling_of(actor=request.actor, transfer=transfer)
    if not rows:
        return {}
    if not standing.sees_travelling(transfer):
        return {"is_closed": True}
    return {
        "parts": [
            {"label": parts.get(row.part).label, "lines": parts.get(row.part).lines(row.content)}
            for row in rows
            if row.part in parts
        ],
        "taken_at": rows[0].taken_at,
        "taken_in_at": rows[0].taken_in_at,
    }


def _events(request: Request, transfer: Transfer, standing: Standing) -> list[dict[str, Any]]:
    events = []
    for one in selectors.steps_of(actor=request.actor, transfer=transfer):
        at = timezone.localtime(one.at)
        hides = one.step == Step.PLACE and not standing.sees_class
        parts_of_text = [one.by_label, "" if hides else one.note]
        if one.on != at.date():
            parts_of_text.append(_("as of %(day)s") % {"day": day(one.on)})
        events.append(
            {
                "when": day(at.date()),
                "time": time_of_day(at),
                "icon": ICONS[Step(one.step)],
                "title": Step(one.step).label,
                "text": " · ".join(part for part in parts_of_text if part),
            }
        )
    return events
