"""The router of transfers, and what its endpoints share."""

from __future__ import annotations

from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import School, SchoolNotFound, get_school_for
from khuevan.registry.transfers import actions, facts, selectors
from khuevan.registry.transfers.actions.look import note_look
from khuevan.registry.transfers.desks import Desk
from khuevan.registry.transfers.documents import (
    CasePaperOut,
    ComerIn,
    DecisionOut,
    EndIn,
    OutsideIn,
    SoughtIn,
)
from khuevan.registry.transfers.kinds import DecisionState
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferPaper
from khuevan.ui.request import Request
from khuevan.ui.rest import Router
from khuevan.ui.tables import part_of

router = Router(tags=["transfers"])
PAGE_SIZE = 100


def actor_of(request: Request) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor
    return actor


def cases_page(
    request: Request, desk: Desk, *, state: str | None, waiting_for_us: bool, after: str
) -> tuple[list[Transfer], str]:
    """Return a part of a desk's cases, newest first, and where the next part begins."""
    actor = actor_of(request)
    rows: Any = selectors.transfers(actor=actor, desk=desk).select_related("staff_member")
    if state is not None:
        rows = rows.filter(state=state)
    if waiting_for_us:
        rows = rows.filter(selectors.open_ones()).filter(selectors.waiting_for(actor, desk))
    return part_of(rows, ("asked_on", "pk"), after, size=PAGE_SIZE)


def own_school(request: Request, desk: Desk, code: str) -> School:
    """Return the school of the actor's that somebody comes to."""
    return get_school_for(actor_of(request), code, desk.record)


def end_of(body: EndIn) -> School | actions.Outside:
    """Return the school where somebody goes.

    :raises SchoolNotFound:
    """
    school = facts.school_by_code(body.to_school) if body.to_school else None
    if school is not None:
        return school
    if body.outside is None or body.to_school:
        raise SchoolNotFound(code=body.to_school or "-")
    return outside_of(body.outside)


def old_school(body: SoughtIn) -> School:
    """Return the school that somebody comes from.

    :raises SchoolNotFound:
    """
    school = facts.school_by_code(body.from_school)
    if school is None:
        raise SchoolNotFound(code=body.from_school)
    return school


def sought_of(body: SoughtIn) -> actions.Sought:
    """Return who is asked for, as the request names them."""
    return actions.Sought(body.full_name, body.birth_date, body.number)


def outside_of(body: OutsideIn) -> actions.Outside:
    """Return a school of another province."""
    return actions.Outside(body.school, body.province)


def comer_of(body: ComerIn) -> dict[str, Any]:
    """Return who comes from another province, as both kinds of newcomers are described."""
    names = ("full_name", "birth_date", "sex", "personal_number")
    return {name: getattr(body, name) for name in names}


def case_values(request: Request, row: Transfer) -> dict[str, Any]:
    """Return what a document of one case tells beside the case: decisions and papers."""
    actor = actor_of(request)
    return {
        "decisions": [
            decision_out(one) for one in selectors.decisions_of(actor=actor, transfer=row)
        ],
        "missing_papers": actions.missing_papers(row),
        "papers": [paper_out(one) for one in selectors.papers_of(actor=actor, transfer=row)],
    }


def note_reading(request: Request, row: Transfer, purpose: str, now: Any) -> None:
    """Note that a program reads a case from outside the school of whom it moves.

    :raises PurposeNeeded:
    """
    actor = actor_of(request)
    decisions = selectors.decisions_of(actor=actor, transfer=row)
    standing = selectors.standing_of(actor, row, decisions)
    note_look(actor=actor, transfer=row, standing=standing, now=now, purpose=purpose)


def decision_out(one: TransferDecision) -> DecisionOut:
    """Return the document of an office's decision."""
    return DecisionOut(
        side=one.side,
        unit=one.unit.code,
        office=one.office,
        matters=one.matters,
        state=DecisionState(one.state).value,
        number=one.number,
        decided_on=one.decided_on,
        signer=one.signer,
        signer_position=one.signer_position,
        signed_as=one.signed_as,
        authorization=one.authorization,
        authorized_on=one.authorized_on,
        regulation=one.regulation,
        confidence=one.confidence,
    )


def paper_out(one: TransferPaper) -> CasePaperOut:
    """Return the document of a paper handed over."""
    return CasePaperOut(
        uuid=one.uuid,
        paper=one.paper,
        given_by=one.given_by,
        note=one.note,
        has_file=one.file_id is not None,
    )
