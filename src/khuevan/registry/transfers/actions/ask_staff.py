"""Opening the case of a colleague: the old or the new school asks, or the colleague."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.vietnamese import fold, name_sort_key, split_name
from khuevan.registry.people.api import STAFF_AGES, check_identity
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import (
    Appointment,
    Position,
    StaffMember,
    decider_on_leaders,
    positions_to_move_to,
)
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.actions.ask import Outside, Sought
from khuevan.registry.transfers.actions.case import check_near, local_day
from khuevan.registry.transfers.actions.opening import open_case
from khuevan.registry.transfers.desks import STAFF
from khuevan.registry.transfers.errors import (
    AlreadyMoving,
    ColleagueLeftMeanwhile,
    ColleagueNotFound,
    LeadersAreAppointed,
    NotOnesOwn,
    ReturnNeeded,
    SchoolIsClosed,
    WorksThere,
)
from khuevan.registry.transfers.kinds import Move, Route, Side, Subject
from khuevan.registry.transfers.models import Transfer
from khuevan.ui.formats import day


@dataclass(frozen=True, slots=True)
class StaffWish:
    """On what footing somebody moves, as what, from when, why; a secondment until when."""

    moves_on: date
    reason: str
    move: str = Move.WISH
    position: str = "TEACHER"
    returns_on: date | None = None


@dataclass(frozen=True, slots=True)
class StaffNewcomer:
    """A colleague who comes from outside the province."""

    full_name: str
    birth_date: date
    sex: str
    personal_number: str = ""


@transaction.atomic
def ask_for_colleague(
    *, actor: Actor, member_uuid: UUID, to: School | Outside, wish: StaffWish, now: datetime
) -> Transfer:
    """Ask, as the old school, for a colleague to move to another.

    :raises ColleagueLeftMeanwhile: when no main position at a school stands today
    :raises WorksThere, SchoolIsClosed, ReturnNeeded, AlreadyMoving, NotOnesOwn:
    """
    member = StaffMember.objects.visible_to(actor, STAFF.record).one(member_uuid)
    post = _post_of(member.pk, now)
    if post.unit_id not in actor.reach(STAFF.record, "school"):
        raise NotFound
    if member.person_id == actor.person_id:
        raise NotOnesOwn
    return _open(actor, post, to, wish, side=Side.RELEASER, now=now)


@transaction.atomic
def ask_to_move(*, actor: Actor, to: School | Outside, wish: StaffWish, now: datetime) -> Transfer:
    """Ask, for oneself, to move to another school by one's own wish.

    :raises ColleagueLeftMeanwhile: when no main position at a school stands today
    :raises WorksThere, SchoolIsClosed, ReturnNeeded, AlreadyMoving:
    """
    rows = StaffMember.objects.unscoped(because="the actor themself")
    member = rows.filter(person_id=actor.person_id).first() if actor.person_id else None
    if member is None or wish.move != Move.WISH:
        raise NotFound
    post = _post_of(member.pk, now)
    if post.unit_id not in actor.reach(STAFF.ask, "school"):
        raise NotFound
    return _open(actor, post, to, wish, side=Side.PERSON, now=now)


@transaction.atomic
def ask_for_colleague_of(
    *,
    actor: Actor,
    to_school: School,
    from_school: School,
    sought: Sought,
    wish: StaffWish,
    now: datetime,
) -> Transfer:
    """Ask, as the new school, for a colleague of another whom the application names.

    :raises ColleagueNotFound: unless name, birth date and number all agree; nothing else is told
    """
    if to_school.pk not in actor.reach(STAFF.record, "school"):
        raise NotFound
    today = local_day(now)
    post = facts.colleague_at(
        from_school.pk,
        full_name=sought.full_name,
        birth_date=sought.birth_date,
        number=sought.number,
        on=today,
    )
    if post is None:
        names = facts.unit_names([from_school.pk], on=today)
        raise ColleagueNotFound(school=names.get(from_school.pk, from_school.code))
    if post.person_id == actor.person_id:
        raise NotOnesOwn
    return _open(actor, post, to_school, wish, side=Side.RECEIVER, now=now)


@transaction.atomic
def ask_for_outsider(
    *,
    actor: Actor,
    to_school: School,
    outside: Outside,
    newcomer: StaffNewcomer,
    wish: StaffWish,
    now: datetime,
) -> Transfer:
    """Open a case for a colleague who comes from a school of another province."""
    if to_school.pk not in actor.reach(STAFF.record, "school"):
        raise NotFound
    today = local_day(now)
    check_identity(
        newcomer.full_name,
        newcomer.birth_date,
        ages=STAFF_AGES,
        today=today,
        personal_number=newcomer.personal_number,
    )
    _check_school(to_school, wish.moves_on, today=today)
    transfer = Transfer(
        full_name=newcomer.full_name,
        birth_date=newcomer.birth_date,
        sex=newcomer.sex,
        personal_number=newcomer.personal_number,
        sort_key=name_sort_key(*split_name(newcomer.full_name)),
        search_name=fold(newcomer.full_name),
        to_school=to_school,
        outside_school=outside.school,
        outside_province=outside.province,
        route=Route.IN,
        law=_law(wish.position, to_school.pk, today),
        asked_by=Side.RECEIVER,
    )
    return _begin(actor, transfer, wish, now=now)


def _post_of(member_id: int, now: datetime) -> Appointment:
    post = facts.position_of(member_id, on=local_day(now))
    if post is None:
        raise ColleagueLeftMeanwhile
    return post


def _open(
    actor: Actor,
    post: Appointment,
    to: School | Outside,
    wish: StaffWish,
    *,
    side: Side,
    now: datetime,
) -> Transfer:
    today, person = local_day(now), post.person
    law = _law(post.position, post.unit_id, today)
    route = Route.OUT
    if isinstance(to, School):
        if to.pk == post.unit_id:
            raise WorksThere
        _check_school(to, wish.moves_on, today=today)
        inside = facts.stays_in_area(post.unit_id, to.pk, law=law, on=today)
        route = Route.SAME_AREA if inside else Route.OTHER_AREA
    transfer = Transfer(
        staff_member_id=post.staff_member_id,
        person=person,
        full_name=person.full_name,
        sort_key=person.sort_key,
        search_name=person.search_name,
        birth_date=person.birth_date,
        sex=person.sex,
        from_school_id=post.unit_id,
        to_school=to if isinstance(to, School) else None,
        outside_school=to.school if isinstance(to, Outside) else "",
        outside_province=to.province if isinstance(to, Outside) else "",
        route=route,
        law=law,
        asked_by=side,
    )
    return _begin(actor, transfer, wish, now=now)


def _law(position: str, school_id: int, on: date) -> str:
    """Return by which law a case goes.

    :raises LeadersAreAppointed: for who leads a school
    """
    law = rules.law_of_position(position, on)
    if law is None:
        decider = decider_on_leaders(school_id, on=on)
        who = decider.who if decider else gettext("The managing office")
        raise LeadersAreAppointed(position=Position(position).label, who=who)
    return law


def _check_school(school: School, on: date, *, today: date) -> None:
    if school.closed_on is not None and school.closed_on <= max(on, today):
        name = facts.unit_names([school.pk], on=today).get(school.pk, school.code)
        raise SchoolIsClosed(school=name, day=day(school.closed_on))


def _begin(actor: Actor, transfer: Transfer, wish: StaffWish, *, now: datetime) -> Transfer:
    check_near(wish.moves_on, today=local_day(now))
    is_secondment = wish.move == Move.SECONDMENT
    if is_secondment != (wish.returns_on is not None):
        raise ReturnNeeded
    if wish.returns_on is not None:
        require_near(wish.returns_on, today=local_day(now))
        if wish.returns_on <= wish.moves_on:
            raise ReturnNeeded
    if wish.position not in positions_to_move_to() or wish.move not in Move.values:
        raise NotFound
    transfer.subject, transfer.move = Subject.STAFF, wish.move
    transfer.position, transfer.returns_on = wish.position, wish.returns_on
    transfer.moves_on, transfer.reason = wish.moves_on, wish.reason
    transfer.in_window = True
    open_case(actor, transfer, AlreadyMoving, now=now)
    return transfer
