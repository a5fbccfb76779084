"""The papers of a case: scanned, or noted as handed over; named while they are missing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record
from khuevan.platform.files.api import store_upload
from khuevan.registry.transfers import audit_codes, rules
from khuevan.registry.transfers.actions.case import (
    local_day,
    lock_case,
    refusal,
    sides_of,
    stand_again,
)
from khuevan.registry.transfers.desks import PUPILS, Desk
from khuevan.registry.transfers.files import PAPER
from khuevan.registry.transfers.kinds import Paper, Side, State
from khuevan.registry.transfers.models import Transfer, TransferPaper

BEFORE_RELEASE = (State.REQUESTED, State.ACCEPTED)


@transaction.atomic
def give_paper(
    *,
    actor: Actor,
    uuid: UUID,
    paper: str,
    now: datetime,
    upload: File[bytes] | None = None,
    note: str = "",
) -> TransferPaper:
    """Add a paper to a case: its scan, or that the original was handed over.

    :raises NotNow: when the case is over
    """
    transfer = lock_case(actor, uuid)
    side = _side_for(actor, transfer)
    if rules.is_done(transfer.state, transfer.route, transfer.subject):
        raise refusal(transfer)
    school_id = transfer.to_school_id if side == Side.RECEIVER else transfer.from_school_id
    file = None
    if upload is not None:
        file = store_upload(
            actor=actor,
            upload=upload,
            kind=PAPER.code,
            now=now,
            unit_id=school_id,
            person_id=transfer.person_id,
        )
    given = TransferPaper.objects.create(
        transfer=transfer,
        paper=Paper(paper),
        given_by=side,
        note=note,
        file=file,
        by_id=actor.person_id,
        at=now,
    )
    _note(audit_codes.PAPER_GIVEN, actor, transfer, school_id, paper, now)
    _file_changed(transfer, now=now)
    return given


@transaction.atomic
def take_paper_out(
    *, actor: Actor, paper_uuid: UUID, now: datetime, desk: Desk = PUPILS
) -> Transfer:
    """Take a paper out of a case that one's own school put in, before the release."""
    found = TransferPaper.objects.visible_to(actor, desk.record).one(paper_uuid)
    transfer = lock_case(actor, found.transfer.uuid)
    side = _side_for(actor, transfer, found.given_by)
    if side != found.given_by:
        raise NotFound
    if transfer.state not in BEFORE_RELEASE:
        raise refusal(transfer)
    school_id = transfer.to_school_id if side == Side.RECEIVER else transfer.from_school_id
    _note(audit_codes.PAPER_TAKEN, actor, transfer, school_id, found.paper, now)
    found.delete()
    _file_changed(transfer, now=now)
    return transfer


def _file_changed(transfer: Transfer, *, now: datetime) -> None:
    """Let the office's time begin with the last paper of a colleague's file."""
    if transfer.is_of_staff and transfer.state == State.ACCEPTED:
        stand_again(transfer, today=local_day(now))


def _side_for(actor: Actor, transfer: Transfer, wanted: str = "") -> Side:
    sides = sides_of(actor, transfer)
    if not sides:
        raise NotFound
    return next((one for one in sides if one == wanted), sides[0])


def _note(
    code: str, actor: Actor, transfer: Transfer, unit_id: int | None, paper: str, now: datetime
) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=transfer,
        person_id=transfer.person_id,
        unit_id=unit_id,
        details={"paper": paper},
    )
