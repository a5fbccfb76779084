"""Two records of one person made one."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Q

from khuevan.kernel.actor import Actor
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import not_over
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.access.api import Grant, GrantSource
from khuevan.platform.accounts.api import Person, User, set_active
from khuevan.platform.audit.api import record
from khuevan.registry.duplicates import audit_codes, facts
from khuevan.registry.duplicates.actions.moving import (
    Trail,
    move,
    overlap,
    remove_twin_enrollments,
    remove_twin_guardianships,
    remove_twin_positions,
)
from khuevan.registry.duplicates.errors import (
    KeepTheColleague,
    MayNotFill,
    OwnRecord,
    PairChanged,
    ReasonNeeded,
    TwoSchoolsAtOnce,
)
from khuevan.registry.duplicates.following import pupil_followers
from khuevan.registry.duplicates.models import DuplicatePair, PairState, PersonMerge
from khuevan.registry.duplicates.permissions import SETTLE_PAIRS
from khuevan.registry.duplicates.rows import BY_MODEL, Follow
from khuevan.registry.duplicates.selectors import pairs
from khuevan.registry.people.api import home_of, name_followers
from khuevan.registry.staff.api import (
    Appointment,
    Position,
    StaffMember,
    fillable,
    refresh_grants,
)
from khuevan.registry.students.api import Enrollment, Guardianship, Student, follow_guardians

CLOSED = "accounts.User.is_active"
WHY = "rows of two people the caller reached and locked"


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions of both rows when they were compared."""

    kept: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Both:
    """The two rows of one model: the one that stays and the one that is given up, if any."""

    model: str
    kept: Any
    given_up: Any


@transaction.atomic
def merge(
    *,
    actor: Actor,
    pair: UUID,
    kept: UUID,
    versions: Versions,
    taken: Collection[str],
    reason: str,
    now: datetime,
) -> PersonMerge:
    """Make the two records of a pair one; `taken` names facts of the record that is given up.

    Everything that hangs on the record given up goes to the one that is kept. What both have and
    one person can't have twice is refused; a stay recorded twice by one school is removed.

    :raises NotFound: when the pair is not the actor's to settle, or `kept` is neither of the two
    :raises PairChanged: when it was settled, or a row is no longer at the version compared
    :raises KeepTheColleague: when the record given up holds roles of work
    :raises OwnRecord, ReasonNeeded, TwoSchoolsAtOnce, KeepTheLonger, StandsInTheWay: when refused
    """
    if not normalize(reason):
        raise ReasonNeeded
    settled, people = _locked(actor, pair, kept)
    if (people.kept.version, people.given_up.version) != (versions.kept, versions.given_up):
        raise PairChanged
    on = now.astimezone(VIETNAM).date()
    trail = Trail()
    pupils, staff = _rows(Student, people), _rows(StaffMember, people)
    _check_roles(actor, people, staff, on=on)
    _check_schools(pupils)
    places = _places(people, pupils, staff)
    _remove_twins(trail, people, pupils, on=on)
    gone = _remove_twin_positions(trail, staff)
    for both in (pupils, staff):
        _move_all(trail, both)
    is_account_moved = _move_account(trail, people, actor=actor, reason=reason, now=now)
    _move_all(trail, people, with_account=is_account_moved)
    told = [_write_facts(both, taken) for both in (people, pupils, staff) if both.given_up]
    settle(people.kept, pupils.kept or pupils.given_up, staff.kept, on=on, gone=gone)
    follow_moved([pupils.kept, pupils.given_up], trail.moved)
    made = PersonMerge.objects.create(
        pair=settled,
        kept=people.kept,
        given_up=people.given_up,
        reason=normalize(reason),
        at=now,
        by=actor.label[:200],
        places=places,
        moved=trail.moved,
        removed=trail.removed,
        facts=told,
    )
    settled.state, settled.reason = PairState.MERGED, made.reason
    settled.settled_at, settled.settled_by = made.at, made.by
    settled.save(update_fields=["state", "reason", "settled_at", "settled_by"])
    note_merge(audit_codes.MERGED, actor, made, now=now, reason=made.reason)
    return made


