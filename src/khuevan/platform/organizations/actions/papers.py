"""Keeping the decision behind a change of the tree: a step of the caller's action."""

from __future__ import annotations

from datetime import date, datetime

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.organizations.errors import DecisionAfterChange
from khuevan.platform.organizations.frame import paper_stores
from khuevan.platform.organizations.models import UnitDecision
from khuevan.platform.organizations.papers import Decided


def write_decision(
    decided: Decided, *, actor: Actor, on: date, now: datetime
) -> UnitDecision | None:
    """Keep a decision and its scan; nothing where no number is given. A step of the caller.

    :raises DecisionAfterChange: when it was signed in the future
    """
    number = normalize(decided.number)
    if not number:
        return None
    if decided.signed_on is not None and decided.signed_on > max(on, actor.today):
        raise DecisionAfterChange(signed=f"{decided.signed_on:%d/%m/%Y}")
    file = None
    store = next(iter(paper_stores), None)
    if decided.upload is not None and store is not None:
        file = store.keep(actor, decided.upload, now)
    return UnitDecision.objects.create(number=number, signed_on=decided.signed_on, file=file)
