"""Computing the result of a round, and publishing it as facts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.platform.audit.api import record, write_new
from khuevan.platform.notifications.api import notify
from khuevan.registry.choices import audit_codes
from khuevan.registry.choices.actions.rounds import locked_round
from khuevan.registry.choices.allotment_rules import Outcome
from khuevan.registry.choices.errors import (
    ResultMissing,
    ResultRenewed,
    RoundPublished,
    RoundStillOpen,
)
from khuevan.registry.choices.models import Allotment, ChoiceRound, PupilCombination
from khuevan.registry.choices.notices import RESULT_IS_OUT
from khuevan.registry.choices.permissions import DECIDE_CHOICES
from khuevan.registry.choices.selectors.rounds import Standing, computed, differs, standing_of
from khuevan.registry.choices.telling import families_of
from khuevan.ui.formats import day

BECAUSE = "of a round whose result the actor decides"


@transaction.atomic
def compute_result(*, actor: Actor, uuid: UUID, now: datetime) -> list[Outcome]:
    """Compute who gets what, in place of what was computed before; nobody else is told.

    :raises RoundStillOpen: while wishes can change
    :raises RoundPublished:
    """
    one = locked_round(actor, uuid)
    _require_over(one, actor.today)
    standing = standing_of(one, on=actor.today)
    outcomes = computed(standing)
    Allotment.objects.unscoped(because=BECAUSE).filter(round=one).delete()
    write_new(list(_rows(standing, outcomes)))
    one.computed_at = now
    one.save(update_fields=["computed_at"])
    placed = sum(each.place is not None for each in outcomes)
    _told(audit_codes.RESULT_COMPUTED, actor, one, now, count=placed, total=len(outcomes))
    return outcomes


@transaction.atomic
def publish_result(
    *, actor: Actor, uuid: UUID, takes_effect_on: date, seen: str = "", now: datetime
) -> ChoiceRound:
    """Publish what was computed: each pupil learns the combination from a day on.

    :param seen: when the result was computed that was looked at, if it was
    :raises ResultRenewed: when it was computed again since
    :raises NotFound: when the actor doesn't decide at this school
    :raises ResultMissing: when nothing was computed, or it would come out otherwise now
    :raises RoundPublished, RoundStillOpen:
    """
    one = locked_round(actor, uuid)
    if one.school_id not in actor.reach(DECIDE_CHOICES, "school"):
        raise NotFound
    _require_over(one, actor.today)
    standing = standing_of(one, on=actor.today)
    if one.computed_at is None or differs(standing, computed(standing)):
        raise ResultMissing
    if seen and seen != one.computed_at.isoformat():
        raise ResultRenewed
    count = _become_facts(standing, takes_effect_on)
    one.published_at, one.takes_effect_on = now, takes_effect_on
    one.save(update_fields=["published_at", "takes_effect_on"])
    _tell(standing, actor.today, now)
    _told(audit_codes.RESULT_PUBLISHED, actor, one, now, count=count)
    return one


def _require_over(one: ChoiceRound, on: date) -> None:
    if one.published_at is not None:
        raise RoundPublished(day=day(one.published_at.date()))
    if on < one.ends_on:
        raise RoundStillOpen(last=day(one.last_day))


def _rows(standing: Standing, outcomes: Sequence[Outcome]) -> list[Allotment]:
    names = {row.pk: row.name for row in standing.offered}
    pupils = {each.placement.student_id: each.placement for each in standing.choosing}
    return [
        Allotment(
            round=standing.round,
            school_id=standing.round.school_id,
            student_id=each.chooser,
            person_id=pupils[each.chooser].person_id,
            combination_id=each.place,
            wish=each.wish,
            position=each.position,
            stood=each.stood,
            full=[
                {
                    "wish": full.wish,
                    "name": names[full.place],
                    "capacity": full.capacity,
                    "stood": full.stood,
                }
                for full in each.full
            ],
        )
        for each in outcomes
    ]


def _become_facts(standing: Standing, on: date) -> int:
    """Write which combination each pupil learns from a day on; return how many."""
    got = [each for each in standing.choosing if each.result and each.result.combination_id]
    end_combinations([each.placement.student_id for each in got], on)
    write_new(
        [
            PupilCombination(
                school_id=standing.round.school_id,
                student_id=each.placement.student_id,
                person_id=each.placement.person_id,
                combination=each.result.combination,
                starts_on=on,
            )
            for each in got
            if each.result and each.result.combination
        ]
    )
    return len(got)


def end_combinations(student_ids: Collection[int], on: date) -> None:
    """End what pupils learn on a day; what had not begun goes. A step of the caller's action."""
    rows = PupilCombination.objects.unscoped(because=BECAUSE)
    held = rows.filter(not_over(on), student_id__in=student_ids).order_by("pk")
    ids = [row.pk for row in held.select_for_update(no_key=True, of=("self",))]
    rows.filter(pk__in=ids, starts_on__gte=on).delete()
    rows.filter(pk__in=ids, starts_on__lt=on).update(ends_on=on)


def _tell(standing: Standing, on: date, now: datetime) -> None:
    people = families_of([each.placement.person_id for each in standing.choosing], on=on)
    notify(
        {person for found in people.values() for person in found},
        RESULT_IS_OUT,
        now=now,
        params={"name": standing.round.name},
        link="/family/choices/",
    )


def _told(code: str, actor: Actor, one: ChoiceRound, now: datetime, **details: object) -> None:
    record(code, actor=actor, at=now, target=one, unit_id=one.school_id, details=details)
