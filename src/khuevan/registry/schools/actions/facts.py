"""Changing what a school is by law from a day on, correcting what was entered wrong, its code."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over, require_near
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record, snapshot
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.opening import (
    build_version,
    require_fit,
    require_free_codes,
)
from khuevan.registry.schools.errors import (
    FactsNotRecorded,
    FactsTooEarly,
    LevelStillTaught,
    NothingChanged,
)
from khuevan.registry.schools.facts import FACTS, SchoolFacts
from khuevan.registry.schools.models import (
    EducationLevel,
    HomeroomClass,
    School,
    SchoolCode,
    SchoolVersion,
)
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS
from khuevan.registry.schools.rules import in_order

_WHY = "the school was locked through its scope"


@transaction.atomic
def change_facts(
    *, actor: Actor, school_id: int, facts: SchoolFacts, on: date, now: datetime
) -> SchoolVersion:
    """Make a school something else by law from a day on; what was true before stays true.

    :raises LevelsDontFit: when a school of this type teaches other levels
    :raises FactsTooEarly: when its facts changed on that day or later
    :raises NothingChanged: when it is the same already
    :raises LevelStillTaught: when a class of a level that ends is open on that day
    """
    school = School.objects.visible_to(actor, MANAGE_SCHOOLS).lock(school_id)
    require_fit(facts)
    current = _versions(school).order_by("-starts_on").first()
    if current is None or school.closed_on is not None:
        raise NotFound
    require_near(on, today=actor.today)
    if on <= current.starts_on:
        raise FactsTooEarly(since=f"{current.starts_on:%d/%m/%Y}")
    _require_change(current, facts)
    _require_no_class(school.pk, facts, on=on)
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
        details={"on": f"{on:%d/%m/%Y}", "decision": facts.decision or "–"},
    )
    return version


@transaction.atomic
def correct_facts(
    *, actor: Actor, school_id: int, facts: SchoolFacts, on: date, reason: str, now: datetime
) -> SchoolVersion:
    """Put right what was entered wrong about the period that holds on a day; its days stay.

    :raises LevelsDontFit: when a school of this type teaches other levels
    :raises FactsNotRecorded: when nothing is recorded for that day
    :raises NothingChanged: when it is the same already
    """
    school = School.objects.visible_to(actor, MANAGE_SCHOOLS).lock(school_id)
    require_near(on, today=actor.today)
    require_fit(facts)
    version = _versions(school).filter(in_force(on)).first()
    if version is None:
        raise FactsNotRecorded(on=f"{on:%d/%m/%Y}")
    _require_change(version, facts)
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

    :raises CodeTaken: when a school has or had the code
    :raises FactsTooEarly: when the code changed on that day or later
    """
    school = School.objects.visible_to(actor, MANAGE_SCHOOLS).lock(school_id)
    require_near(on, today=actor.today)
    clean = normalize(code)
    require_free_codes([clean])
    codes = SchoolCode.objects.unscoped(because=_WHY)
    current = codes.filter(school=school, ends_on=None).first()
    if current is None:
        raise NotFound
    if on <= current.starts_on:
        raise FactsTooEarly(since=f"{current.starts_on:%d/%m/%Y}")
    before = snapshot(school, "code")
    current.ends_on = on
    current.save(update_fields=["ends_on"])
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


def _versions(school: School) -> ScopedQuerySet[SchoolVersion]:
    return SchoolVersion.objects.unscoped(because=_WHY).filter(school=school)


def _require_change(version: SchoolVersion, facts: SchoolFacts) -> None:
    now_so = SchoolFacts.of(version)
    same = all(getattr(now_so, name) == getattr(facts, name) for name in FACTS if name != "levels")
    if same and set(now_so.levels) == set(facts.levels) and now_so.decision == facts.decision:
        raise NothingChanged


def _require_no_class(school_id: int, facts: SchoolFacts, *, on: date) -> None:
    rows = HomeroomClass.objects.unscoped(because=_WHY).filter(school_id=school_id)
    open_then = rows.filter(not_over(on, "academic_year"), closed_on=None)
    left = open_then.exclude(grade_level__level__in=facts.levels)
    level = (
        left.values_list("grade_level__level", flat=True).order_by("grade_level__position").first()
    )
    if level is not None:
        label = EducationLevel(level).label
        raise LevelStillTaught(level=label, count=left.filter(grade_level__level=level).count())
