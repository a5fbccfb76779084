"""One case: what is next and who does it, papers, decisions, what travels, what happened."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel import clock
from khuevan.platform.audit.api import (
    PurposeForm,
    PurposeNeeded,
    state_purpose,
    stated_purpose,
)
from khuevan.platform.files.api import StoredFile, note_download, open_content
from khuevan.platform.regulations.api import Confidence, regulations_by_code
from khuevan.registry.transfers import rules, selectors
from khuevan.registry.transfers.actions import needed_papers
from khuevan.registry.transfers.actions.look import note_look
from khuevan.registry.transfers.desks import PUPILS, STAFF, desk_of
from khuevan.registry.transfers.filed import case_of, missing_papers
from khuevan.registry.transfers.kinds import (
    DecisionState,
    Matter,
    Paper,
    Side,
    State,
    Step,
)
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferPaper
from khuevan.registry.transfers.pages.frame import case_frame, case_url, decide_url
from khuevan.registry.transfers.pages.telling import events, told_facts
from khuevan.registry.transfers.selectors import Standing
from khuevan.registry.transfers.shown import (
    DECISION_PILLS,
    ICONS,
    VERBS,
    WAITS,
    next_words,
    office_words,
    own_turn,
    signed_by,
    what_for,
)
from khuevan.registry.transfers.travelling import masked_content, parts
from khuevan.ui.page import done, form_status, page, render_page
from khuevan.ui.request import Request
from khuevan.ui.tables import Pill

_SECOND = (Step.REFUSE, Step.WITHDRAW, Step.TAKE_BACK)


@page(PUPILS.view, methods=("GET",))
def case(request: Request, uuid: UUID) -> HttpResponse:
    """Show one pupil's case as far as the reader's side may see it."""
    return _case(request, selectors.get_transfer_for(request.actor, uuid))


@page(PUPILS.view)
def purpose(request: Request, uuid: UUID) -> HttpResponse:
    """Ask an office without a part in a pupil's case what it opens it for."""
    return _ask_purpose(request, selectors.get_transfer_for(request.actor, uuid))


@page(STAFF.view)
def staff_purpose(request: Request, uuid: UUID) -> HttpResponse:
    """Ask an office without a part in a colleague's case what it opens it for."""
    return _ask_purpose(request, selectors.get_transfer_for(request.actor, uuid, STAFF.view))


def _ask_purpose(request: Request, transfer: Transfer) -> HttpResponse:
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        state_purpose(request, transfer.uuid, form.stated)
        return done(request, case_url(transfer))
    context = {
        "form": form,
        "who": " · ".join((transfer.full_name, what_for(transfer))),
        "hours": settings.RECORD_PURPOSE_HOURS,
        "back_url": reverse(desk_of(transfer.subject).route("board")),
    }
    return render_page(request, "transfers/purpose.html", context, status=form_status(request))


@page(STAFF.view, methods=("GET",))
def staff_case(request: Request, uuid: UUID) -> HttpResponse:
    """Show one colleague's case as far as the reader's side may see it."""
    return _case(request, selectors.get_transfer_for(request.actor, uuid, STAFF.view))


@page(STAFF.ask, methods=("GET",))
def own_case(request: Request, uuid: UUID) -> HttpResponse:
    """Show the case of one's own move."""
    found = selectors.get_transfer_for(request.actor, uuid, STAFF.ask)
    return _case(request, found, is_own=True)


def _case(request: Request, transfer: Transfer, *, is_own: bool = False) -> HttpResponse:
    actor = request.actor
    decisions = selectors.decisions_of(actor=actor, transfer=transfer)
    standing = selectors.standing_of(actor, transfer, decisions)
    try:
        note_look(
            actor=actor,
            transfer=transfer,
            standing=standing,
            now=clock.now(),
            purpose=stated_purpose(request, transfer.uuid),
        )
    except PurposeNeeded:
        return done(request, case_url(transfer, "purpose"))
    pupil = selectors.record_in_reach(actor=actor, transfer=transfer)
    context = {
        **case_frame(request, transfer, is_own=is_own),
        "record_url": reverse("students:record", args=[pupil]) if pupil else "",
        "turn": _next(transfer, standing, decisions),
        "facts": told_facts(transfer, standing),
        "papers": _papers(request, transfer, standing),
        "paper_url": _paper_url(transfer, standing),
        "papers_note": _sureness(transfer),
        "decisions": _decisions(transfer, standing, decisions),
        "travelling": _travelling(request, transfer, standing),
        "events": events(request, transfer, standing),
    }
    return render_page(request, "transfers/case.html", context)


@page(PUPILS.view, methods=("GET",))
def paper_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the scan of a paper of a pupil's case."""
    return _send(request, selectors.get_paper_for(request.actor, uuid, PUPILS.view))


@page(STAFF.view, methods=("GET",))
def staff_paper_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the scan of a paper of a colleague's case."""
    return _send(request, selectors.get_paper_for(request.actor, uuid, STAFF.view))


@page(STAFF.ask, methods=("GET",))
def own_paper_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the scan of a paper of one's own case."""
    return _send(request, selectors.get_paper_for(request.actor, uuid, STAFF.ask))


@page(PUPILS.view, methods=("GET",))
def decision_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the signed document of a decision of a pupil's case."""
    return _send(request, selectors.get_decision_for(request.actor, uuid, PUPILS.view))


@page(STAFF.view, methods=("GET",))
def staff_decision_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the signed document of a decision of a colleague's case."""
    return _send(request, selectors.get_decision_for(request.actor, uuid, STAFF.view))


