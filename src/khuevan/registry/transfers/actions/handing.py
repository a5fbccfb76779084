"""Open decisions of an office that has ended go to the office that took its files over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.registry.transfers import audit_codes, facts
from khuevan.registry.transfers.actions.case import set_office
from khuevan.registry.transfers.kinds import DecisionState, Side
from khuevan.registry.transfers.models import TransferDecision

WHY = "an office that has ended hands over whatever is open there"


def pass_on(actor: Actor, heirs: Mapping[int, Sequence[int]], on: date, now: datetime) -> int:
    """Give the open decisions of offices that have ended to one of their heirs; return how many.

    Of several heirs the one that is competent on the day, else the one that manages the school.
    """
    rows = TransferDecision.objects.unscoped(because=WHY).select_for_update(of=("self",))
    held = rows.filter(unit_id__in=heirs, state=DecisionState.OPEN).select_related("transfer")
    found = list(held.order_by("pk"))
    for decision in found:
        _pass(actor, decision, heirs[decision.unit_id], on, now)
    return len(found)


def _pass(
    actor: Actor, decision: TransferDecision, among: Sequence[int], on: date, now: datetime
) -> None:
    transfer, before = decision.transfer, decision.unit_id
    school_id = transfer.from_school_id if decision.side == Side.ORIGIN else transfer.to_school_id
    competent = facts.competence_of_side(transfer, decision.side, matters=decision.matters, on=on)
    manager = facts.manager_of(school_id, on=on) if school_id else None
    likely = [competent.unit_id] if competent else []
    likely += [manager] if manager is not None else []
    decision.unit_id = next((one for one in likely if one in among), among[0])
    if competent is not None and competent.unit_id == decision.unit_id:
        decision.office, decision.confidence = competent.office, competent.confidence
        decision.regulation, decision.article = competent.regulation, competent.article
    decision.save(update_fields=["unit", "office", "confidence", "regulation", "article"])
    set_office(transfer, decision.side, decision.unit_id)
    names = facts.last_names([before, decision.unit_id], on=on)
    record(
        audit_codes.PASSED_ON,
        actor=actor,
        at=now,
        target=transfer,
        person_id=transfer.person_id,
        unit_id=decision.unit_id,
        details={"unit": names.get(before, ""), "into": names.get(decision.unit_id, "")},
    )
