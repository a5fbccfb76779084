"""Another combination for a pupil: asked for by the office, decided by the principal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.platform.audit.api import record
from khuevan.platform.notifications.api import notify
from khuevan.registry.choices import audit_codes
from khuevan.registry.choices.actions.results import end_combinations
from khuevan.registry.choices.change_rules import needs_catch_up, new_subjects
from khuevan.registry.choices.errors import (
    CatchUpMissing,
    ChangeDecided,
    ChangeWaits,
    CombinationClosed,
    CombinationFull,
    SameCombination,
)
from khuevan.registry.choices.models import (
    ChangeState,
    Combination,
    CombinationChange,
    PupilCombination,
)
from khuevan.registry.choices.notices import CHANGE_IS_DECIDED
from khuevan.registry.choices.permissions import DECIDE_CHOICES, MANAGE_CHOICES
from khuevan.registry.choices.selectors.combinations import learning_on
from khuevan.registry.choices.telling import families_of
from khuevan.registry.staff.api import subject_label
from khuevan.registry.students.api import ClassPlacement, Student

BECAUSE = "of a pupil of a school whose combinations the actor keeps"


@dataclass(frozen=True, slots=True)
class ChangeData:
    """What is asked for: from which day, why, and how what was missed is caught up."""

    on: date
    reason: str
    catch_up: str = ""


@transaction.atomic
def ask_change(
    *, actor: Actor, student: Student, after: Combination, data: ChangeData, now: datetime
) -> CombinationChange:
    """Ask for another combination for a pupil, or for a first one of who has none.

    :raises NotFound: when the pupil isn't at a school whose combinations the actor keeps
    :raises SameCombination, CombinationClosed, ChangeWaits:
    :raises CatchUpMissing: after grade 10, where new subjects come and nothing is said of them
    """
    placed = _placement(actor, student, data.on)
    if after.school_id != placed.school_id:
        raise NotFound
    if after.closed_on is not None and after.closed_on <= data.on:
        raise CombinationClosed(name=after.name)
    held = _held(student, data.on)
    before = held.combination if held else None
    if before == after:
        raise SameCombination(name=student.person.full_name)
    new = new_subjects(
        before.options if before else (),
        before.clusters if before else (),
        after.options,
        after.clusters,
    )
    grade = placed.homeroom_class.grade_level.code
    if before and new and needs_catch_up(grade) and not data.catch_up:
        raise CatchUpMissing(subjects=", ".join(subject_label(one) for one in new))
    row = CombinationChange(
        school_id=placed.school_id,
        student=student,
        person_id=student.person_id,
        before=before,
        after=after,
        on=data.on,
        reason=data.reason,
        catch_up=data.catch_up,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        raise ChangeWaits(name=student.person.full_name) from error
    _told(audit_codes.CHANGE_ASKED, actor, row, now)
    return row


@transaction.atomic
def decide_change(
    *,
    actor: Actor,
    uuid: UUID,
    agrees: bool,
    note: str = "",
    over_reason: str = "",
    now: datetime,
) -> CombinationChange:
    """Approve a change, which then holds from its day, or refuse it.

    :param over_reason: why one more is taken where no place is left; kept on the record
    :raises ChangeDecided:
    :raises CombinationFull: when no place is left and no reason is said
    """
    rows = CombinationChange.objects.visible_to(actor, DECIDE_CHOICES)
    row = (
        rows.select_related("student__person", "after")
        .select_for_update(no_key=True, of=("self",))
        .one(uuid)
    )
    if row.state != ChangeState.ASKED:
        raise ChangeDecided
    if agrees:
        row.over_reason = _reason_to_take(row, over_reason)
    row.state = ChangeState.APPROVED if agrees else ChangeState.REFUSED
    row.decided_by_id, row.decided_at, row.decision_note = actor.person_id, now, note
    row.save(update_fields=["state", "decided_by", "decided_at", "decision_note", "over_reason"])
    if agrees:
        _write(row)
    people = families_of([row.person_id], on=actor.today)[row.person_id]
    notify(
        people,
        CHANGE_IS_DECIDED,
        now=now,
        params={"name": row.student.person.full_name},
        link="/family/choices/",
    )
    _told(_code_of(row), actor, row, now)
    return row


def _reason_to_take(row: CombinationChange, said: str) -> str:
    """Return why one more is taken: nothing where a place is left.

    The combination is locked: two changes never take the last place both.
    """
    rows = Combination.objects.unscoped(because=BECAUSE).select_for_update(no_key=True)
    after = rows.get(pk=row.after_id)
    taken = learning_on([after.pk], row.on, but=row.student_id)[after.pk]
    if taken < after.capacity:
        return ""
    if not said:
        raise CombinationFull(name=after.name, count=taken, capacity=after.capacity)
    return said


def _write(row: CombinationChange) -> None:
    end_combinations([row.student_id], row.on)
    PupilCombination.objects.create(
        school_id=row.school_id,
        student_id=row.student_id,
        person_id=row.person_id,
        combination=row.after,
        starts_on=row.on,
    )


def _code_of(row: CombinationChange) -> str:
    if row.state == ChangeState.REFUSED:
        return audit_codes.CHANGE_REFUSED
    return audit_codes.CHANGE_APPROVED_OVER if row.over_reason else audit_codes.CHANGE_APPROVED


def _placement(actor: Actor, student: Student, on: date) -> ClassPlacement:
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(in_force(on), student=student)
    found = rows.select_related("homeroom_class__grade_level").first()
    if found is None or found.school_id not in actor.reach(MANAGE_CHOICES, "school"):
        raise NotFound
    return found


def _held(student: Student, on: date) -> PupilCombination | None:
    rows = PupilCombination.objects.unscoped(because=BECAUSE).filter(in_force(on), student=student)
    return rows.select_related("combination").first()


def _told(code: str, actor: Actor, row: CombinationChange, now: datetime) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=row,
        unit_id=row.school_id,
        person_id=row.person_id,
        details={"name": row.after.name, "reason": row.over_reason},
    )