def _locked(actor: Actor, pair: UUID, kept: UUID) -> tuple[DuplicatePair, Both]:
    found = pairs(actor, SETTLE_PAIRS).select_for_update(of=("self",)).one(pair)
    if found.state != PairState.OPEN:
        raise PairChanged
    rows = Person.objects.unscoped(because=WHY).filter(pk__in=(found.one_id, found.other_id))
    sides = {row.uuid: row for row in rows.select_for_update(of=("self",)).order_by("pk")}
    if kept not in sides:
        raise NotFound
    if actor.person_id in {row.pk for row in sides.values()}:
        raise OwnRecord
    stays = sides.pop(kept)
    return found, Both(facts.PERSON, stays, *sides.values())


def _check_roles(actor: Actor, people: Both, staff: Both, *, on: date) -> None:
    """Refuse to give up a record with roles of work: no merge hands them to somebody else.

    Of two colleagues one may be given up whose positions the actor may fill: nobody comes by a
    merge to what the actor could not have given.
    """
    grants = Grant.objects.unscoped(because=WHY).filter(not_over(on), person=people.given_up)
    by_hand = grants.exclude(source=GrantSource.DERIVED)
    if by_hand.exists() or (staff.given_up and not staff.kept):
        raise KeepTheColleague
    if staff.given_up:
        _check_positions(actor, staff.given_up, on=on)


def _check_positions(actor: Actor, member: StaffMember, *, on: date) -> None:
    held = Appointment.objects.unscoped(because=WHY).filter(not_over(on), staff_member=member)
    for post in held.select_related("unit").order_by("pk"):
        if post.position not in fillable(actor, post.unit, on=on):
            raise MayNotFill(position=Position(post.position).label)


def _places(people: Both, pupils: Both, staff: Both) -> list[int]:
    """Return whose records are touched: schools of both pupils and both's children, workplaces."""
    children = Guardianship.objects.unscoped(because=WHY).filter(
        guardian__in=(people.kept, people.given_up)
    )
    students = [one.pk for one in (pupils.kept, pupils.given_up) if one]
    stays = Enrollment.objects.unscoped(because=WHY).filter(is_primary=True)
    stays = stays.filter(
        Q(student__in=students) | Q(student__in=children.values("student"), ends_on__isnull=True)
    )
    places = set(stays.values_list("school_id", flat=True))
    if staff.given_up:
        posts = Appointment.objects.unscoped(because=WHY).filter(is_primary=True)
        posts = posts.filter(staff_member__in=(staff.kept, staff.given_up))
        places |= set(posts.values_list("unit_id", flat=True))
    return sorted(places)


def _rows(model: type[Student] | type[StaffMember], people: Both) -> Both:
    found = {
        row.person_id: row
        for row in model.objects.unscoped(because=WHY)
        .filter(person_id__in=(people.kept.pk, people.given_up.pk))
        .select_for_update(of=("self",))
        .order_by("pk")
    }
    label = f"{model._meta.app_label}.{model.__name__}"
    return Both(label, found.get(people.kept.pk), found.get(people.given_up.pk))


def _check_schools(pupils: Both) -> None:
    if not (pupils.kept and pupils.given_up):
        return
    mine, theirs = (_main_stays(one.pk) for one in (pupils.kept, pupils.given_up))
    for here in mine:
        for there in theirs:
            if here.school_id != there.school_id and overlap(here, there):
                raise TwoSchoolsAtOnce(here=here.school.code, there=there.school.code)


def _main_stays(student_id: int) -> list[Enrollment]:
    rows = Enrollment.objects.unscoped(because=WHY).filter(student_id=student_id, is_primary=True)
    return list(rows.select_related("school").order_by("starts_on"))


def _remove_twins(trail: Trail, people: Both, pupils: Both, *, on: date) -> None:
    students = []
    if pupils.kept and pupils.given_up:
        remove_twin_enrollments(trail, kept=pupils.kept.pk, given_up=pupils.given_up.pk)
        students = [(pupils.given_up.pk, pupils.kept.pk)]
    remove_twin_guardianships(trail, [(people.given_up.pk, people.kept.pk)], students, on)


def _remove_twin_positions(trail: Trail, staff: Both) -> list[str]:
    if not (staff.kept and staff.given_up):
        return []
    return remove_twin_positions(trail, kept=staff.kept.pk, given_up=staff.given_up.pk)


