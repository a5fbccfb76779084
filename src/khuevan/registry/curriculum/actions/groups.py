"""Groups of pupils who learn a subject apart from their classmates."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force, not_over
from khuevan.platform.audit.api import record, write_new
from khuevan.registry.curriculum import audit_codes
from khuevan.registry.curriculum.errors import (
    GroupNamed,
    GroupUnplanned,
    PupilInAnotherGroup,
    PupilNotInClasses,
    TeacherInBlock,
)
from khuevan.registry.curriculum.group_rules import in_the_way
from khuevan.registry.curriculum.models import ClassSubject, GroupClass, GroupPupil, TeachingGroup
from khuevan.registry.curriculum.permissions import MANAGE_PLANS
from khuevan.registry.curriculum.selectors.groups import Group, groups_of
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School, class_names
from khuevan.registry.staff.api import (
    MANAGE_STAFF,
    StaffMember,
    TeachingAssignment,
    assign_teaching,
    known_subject,
    withdraw_teaching,
)
from khuevan.registry.students.api import ClassPlacement

BECAUSE = "of a group of a school whose plans the actor keeps"


@dataclass(frozen=True, slots=True)
class GroupData:
    """What is said of a group: its name, subject, as what it is learnt, classes, block."""

    name: str
    subject_name: str
    kind: str
    class_ids: Collection[int]
    block: str = ""


@transaction.atomic
def make_group(
    *, actor: Actor, school: School, year: AcademicYear, data: GroupData, now: datetime
) -> TeachingGroup:
    """Make a group without pupils and teacher.

    :raises NotFound: when the actor doesn't plan at this school, or a class isn't of it
    :raises GroupNamed: when the school has one of this name in the year
    :raises GroupUnplanned: when a class doesn't have the subject in its plan
    """
    if school.pk not in actor.reach(MANAGE_PLANS, "school"):
        raise NotFound
    group = TeachingGroup(school=school, academic_year=year)
    _say(actor, group, data)
    _told(audit_codes.GROUP_KEPT, actor, group, now)
    return group


@transaction.atomic
def change_group(
    *, actor: Actor, uuid: UUID, data: GroupData, on: date, now: datetime
) -> TeachingGroup:
    """Change what is said of a group; who sits in no class of it any longer isn't in it.

    Its teacher teaches the classes that are in it from then on, and those alone for its sake.

    :raises GroupNamed, GroupUnplanned, TeacherInBlock:
    """
    group = _locked(actor, uuid)
    member = group.staff_member
    moves = member is not None and _moves(group, data)
    if moves:
        group = give_group(actor=actor, uuid=uuid, member=None, on=on, now=now)
    _say(actor, group, data)
    if moves:
        give_group(actor=actor, uuid=uuid, member=member, on=on, now=now)
    _told(audit_codes.GROUP_KEPT, actor, group, now)
    return group


@transaction.atomic
def set_group_pupils(
    *, actor: Actor, uuid: UUID, student_ids: Collection[int], on: date, now: datetime
) -> TeachingGroup:
    """Say who is in a group from a day on.

    :raises PupilNotInClasses: when one of them sits in none of its classes then
    :raises PupilInAnotherGroup: when one is in another group of the subject, or of the block
    """
    group = _locked(actor, uuid)
    siblings = _siblings(group, on)
    own = next(one for one in siblings if one.id == group.pk)
    sitting = _sitting(own, on)
    outside = set(student_ids) - set(sitting)
    if outside:
        raise PupilNotInClasses(count=len(outside), classes=", ".join(own.class_names))
    kept_out = in_the_way(own.facts, [one.facts for one in siblings], student_ids)
    for other_id, pupils in kept_out.items():
        other = next(one for one in siblings if one.id == other_id)
        raise PupilInAnotherGroup(name=sitting[pupils[0]].person.full_name, group=other.name)
    _write_pupils(group, student_ids, sitting, on)
    _told(audit_codes.GROUP_PUPILS_SET, actor, group, now, count=len(set(student_ids)))
    return group


@transaction.atomic
def pick_group_pupils(
    *,
    actor: Actor,
    uuid: UUID,
    shown: Collection[int],
    picked: Collection[int],
    on: date,
    now: datetime,
) -> int:
    """Say of some pupils who is in a group from a day on, the others stay; return how many are.

    :raises PupilNotInClasses, PupilInAnotherGroup:
    """
    group = _locked(actor, uuid)
    own = next(one for one in _siblings(group, on) if one.id == group.pk)
    ids = (own.student_ids - set(shown)) | set(picked)
    set_group_pupils(actor=actor, uuid=uuid, student_ids=ids, on=on, now=now)
    return len(ids)


@transaction.atomic
def give_group(
    *, actor: Actor, uuid: UUID, member: StaffMember | None, on: date, now: datetime
) -> TeachingGroup:
    """Give a group to a teacher from a day on, or to nobody; classes are seen accordingly.

    :raises TeacherInBlock: when the teacher has another group of the block
    :raises NotOnStaff, SchoolClosed, OutsideTheYear: as `staff` has it
    """
    group = _locked(actor, uuid)
    if group.school_id not in actor.reach(MANAGE_STAFF, "school"):
        raise NotFound
    siblings = _siblings(group, on)
    own = next(one for one in siblings if one.id == group.pk)
    before = group.staff_member
    if before == member:
        return group
    if member is not None:
        _require_free(own, siblings, member)
    group.staff_member = member
    group.person_id = member.person_id if member else None
    group.save(update_fields=["staff_member", "person"])
    rooms = {room.pk: room for room in _rooms(own.class_ids)}
    if before is not None:
        for room_id in _left_to_nobody(own, siblings, before.pk):
            withdraw_teaching(
                actor=actor,
                homeroom_class=rooms[room_id],
                member=before,
                subject_name=group.subject_name,
                on=on,
                now=now,
            )
    if member is not None:
        _let_teach(actor, own, rooms, member, on, now)
    _told(audit_codes.GROUP_GIVEN, actor, group, now, person_id=group.person_id)
    return group


@transaction.atomic
def remove_group(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> None:
    """Dissolve a group; its teacher no longer teaches the classes for its sake."""
    group = _locked(actor, uuid)
    if group.staff_member is not None:
        group = give_group(actor=actor, uuid=uuid, member=None, on=on, now=now)
    _told(audit_codes.GROUP_REMOVED, actor, group, now)
    group.delete()


def _say(actor: Actor, group: TeachingGroup, data: GroupData) -> None:
    year = group.academic_year
    rooms = class_names(actor=actor, year=year, permission=MANAGE_PLANS).filter(
        school_id=group.school_id, pk__in=data.class_ids
    )
    found = {room.pk: room for room in rooms}
    if set(data.class_ids) - set(found):
        raise NotFound
    group.subject_name = known_subject(data.subject_name)
    group.name, group.kind, group.block = data.name, data.kind, data.block
    _require_planned(group, found.values())
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as error:
        raise GroupNamed(name=data.name) from error
    standing = GroupClass.objects.unscoped(because=BECAUSE).filter(group=group)
    standing.exclude(homeroom_class_id__in=found).delete()
    there = set(standing.values_list("homeroom_class_id", flat=True))
    write_new(
        [
            GroupClass(school_id=group.school_id, group=group, homeroom_class=room)
            for pk, room in found.items()
            if pk not in there
        ]
    )


def _moves(group: TeachingGroup, data: GroupData) -> bool:
    """Return whether who teaches the group teaches other classes, or something else, then."""
    rows = GroupClass.objects.unscoped(because=BECAUSE).filter(group=group)
    classes = set(rows.values_list("homeroom_class_id", flat=True))
    said = (data.subject_name, data.block, set(data.class_ids))
    return said != (group.subject_name, group.block, classes)


def _require_planned(group: TeachingGroup, rooms: Collection[HomeroomClass]) -> None:
    rows = ClassSubject.objects.unscoped(because=BECAUSE).filter(
        homeroom_class__in=[room.pk for room in rooms],
        subject_name=group.subject_name,
        kind=group.kind,
    )
    planned = set(rows.values_list("homeroom_class_id", flat=True))
    for room in rooms:
        if room.pk not in planned:
            raise GroupUnplanned(room=room.name, subject=group.subject_label)


def _write_pupils(
    group: TeachingGroup,
    student_ids: Collection[int],
    sitting: dict[int, ClassPlacement],
    on: date,
) -> None:
    rows = GroupPupil.objects.unscoped(because=BECAUSE)
    standing = rows.filter(not_over(on), group=group)
    there, unbegun, over = set(), [], []
    for row in standing.select_for_update(no_key=True, of=("self",)).order_by("pk"):
        if row.student_id in student_ids and row.starts_on <= on:
            there.add(row.student_id)
        elif row.starts_on >= on:
            unbegun.append(row.pk)
        else:
            over.append(row.pk)
    rows.filter(pk__in=unbegun).delete()
    rows.filter(pk__in=over).update(ends_on=on)
    write_new(
        [
            GroupPupil(
                school_id=group.school_id,
                group=group,
                student_id=pk,
                person_id=sitting[pk].person_id,
                starts_on=on,
                ends_on=group.academic_year.ends_on,
            )
            for pk in sorted(set(student_ids) - there)
        ]
    )


def _sitting(own: Group, on: date) -> dict[int, ClassPlacement]:
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        in_force(on), homeroom_class_id__in=own.class_ids
    )
    return {row.student_id: row for row in rows.select_related("person")}


def _require_free(own: Group, siblings: Sequence[Group], member: StaffMember) -> None:
    for other in siblings:
        together = own.block and own.block == other.block and other.id != own.id
        if together and other.staff_member_id == member.pk:
            raise TeacherInBlock(name=member.person.full_name, group=other.name, block=own.block)


def _left_to_nobody(own: Group, siblings: Sequence[Group], member_id: int) -> list[int]:
    """Return the classes that a teacher has for the sake of this group alone."""
    others = {
        room_id
        for one in siblings
        if one.id != own.id
        and one.staff_member_id == member_id
        and one.subject_name == own.subject_name
        for room_id in one.class_ids
    }
    return [room_id for room_id in own.class_ids if room_id not in others]


def _let_teach(
    actor: Actor,
    own: Group,
    rooms: dict[int, HomeroomClass],
    member: StaffMember,
    on: date,
    now: datetime,
) -> None:
    rows = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        not_over(on),
        homeroom_class_id__in=own.class_ids,
        staff_member=member,
        subject_name=own.subject_name,
    )
    there = set(rows.values_list("homeroom_class_id", flat=True))
    for room_id in own.class_ids:
        if room_id not in there:
            assign_teaching(
                actor=actor,
                homeroom_class=rooms[room_id],
                member=member,
                subject_name=own.subject_name,
                starts_on=on,
                now=now,
            )


def _rooms(ids: Collection[int]) -> list[HomeroomClass]:
    rows = HomeroomClass.objects.unscoped(because=BECAUSE).filter(pk__in=ids)
    return list(rows.select_related("school", "academic_year", "grade_level"))


def _siblings(group: TeachingGroup, on: date) -> list[Group]:
    """Return all groups of the school's year, locked: two people never fill them at once."""
    rows = (
        TeachingGroup.objects.unscoped(because=BECAUSE)
        .filter(school_id=group.school_id, academic_year_id=group.academic_year_id)
        .select_related("person")
        .select_for_update(no_key=True, of=("self",))
        .order_by("pk")
    )
    return groups_of(list(rows), on=on)


def _locked(actor: Actor, uuid: UUID) -> TeachingGroup:
    rows = TeachingGroup.objects.visible_to(actor, MANAGE_PLANS)
    return (
        rows.select_related("academic_year", "school", "staff_member__person")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )


def _told(
    code: str,
    actor: Actor,
    group: TeachingGroup,
    now: datetime,
    *,
    count: int = 0,
    person_id: int | None = None,
) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=group,
        unit_id=group.school_id,
        person_id=person_id,
        details={"group": group.name, "subject": group.subject_name, "count": count},
    )
