"""Opening rounds of choosing, taking wishes, reminding who hasn't chosen."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.platform.audit.api import record, write_new
from khuevan.platform.notifications.api import notify
from khuevan.registry.choices import audit_codes
from khuevan.registry.choices.errors import (
    NothingOffered,
    NotInRound,
    RoundBegun,
    RoundNamed,
    RoundNotOpen,
    RoundPublished,
    RoundsOverlap,
    RoundUnfit,
    WishesUnfit,
)
from khuevan.registry.choices.models import ChoiceRound, Combination, WishList
from khuevan.registry.choices.notices import PLEASE_CHOOSE
from khuevan.registry.choices.permissions import GIVE_WISHES, MANAGE_CHOICES
from khuevan.registry.choices.selectors.combinations import sitting
from khuevan.registry.choices.selectors.rounds import offered_in, standing_of
from khuevan.registry.choices.telling import families_of
from khuevan.registry.schools.api import AcademicYear, GradeLevel, School
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.ui.formats import day

BECAUSE = "of a round that the actor keeps or chooses in"
ONE_DAY = timedelta(days=1)
SEED_BYTES = 16


@dataclass(frozen=True, slots=True)
class RoundData:
    """What is said of a round."""

    name: str
    first: date
    last: date
    most_wishes: int = 3
    score_name: str = ""


@transaction.atomic
def open_round(
    *,
    actor: Actor,
    school: School,
    year: AcademicYear,
    grade: GradeLevel,
    data: RoundData,
    now: datetime,
) -> ChoiceRound:
    """Make a round; its seed is drawn here, once, and only its hash is told until the result.

    :raises NotFound: when the actor keeps no rounds of this school
    :raises NothingOffered: when the grade has fewer than two combinations
    :raises RoundNamed, RoundUnfit, RoundsOverlap:
    """
    if school.pk not in actor.reach(MANAGE_CHOICES, "school"):
        raise NotFound
    one = ChoiceRound(
        school=school,
        academic_year=year,
        grade_level=grade,
        seed=secrets.token_hex(SEED_BYTES),
    )
    if len(offered_in(one)) < 2:
        raise NothingOffered
    _say(one, data)
    _told(audit_codes.ROUND_KEPT, actor, one, now, name=one.name)
    return one


@transaction.atomic
def change_round(*, actor: Actor, uuid: UUID, data: RoundData, now: datetime) -> ChoiceRound:
    """Change a round: everything before it begins, its last day until a result is published.

    :raises RoundBegun: when more than the last day differs after the first day
    :raises RoundPublished, RoundNamed, RoundUnfit, RoundsOverlap:
    """
    one = locked_round(actor, uuid)
    if one.published_at is not None:
        raise RoundPublished(day=day(one.published_at.date()))
    rules = (data.first, data.most_wishes, data.score_name)
    stands = (one.starts_on, one.most_wishes, one.score_name)
    if one.starts_on <= actor.today and rules != stands:
        raise RoundBegun
    _say(one, data)
    _told(audit_codes.ROUND_KEPT, actor, one, now, name=one.name)
    return one


@transaction.atomic
def give_wishes(
    *,
    actor: Actor,
    round_uuid: UUID,
    student_uuid: UUID,
    combination_ids: Sequence[int],
    now: datetime,
) -> WishList:
    """Rank combinations for a pupil: the family or the pupil, or the school office for them.

    :raises NotFound: for anybody else's pupil, and of another school
    :raises RoundNotOpen: before the first and after the last day, for families
    :raises WishesUnfit, NotInRound, RoundPublished:
    """
    one = (
        ChoiceRound.objects.unscoped(because=BECAUSE).select_for_update(no_key=True).one(round_uuid)
    )
    student = Student.objects.unscoped(because=BECAUSE).select_related("person").one(student_uuid)
    _require_say(actor, one, student)
    placed = [row for row in _placements(one, actor.today) if row.student_id == student.pk]
    if not placed:
        raise NotInRound(name=student.person.full_name)
    names = _require_fit(one, combination_ids, _offered(one))
    row = _list_of(one, placed[0])
    row.combination_ids = list(combination_ids)
    row.given_by_id, row.given_at = actor.person_id, now
    row.save()
    record(
        audit_codes.WISHES_GIVEN,
        actor=actor,
        at=now,
        target=one,
        unit_id=one.school_id,
        person_id=student.person_id,
        details={"wishes": ", ".join(names)},
    )
    return row


@dataclass(frozen=True, slots=True)
class Said:
    """What a line of a list says of a pupil; None where it says nothing."""

    student_id: int
    combination_ids: Sequence[int] | None = None
    points: Decimal | None = None


@transaction.atomic
def list_wishes(*, actor: Actor, uuid: UUID, said: Sequence[Said], now: datetime) -> int:
    """Enter wishes and scores of many pupils at once; return how many.

    :raises WishesUnfit, NotInRound, RoundPublished:
    """
    one = locked_round(actor, uuid)
    if one.published_at is not None:
        raise RoundPublished(day=day(one.published_at.date()))
    placed = {row.student_id: row for row in _placements(one, actor.today)}
    there = {
        row.student_id: row for row in WishList.objects.unscoped(because=BECAUSE).filter(round=one)
    }
    offered = _offered(one)
    rows = []
    for each in said:
        if each.student_id not in placed:
            raise NotInRound(name=_name_of(each.student_id))
        row = there.get(each.student_id) or _new(one, placed[each.student_id])
        if each.combination_ids:
            _require_fit(one, each.combination_ids, offered)
            row.combination_ids = list(each.combination_ids)
            row.given_by_id, row.given_at = actor.person_id, now
        if each.points is not None:
            row.points = each.points
        rows.append(row)
    write_new([row for row in rows if row.student_id not in there])
    WishList.objects.unscoped(because=BECAUSE).bulk_update(
        [row for row in rows if row.student_id in there],
        ["combination_ids", "given_by", "given_at", "points"],
    )
    record(
        audit_codes.WISHES_LISTED,
        actor=actor,
        at=now,
        target=one,
        unit_id=one.school_id,
        details={"count": len(said)},
    )
    return len(said)


@transaction.atomic
def remind(*, actor: Actor, uuid: UUID, now: datetime) -> int:
    """Tell pupils who haven't chosen and their families; return how many people.

    :raises RoundNotOpen:
    """
    one = locked_round(actor, uuid)
    if not one.is_open(actor.today):
        raise _not_open(one)
    missing = [each.placement.person_id for each in standing_of(one, on=actor.today).missing]
    people = families_of(missing, on=actor.today)
    notify(
        {person for found in people.values() for person in found},
        PLEASE_CHOOSE,
        now=now,
        params={"name": one.name, "day": day(one.last_day)},
        link="/family/choices/",
    )
    count = len({person for found in people.values() for person in found})
    _told(audit_codes.REMINDED, actor, one, now, count=count)
    return count


def locked_round(actor: Actor, uuid: UUID) -> ChoiceRound:
    """Return a round that the actor keeps, locked, or raise `NotFound`."""
    rows = ChoiceRound.objects.visible_to(actor, MANAGE_CHOICES)
    return (
        rows.select_related("grade_level", "academic_year")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )


def _say(one: ChoiceRound, data: RoundData) -> None:
    if data.last < data.first:
        raise RoundUnfit
    _require_alone(one, data)
    one.name, one.most_wishes, one.score_name = data.name, data.most_wishes, data.score_name
    one.starts_on, one.ends_on = data.first, data.last + ONE_DAY
    try:
        with transaction.atomic():
            one.save()
    except IntegrityError as error:
        _require_alone(one, data)  # somebody else's round came at the same time
        raise RoundNamed(name=data.name) from error


def _require_alone(one: ChoiceRound, data: RoundData) -> None:
    """Refuse days on which the grade chooses in another round."""
    others = ChoiceRound.objects.unscoped(because=BECAUSE).filter(
        school_id=one.school_id,
        academic_year_id=one.academic_year_id,
        grade_level_id=one.grade_level_id,
        starts_on__lte=data.last,
        ends_on__gt=data.first,
    )
    other = others.exclude(pk=one.pk).order_by("starts_on").first()
    if other is not None:
        raise RoundsOverlap(name=other.name, first=day(other.starts_on), last=day(other.last_day))


def _require_say(actor: Actor, one: ChoiceRound, student: Student) -> None:
    """Refuse who has no say about a pupil, and families outside the days of a round."""
    if one.school_id in actor.reach(MANAGE_CHOICES, "school"):
        if one.published_at is not None:
            raise RoundPublished(day=day(one.published_at.date()))
        return
    if student.person_id not in actor.reach(GIVE_WISHES, "person"):
        raise NotFound
    if not one.is_open(actor.today):
        raise _not_open(one)


def _not_open(one: ChoiceRound) -> RoundNotOpen:
    return RoundNotOpen(first=day(one.starts_on), last=day(one.last_day))


def _offered(one: ChoiceRound) -> dict[int, Combination]:
    return {row.pk: row for row in offered_in(one)}


def _require_fit(
    one: ChoiceRound, combination_ids: Collection[int], offered: Mapping[int, Combination]
) -> list[str]:
    fits = 1 <= len(combination_ids) <= one.most_wishes
    is_once = len(set(combination_ids)) == len(combination_ids)
    if not fits or not is_once or any(pk not in offered for pk in combination_ids):
        raise WishesUnfit(most=one.most_wishes)
    return [offered[pk].name for pk in combination_ids]


def _placements(one: ChoiceRound, on: date) -> list[ClassPlacement]:
    return sitting(
        school_id=one.school_id,
        year_id=one.academic_year_id,
        grade_id=one.grade_level_id,
        on=on,
    )


def _name_of(student_id: int) -> str:
    """Return what a pupil is called that a list names and the round has not."""
    rows = Student.objects.unscoped(because=BECAUSE).select_related("person")
    name: str = rows.get(pk=student_id).person.full_name
    return name


def _list_of(one: ChoiceRound, placed: ClassPlacement) -> WishList:
    rows = WishList.objects.unscoped(because=BECAUSE)
    return rows.filter(round=one, student_id=placed.student_id).first() or _new(one, placed)


def _new(one: ChoiceRound, placed: ClassPlacement) -> WishList:
    return WishList(
        round=one,
        school_id=one.school_id,
        student_id=placed.student_id,
        person_id=placed.person_id,
    )


def _told(code: str, actor: Actor, one: ChoiceRound, now: datetime, **details: object) -> None:
    record(code, actor=actor, at=now, target=one, unit_id=one.school_id, details=details)