def _move_all(trail: Trail, both: Both, *, with_account: bool = False) -> None:
    if not (both.kept and both.given_up):
        return
    for link, follow in BY_MODEL[both.model].items():
        if follow is Follow.STAYS or link == "accounts.User.person":
            continue
        if follow is Follow.WITH_ACCOUNT and not with_account:
            continue
        move(trail, link, follow, source=both.given_up.pk, target=both.kept.pk)


def _move_account(trail: Trail, people: Both, *, actor: Actor, reason: str, now: datetime) -> bool:
    """Let the sign-in go along; where both have one, that of the record given up is closed."""
    users = {user.person_id: user for user in _users(people)}
    theirs = users.get(people.given_up.pk)
    if theirs is None:
        return False
    if people.kept.pk not in users:
        source, target = people.given_up.pk, people.kept.pk
        move(trail, "accounts.User.person", Follow.MOVES, source=source, target=target)
        return True
    if theirs.is_active:
        trail.note(CLOSED, [theirs.pk])
        set_active(actor=actor, user=theirs, is_active=False, unit_id=None, reason=reason, now=now)
    return False


def _users(people: Both) -> list[User]:
    return list(
        User.objects.unscoped(because=WHY)
        .filter(person__in=(people.kept, people.given_up))
        .order_by("pk")
    )


def _write_facts(both: Both, taken: Collection[str]) -> dict[str, Any]:
    """Write the facts of both rows and return them before and after, as data."""
    rows = [one for one in (both.kept, both.given_up) if one]
    before = [_values(both.model, one) for one in rows]
    if both.kept:
        after, left = facts.merged(both.model, both.kept, both.given_up, taken)
        more = [_next_version(one) for one in rows]
        _write(both.given_up, left, besides=more[1])
        _write(both.kept, after, besides=more[0])
    told = {
        "model": both.model,
        "rows": [one.pk for one in rows],
        "before": before,
        "after": [_values(both.model, one) for one in rows],
    }
    plain: dict[str, Any] = json.loads(json.dumps(told, cls=DjangoJSONEncoder))
    return plain


def _write(row: models.Model, values: Mapping[str, Any], *, besides: Mapping[str, Any]) -> None:
    """Set columns of a row and what else changes with them."""
    changed = {**values, **besides}
    for column, value in changed.items():
        setattr(row, column, value)
    row.save(update_fields=list(changed))


def _values(model: str, row: models.Model) -> dict[str, Any]:
    return {column: getattr(row, column) for column in facts.columns_of(model)}


def _next_version(row: models.Model) -> dict[str, int]:
    return {"version": row.version + 1} if isinstance(row, Person) else {}


def settle(
    person: Person,
    pupil: Student | None,
    member: StaffMember | None,
    *,
    on: date,
    gone: Collection[str] = (),
) -> None:
    """Let everything that follows from the rows of a person be what they say now.

    `gone` are the keys of rights that followed from positions which stood twice.
    """
    for follow in name_followers:
        follow(person)
    children = Guardianship.objects.unscoped(because=WHY).filter(guardian=person)
    students = {*children.values_list("student_id", flat=True), *([pupil.pk] if pupil else [])}
    follow_guardians(student_ids=sorted(students), on=on)
    if member is not None:
        refresh_grants([member.pk], gone=gone)


def follow_moved(pupils: Iterable[Student | None], moved: Mapping[str, list[Any]]) -> None:
    """Let whoever reckons from rows of pupils do so anew, where both records had one."""
    found = [one.pk for one in pupils if one is not None]
    if len(found) > 1:
        for follow in pupil_followers:
            follow(found, moved)


def note_merge(code: str, actor: Actor, made: PersonMerge, *, now: datetime, reason: str) -> None:
    """Write the audit entry of a merge or of its undoing, into the log of the kept one's unit."""
    on = now.astimezone(VIETNAM).date()
    record(
        code,
        actor=actor,
        at=now,
        target=made.kept,
        person_id=made.kept_id,
        unit_id=home_of(made.kept_id, on),
        details={"reason": reason, "given_up": made.given_up.full_name},
    )
