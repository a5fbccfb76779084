"""Changing what a school is by law from a day on, correcting what was entered wrong, its code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over, require_near
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record, snapshot
from khuevan.platform.organizations.api import Signed, require_signed
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.decisions import write_decision
from khuevan.registry.schools.actions.opening import (
    build_version,
    code_once,
    require_fit,
    require_free_code,
)
from khuevan.registry.schools.competence import asked_on, conversion, decider_of
from khuevan.registry.schools.deciding import (
    require_decider,
    require_decision,
    require_under_province,
)
from khuevan.registry.schools.errors import (
    FactsNotRecorded,
    FactsTooEarly,
    LevelStillTaught,
    NothingChanged,
)
from khuevan.registry.schools.errors_of_founding import ConversionNotCorrection
from khuevan.registry.schools.facts import FACTS, SchoolFacts
from khuevan.registry.schools.models import (
    EducationLevel,
    HomeroomClass,
    Matter,
    School,
    SchoolCode,
    SchoolVersion,
)
from khuevan.registry.schools.permissions import DECIDE_SCHOOLS, MANAGE_SCHOOLS
from khuevan.registry.schools.rules import in_order
from khuevan.ui.formats import day

CORRECTED_WITHIN = timedelta(days=30)
"""How long type, levels and owner of a period count as an entry that may be wrong."""
_WHY = "the school was locked through its scope"


@transaction.atomic
def change_facts(
    *,
    actor: Actor,
    school_id: int,
    facts: SchoolFacts,
    on: date,
    now: datetime,
    signed: Signed | None = None,
) -> SchoolVersion:
    """Make a school something else by law from a day on; what was true before stays true.

    Another type, other levels or another owner are decided by whoever is competent for the school
    as it becomes; of the rest a decision is kept where one is given, whoever signed it.

    :raises DecisionNeeded, DecisionToCome, CountsBeforeDecision: without a decision before it
    :raises NotTheDecider: when another office decides about such a school
    :raises MoveBeforeConversion: when a commune would keep what another level founds
    :raises NumberUnfit, SignerNeeded, SignedOtherwise, PositionUnfit: when it can't be signed so
    :raises LevelsDontFit: when a school of this type teaches other levels
    :raises FactsTooEarly: when its facts changed on that day or later
    :raises NothingChanged: when it is the same already
    :raises LevelStillTaught: when a class of a level that ends is open on that day
    """
    school = School.objects.visible_to(actor, DECIDE_SCHOOLS).lock(school_id)
    require_fit(facts)
    if signed is not None:
        facts = replace(facts, decision=normalize(signed.number))
    current = _versions(school).order_by("-starts_on").first()
    if current is None or school.closed_on is not None:
        raise NotFound
    require_near(on, today=actor.today)
    if on <= current.starts_on:
        raise FactsTooEarly(since=day(current.starts_on))
    _require_change(current, facts)
    require_no_class(school.pk, facts, on=on)
    _decide(actor, school, current, facts, signed, on=on, now=now)
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    version = build_version(school.pk, facts, starts_on=on)
    version.save(force_insert=True)
    record(
        audit_codes.FACTS_CHANGED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        before=snapshot(current, *FACTS),
        after=snapshot(version, *FACTS, "decision", "starts_on"),
        details={"on": day(on), "decision": facts.decision or "–"},
    )
    return version


@transaction.atomic
def correct_facts(
    *, actor: Actor, school_id: int, facts: SchoolFacts, on: date, reason: str, now: datetime
) -> SchoolVersion:
    """Put right what was entered wrong about the period that holds on a day; its days stay.

    Type, levels and owner only while the period is new, and never below classes that are open.

    :raises ConversionNotCorrection: when type, levels or owner have held for long
    :raises LevelStillTaught: when a class of a level that would end is open in the period
    :raises MoveBeforeConversion: when a commune would keep what another level founds
    :raises LevelsDontFit: when a school of this type teaches other levels
    :raises FactsNotRecorded: when nothing is recorded for that day
    :raises NothingChanged: when it is the same already
    """
    school = School.objects.visible_to(actor, MANAGE_SCHOOLS).lock(school_id)
    require_near(on, today=actor.today)
    require_fit(facts)
    version = _versions(school).filter(in_force(on)).first()
    if version is None:
        raise FactsNotRecorded(on=day(on))
    _require_change(version, facts)
    require_a_slip(school, SchoolFacts.of(version), facts, today=actor.today)
    before = snapshot(version, *FACTS, "decision")
    for name in FACTS:
        setattr(version, name, getattr(facts, name))
    version.levels = list(in_order(facts.levels))
    version.decision = facts.decision
    version.save(update_fields=[*FACTS, "decision"])
    record(
        audit_codes.FACTS_CORRECTED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        before=before,
        after=snapshot(version, *FACTS, "decision"),
        details={"reason": normalize(reason)},
    )
    return version


@transaction.atomic
def change_code(
    *, actor: Actor, school_id: int, code: str, on: date, decision: str, now: datetime
) -> School:
    """Give a school another code from a day on; the old one still finds it.

    Until that day the old one is its code; `take_up_codes` changes it then.

    :raises CodeTaken: when a unit or school has or had the code
    :raises CodeReserved: when the code is a word of the addresses
    :raises FactsTooEarly: when the code changed on that day or later
    """
    school = School.objects.visible_to(actor, MANAGE_SCHOOLS).lock(school_id)
    require_near(on, today=actor.today)
    clean = normalize(code)
    require_free_code(clean)
    codes = SchoolCode.objects.unscoped(because=_WHY)
    current = codes.filter(school=school, ends_on=None).first()
    if current is None:
        raise NotFound
    if on <= current.starts_on:
        raise FactsTooEarly(since=day(current.starts_on))
    before = snapshot(school, "code")
    current.ends_on = on
    current.save(update_fields=["ends_on"])
    with code_once(clean):
        SchoolCode.objects.create(school=school, code=clean, decision=decision, starts_on=on)
        if on <= actor.today:
            school.code = clean
            school.save(update_fields=["code"])
    record(
        audit_codes.CODE_CHANGED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        before=before,
        after={"code": clean, "starts_on": on.isoformat()},
    )
    return school


@transaction.atomic
def take_up_codes(*, actor: Actor, on: date, now: datetime) -> int:
    """Let codes that were given for a day to come be the schools' codes from it; count them."""
    rows = SchoolCode.objects.unscoped(because="codes count from their day, for every school")
    late = rows.filter(in_force(on)).exclude(code=F("school__code")).select_related("school")
    late = late.filter(Q(school__closed_on__isnull=True) | Q(school__closed_on__gt=on))
    taken = list(late.select_for_update(no_key=True, of=("self", "school")).order_by("school_id"))
    for held in taken:
        school = held.school
        before = snapshot(school, "code")
        school.code = held.code
        school.save(update_fields=["code"])
        record(
            audit_codes.CODE_CHANGED,
            actor=actor,
            at=now,
            target=school,
            unit_id=school.pk,
            before=before,
            after=snapshot(school, "code"),
        )
    return len(taken)


