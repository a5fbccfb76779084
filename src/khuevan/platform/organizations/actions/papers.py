"""Keeping the decision behind a change of the tree: a step of the caller's action."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.core.files.base import File

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.organizations.errors import DecisionAfterChange
from khuevan.platform.organizations.frame import paper_stores
from khuevan.platform.organizations.models import UnitDecision
from khuevan.platform.organizations.papers import Decided
from khuevan.ui.formats import day


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
        raise DecisionAfterChange(signed=day(decided.signed_on))
    file = keep_scan(decided.upload, actor=actor, now=now)
    return UnitDecision.objects.create(number=number, signed_on=decided.signed_on, file=file)


def keep_scan(upload: File[bytes] | None, *, actor: Actor, now: datetime) -> UUID | None:
    """Keep the scan of a decision, where there is one and an app keeps files. A step."""
    store = next(iter(paper_stores), None)
    return store.keep(actor, upload, now) if upload is not None and store is not None else None


def correct_end_paper(unit_id: int, *, number: str, signed_on: date) -> None:
    """Put right number and day of the decision that ended a unit. A step of the caller."""
    rows = UnitDecision.objects.select_for_update(no_key=True)
    for paper in rows.filter(versions_ended__unit_id=unit_id).order_by("pk"):
        paper.number, paper.signed_on = normalize(number), signed_on
        paper.save(update_fields=["number", "signed_on"])
