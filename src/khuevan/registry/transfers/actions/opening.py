"""Opening a case: its row, what the offices have to decide, the first step."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.actions.case import local_day, move_on, set_office
from khuevan.registry.transfers.errors import OfficeNotRecorded
from khuevan.registry.transfers.kinds import DecisionState, Side, State, Step
from khuevan.registry.transfers.models import Transfer, TransferDecision
from khuevan.registry.transfers.outside import place_named
from khuevan.ui.formats import day

NEWCOMERS = 7_204
"""The first key of the lock on a newcomer's number."""
ONE_OPEN = ("transfer_one_open_a_pupil", "transfer_one_open_a_colleague")


def open_case(actor: Actor, transfer: Transfer, taken: type[DomainError], *, now: datetime) -> None:
    """Write a case, ask the offices, take the first step; `taken` when one is open already.

    A step of the caller's action. A school that asks for a colleague has agreed by that.
    """
    today = local_day(now)
    transfer.asked_on, transfer.state = today, State.REQUESTED
    transfer.since_on, transfer.waits_for = today, []
    if transfer.outside_province:
        place = place_named(transfer.outside_province, on=transfer.moves_on)
        transfer.outside_code, transfer.outside_province = place.code, place.name
    needed = rules.consents_needed(transfer.whose, transfer.move, transfer.route, today)
    if transfer.is_of_staff and transfer.asked_by in needed:
        transfer.consents = [transfer.asked_by]
    _require_alone(transfer, taken)
    try:
        with transaction.atomic():
            transfer.save()
    except IntegrityError as error:
        if any(name in str(error) for name in ONE_OPEN):
            raise taken from error
        raise
    _ask_offices(transfer)
    side = transfer.asked_by
    move_on(transfer, Step.ASK, actor=actor, side=side, on=today, now=now)
    if set(needed) <= set(transfer.consents):
        move_on(transfer, Step.ACCEPT, actor=actor, side=side, on=today, now=now)


def _require_alone(transfer: Transfer, taken: type[DomainError]) -> None:
    """Refuse a second case of somebody from outside, known by the personal number alone.

    Whoever has a record here is held to one case by the database; the lock does it for the others.
    """
    number = transfer.personal_number
    if not number:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NEWCOMERS, int(number) % 2**31])
    rows = Transfer.objects.unscoped(because="one open case a newcomer, whichever school asks")
    named = Q(personal_number=number) | Q(person__personal_number=number)
    same = rows.filter(named, subject=transfer.subject)
    if same.filter(state__in=rules.OPEN).exclude(state=State.RECEIVED).exists():
        raise taken


def _ask_offices(transfer: Transfer) -> None:
    """Write one open decision for each office, in each capacity, with all that it decides so.

    What a commune's committee checks and what its chair decides are two papers of one office.

    :raises OfficeNotRecorded: when nobody is recorded who could decide for a school here
    """
    needed = rules.decisions_needed(
        transfer.whose,
        transfer.route,
        transfer.asked_on,
        in_window=transfer.in_window,
        is_to_public=bool(transfer.grounds),
    )
    lines: dict[tuple[str, int, str], tuple[facts.Competence, list[str]]] = {}
    for rule in needed:
        found = _competent(transfer, rule.office_of, rule.matter)
        capacity = (rule.office_of, found.unit_id, found.office)
        lines.setdefault(capacity, (found, []))[1].append(rule.matter)
    for (side, _unit, _office), (found, asked) in lines.items():
        TransferDecision.objects.create(
            transfer=transfer,
            side=side,
            matters=asked,
            unit_id=found.unit_id,
            office=found.office,
            regulation=found.regulation,
            article=found.article,
            confidence=found.confidence,
            state=DecisionState.OPEN,
        )
        set_office(transfer, side, found.unit_id)


def _competent(transfer: Transfer, side: str, matter: str) -> facts.Competence:
    on = transfer.asked_on
    found = facts.competence_of_side(transfer, side, matters=[matter], on=on)
    if found is None:
        school_id = transfer.from_school_id if side == Side.ORIGIN else transfer.to_school_id
        names = facts.unit_names([school_id], on=on)
        raise OfficeNotRecorded(school=names.get(school_id or 0, ""), on=day(on))
    return found