def _decide(
    actor: Actor,
    school: School,
    current: SchoolVersion,
    facts: SchoolFacts,
    signed: Signed | None,
    *,
    on: date,
    now: datetime,
) -> None:
    """Keep the decision by which a school becomes something else; one is needed to convert it."""
    matter = conversion(SchoolFacts.of(current), facts)
    keep = partial(write_decision, school, counts_from=on, actor=actor, now=now)
    if matter is None:
        if signed is not None:
            other = require_decision(signed, counts_from=on, today=actor.today)
            require_signed(other, office="", who=_("the office"))
            keep(Matter.OTHER, other, None)
        return
    decision = require_decision(signed, counts_from=on, today=actor.today)
    as_asked = SchoolFacts.of(current) if matter == Matter.OWNER else facts
    asked = asked_on(school, decision.on, facts=as_asked)
    decider = require_decider(actor, asked, matter, signed=decision, own=DECIDE_SCHOOLS)
    require_under_province(asked_on(school, on, facts=as_asked), decider)
    keep(matter, decision, decider)


def _versions(school: School) -> ScopedQuerySet[SchoolVersion]:
    return SchoolVersion.objects.unscoped(because=_WHY).filter(school=school)


def _require_change(version: SchoolVersion, facts: SchoolFacts) -> None:
    now_so = SchoolFacts.of(version)
    same = all(getattr(now_so, name) == getattr(facts, name) for name in FACTS if name != "levels")
    if same and set(now_so.levels) == set(facts.levels) and now_so.decision == facts.decision:
        raise NothingChanged


def require_a_slip(school: School, was: SchoolFacts, becomes: SchoolFacts, *, today: date) -> None:
    """Refuse to convert a school without a decision, as if it had been entered wrong.

    :raises ConversionNotCorrection: when type, levels or owner have held for long
    :raises LevelStillTaught: when a class of a level that would end is open in the period
    :raises MoveBeforeConversion: when a commune would keep what another level founds
    """
    matter = conversion(was, becomes)
    if matter is None:
        return
    since = was.starts_on or today
    if today > since + CORRECTED_WITHIN:
        raise ConversionNotCorrection(days=CORRECTED_WITHIN.days)
    require_no_class(school.pk, becomes, on=since)
    asked = asked_on(school, since, facts=becomes)
    require_under_province(asked, decider_of(asked, matter, on=since))


def require_no_class(school_id: int, facts: SchoolFacts, *, on: date) -> None:
    """Refuse that a level isn't taught while a class of it is open on a day or later.

    :raises LevelStillTaught:
    """
    rows = HomeroomClass.objects.unscoped(because=_WHY).filter(school_id=school_id)
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    open_then = rows.filter(not_over(on, "academic_year"), is_open)
    left = open_then.exclude(grade_level__level__in=facts.levels)
    level = (
        left.values_list("grade_level__level", flat=True).order_by("grade_level__position").first()
    )
    if level is not None:
        label = EducationLevel(level).label
        raise LevelStillTaught(level=label, count=left.filter(grade_level__level=level).count())