@page(STAFF.ask, methods=("GET",))
def own_decision_file(request: Request, uuid: UUID) -> FileResponse:
    """Send the signed document of a decision of one's own case."""
    return _send(request, selectors.get_decision_for(request.actor, uuid, STAFF.ask))


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
    own = standing.sides | standing.offices
    return {
        "own": own_turn(transfer, own),
        "who": next_words(transfer, but=own),
        "is_over": rules.is_done(transfer.state, transfer.route, transfer.subject),
        "buttons": [_button(transfer, step, "primary") for step in main if step != Step.DECIDE],
        "others": [
            _button(transfer, step, "plain", is_family=standing.is_family)
            for step in possible
            if step in _SECOND
        ],
        "law": _limit(transfer, decisions),
    }


def _button(
    transfer: Transfer, step: Step, kind: str, *, is_family: bool = False
) -> dict[str, Any]:
    desk = desk_of(transfer.subject)
    name = desk.route(step.lower())
    if is_family and step == Step.WITHDRAW:
        name = "transfers:own_withdraw" if transfer.is_of_staff else "transfers:withdraw_wish"
    return {
        "label": _("Agree") if transfer.is_of_staff and step == Step.ACCEPT else VERBS[step],
        "icon": ICONS[step],
        "kind": kind,
        "url": reverse(name, args=[transfer.uuid]),
    }


def _limit(transfer: Transfer, decisions: list[TransferDecision]) -> str:
    """Return the time limit of the step that is due, with where it stands."""
    if rules.is_done(transfer.state, transfer.route, transfer.subject):
        return ""
    case = case_of(transfer, decisions)
    if case.owing:
        return _("The office's time begins once the file is complete.")
    step = rules.next_step(case)
    found = rules.deadline(transfer.whose, step, transfer.since_on) if step else None
    if found is None:
        return _("No text read so far sets a time limit for this step.")
    sure = "" if found.confidence == Confidence.TEXT_SEEN else _("to be checked")
    text = _("%(days)s working days, %(text)s") % {
        "days": found.days,
        "text": regulations_by_code().get(found.regulation, found.regulation),
    }
    return f"{text} ({sure})" if sure else text


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
    if not all(rule.regulation for rule, _side in needed):
        return _("no text that asks for papers has been found")
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
    desk = desk_of(transfer.subject)
    return {
        "label": Paper(code).label,
        "giver": WAITS[Side(side)],
        "pill": pill,
        "is_closed": bool(found) and not standing.sees_paper(transfer, found[0].given_by),
        "files": [
            {
                "name": one.file.name if one.file else _("original handed over"),
                "note": one.note,
                "url": reverse(_file_route(transfer, standing, "paper"), args=[one.uuid])
                if one.file
                else "",
                "remove_url": reverse(desk.route("paper_remove"), args=[one.uuid])
                if may_remove and one.given_by in standing.sides
                else "",
            }
            for one in found
            if standing.sees_paper(transfer, one.given_by)
        ],
    }


def _paper_url(transfer: Transfer, standing: Standing) -> str:
    if not standing.sides or rules.is_done(transfer.state, transfer.route, transfer.subject):
        return ""
    return case_url(transfer, "paper")


def _file_route(transfer: Transfer, standing: Standing, kind: str) -> str:
    if transfer.is_of_staff and standing.is_family:
        return f"transfers:own_{kind}_file"
    return desk_of(transfer.subject).route(f"{kind}_file")


def _decisions(
    transfer: Transfer, standing: Standing, decisions: list[TransferDecision]
) -> list[dict[str, Any]]:
    """Return the decisions of a case; of several that are the reader's the first is the verb."""
    told = [_decision(transfer, standing, one) for one in decisions]
    own = [one for one in told if one["url"]]
    for one in own:
        one["kind"] = "primary" if one is own[0] else "plain"
    return told


def _decision(transfer: Transfer, standing: Standing, one: TransferDecision) -> dict[str, Any]:
    is_now = transfer.state == State.ACCEPTED and one.state == DecisionState.OPEN
    is_ours = is_now and one.side in standing.offices
    is_complete = not transfer.is_of_staff or not missing_papers(transfer)
    return {
        "matters": [Matter(code).label for code in one.matters],
        "office": office_words(one),
        "law": regulations_by_code().get(one.regulation, one.regulation),
        "article": one.article,
        "is_sure": one.confidence == Confidence.TEXT_SEEN,
        "pill": DECISION_PILLS[DecisionState(one.state)],
        "number": one.number,
        "decided_on": one.decided_on,
        "by": one.recorded_by_label,
        "reason": one.reason,
        "signature": signed_by(one),
        "file_url": reverse(_file_route(transfer, standing, "decision"), args=[one.uuid])
        if one.file_id
        else "",
        "url": decide_url(transfer, one) if is_ours and is_complete else "",
        "draft_url": decide_url(transfer, one, "draft") if is_ours else "",
        "waits": transfer.state == State.REQUESTED and one.state == DecisionState.OPEN,
    }


def _travelling(request: Request, transfer: Transfer, standing: Standing) -> dict[str, Any]:
    rows = selectors.travelling_of(actor=request.actor, transfer=transfer)
    if not rows:
        return {}
    if not standing.sees_travelling(transfer):
        return {"is_closed": True}
    is_full = standing.sees_number(request.actor, transfer)
    told = [(parts.get(row.part), row.content) for row in rows if row.part in parts]
    return {
        "parts": [
            {
                "label": part.label,
                "lines": part.lines(content if is_full else masked_content(part, content)),
            }
            for part, content in told
        ],
        "taken_at": rows[0].taken_at,
        "taken_in_at": rows[0].taken_in_at,
    }
