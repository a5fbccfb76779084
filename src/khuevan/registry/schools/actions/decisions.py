"""Keeping a decision on a school, putting it right, and withdrawing it with what it brought."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record, snapshot
from khuevan.platform.organizations.api import Signed, correct_end_paper, keep_scan
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.competence import (
    AskedSchool,
    Decider,
    asked_on,
    how_sure,
    sources,
)
from khuevan.registry.schools.deciding import (
    own_permission,
    require_competent,
    require_decider,
    require_decision,
)
from khuevan.registry.schools.decisions import get_decision_for, school_decisions
from khuevan.registry.schools.errors import DecidedAlready
from khuevan.registry.schools.errors_of_founding import (
    OperatesBeforeFounding,
    PermittedAlready,
    ReasonNeeded,
)
from khuevan.registry.schools.facts import SchoolFacts, versions_of
from khuevan.registry.schools.models import Matter, School, SchoolDecision, SchoolVersion
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS
from khuevan.ui.formats import day

_WHY = "the school was locked through its scope"
_SAID = (
    "number", "decided_on", "signer", "signer_position", "signed_as", "authorization",
    "authorized_on", "office", "unit_id", "source", "confidence",
)  # fmt: skip
"""What a decision says of itself, and what follows from its day."""
CONVERSIONS = (Matter.CONVERSION, Matter.OWNER, Matter.PRIVATE, Matter.OTHER)
CLOSINGS = (Matter.MERGER, Matter.DISSOLUTION)


def write_decision(
    school: School,
    matter: Matter,
    signed: Signed,
    decider: Decider | None,
    *,
    counts_from: date,
    actor: Actor,
    now: datetime,
) -> SchoolDecision:
    """Keep a decision on a school and its scan. A step of the caller's action.

    :raises DecidedAlready: when it is written down
    """
    _require_new(school, matter, signed)
    one = SchoolDecision(school=school, matter=matter, counts_from=counts_from)
    _say(one, signed, decider)
    one.file = keep_scan(signed.scan, actor=actor, now=now)
    one.save(force_insert=True)
    return one


@transaction.atomic
def correct_decision(
    *, actor: Actor, uuid: UUID, signed: Signed, reason: str, now: datetime
) -> SchoolDecision:
    """Put right number, day, signature or scan of a decision; what it brought stays.

    Whoever may record such a decision, of the day it says now as of the one it said.

    :raises ReasonNeeded: when nothing tells what was wrong
    :raises DecisionToCome, CountsBeforeDecision: when it can't be of that day
    :raises NotTheDecider, DeciderUnknown: when another office decides so
    :raises NumberUnfit, SignerNeeded, SignedOtherwise, PositionUnfit: when it can't be signed so
    :raises DecidedAlready: when another one says the same
    :raises OperatesBeforeFounding: when a school would be permitted before it was founded
    """
    school, one = lock_decision(actor, uuid)
    why = require_reason(reason)
    decision = require_decision(signed, counts_from=one.counts_from, today=actor.today)
    asked, own = _asked(school, one, decision.on)
    decider = require_decider(actor, asked, Matter(one.matter), signed=decision, own=own)
    _require_new(school, one.matter, decision, but=one.pk)
    _require_in_order(school, one, decision.on)
    before, old = snapshot(one, *_SAID), one.number
    _say(one, decision, decider)
    kept = keep_scan(signed.scan, actor=actor, now=now)
    one.file = kept or one.file
    one.save(update_fields=[*_SAID, "file"])
    _correct_what_it_brought(school, one, old)
    record(
        audit_codes.DECISION_CORRECTED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        before=before,
        after=snapshot(one, *_SAID),
        details={"decision": one.number, "reason": why},
    )
    return one


def lock_decision(actor: Actor, uuid: UUID) -> tuple[School, SchoolDecision]:
    """Return a decision that holds and its school, both locked, when the actor may put it right.

    :raises NotFound: when there is none within reach
    :raises NotTheDecider, DeciderUnknown: when another office decided so
    """
    school, _found = get_decision_for(actor, uuid)
    why = "the school was looked up within reach"
    School.objects.unscoped(because=why).lock(school.pk)
    rows = SchoolDecision.objects.unscoped(because=_WHY).filter(is_withdrawn=False, uuid=uuid)
    one = rows.lock(_found.pk)
    asked, own = _asked(school, one, one.decided_on)
    require_competent(actor, asked, Matter(one.matter), on=one.decided_on, own=own)
    return school, one


def require_reason(reason: str) -> str:
    """Return why something is put right, in its stored form.

    :raises ReasonNeeded: when nothing is said
    """
    why = normalize(reason)
    if not why:
        raise ReasonNeeded
    return why


def require_founded(school: School, decided_on: date, on: date) -> None:
    """Refuse a permission before the school is there, or signed before its founding.

    :raises OperatesBeforeFounding:
    """
    since = versions_of(school.pk)[-1].starts_on
    papers = school_decisions(school.pk)
    founded = next((one.decided_on for one in papers if one.matter == Matter.FOUNDING), None)
    if on < since or (founded is not None and decided_on < founded):
        raise OperatesBeforeFounding(since=day(since), signed=day(founded) if founded else "–")


def require_one_permission(school: School, on: date) -> None:
    """Refuse a second permission to operate from the same day.

    :raises PermittedAlready:
    """
    papers = school_decisions(school.pk)
    same = (one for one in papers if one.matter == Matter.OPERATION and one.counts_from == on)
    held = next(same, None)
    if held is not None:
        raise PermittedAlready(number=held.number, on=day(on))


def _say(one: SchoolDecision, signed: Signed, decider: Decider | None) -> None:
    """Let a decision say what was signed, and who was competent for it on its day."""
    one.number, one.decided_on = normalize(signed.number), signed.on
    one.signer, one.signer_position = normalize(signed.signer), normalize(signed.position)
    one.signed_as = signed.form
    one.authorization = normalize(signed.authorization)
    one.authorized_on = signed.authorized_on
    one.office = decider.office if decider else ""
    one.unit_id = decider.unit_id if decider else None
    one.source = sources(decider, one.matter, signed.on)[:200]
    one.confidence = how_sure(decider, one.matter, signed.on)


def _require_new(school: School, matter: str, signed: Signed, *, but: int = 0) -> None:
    """Refuse a decision that is written down."""
    number = normalize(signed.number)
    known = SchoolDecision.objects.unscoped(because=_WHY).filter(school=school, is_withdrawn=False)
    same = known.filter(matter=matter, number=number, decided_on=signed.on)
    if same.exclude(pk=but).exists():
        raise DecidedAlready(number=number, on=day(signed.on))


def _asked(school: School, one: SchoolDecision, on: date) -> tuple[AskedSchool, Permission]:
    """Return the school as a decision is about it, and what lets its commune record it."""
    versions = versions_of(school.pk)
    first = SchoolFacts.of(versions[-1])
    if one.matter == Matter.FOUNDING:
        return asked_on(school, on, facts=first), own_permission(first.school_type)
    begun = [row for row in versions if row.starts_on <= one.counts_from] or versions[-1:]
    became = begun[0]
    if one.matter == Matter.OWNER and became.starts_on == one.counts_from and len(begun) > 1:
        became = begun[1]
    if one.matter in CONVERSIONS:
        return asked_on(school, on, facts=SchoolFacts.of(became)), DECIDE_SCHOOLS
    last = [row for row in versions if row.starts_on <= on] or versions[-1:]
    return asked_on(school, on, facts=SchoolFacts.of(last[0])), DECIDE_SCHOOLS


def _require_in_order(school: School, one: SchoolDecision, on: date) -> None:
    """Refuse that a school is permitted to operate by a paper older than that of its founding."""
    if one.matter == Matter.OPERATION:
        require_founded(school, on, one.counts_from)
    if one.matter != Matter.FOUNDING:
        return
    papers = school_decisions(school.pk)
    early = [row for row in papers if row.matter == Matter.OPERATION and row.decided_on < on]
    if early:
        raise OperatesBeforeFounding(since=day(one.counts_from), signed=day(on))


def _correct_what_it_brought(school: School, one: SchoolDecision, old: str) -> None:
    """Name the number of today where what a decision brought names it."""
    rows = SchoolVersion.objects.unscoped(because=_WHY).filter(school=school, decision=old)
    begun = Q(starts_on=one.counts_from)
    if one.matter in (*CONVERSIONS, Matter.FOUNDING):
        rows.filter(begun).update(decision=one.number)
    if one.matter in CLOSINGS:
        correct_end_paper(school.pk, number=one.number, signed_on=one.decided_on)
