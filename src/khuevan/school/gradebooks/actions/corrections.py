"""A mark changed after it was finished or locked: asked, confirmed, approved (ASM-15, REC-03)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import holders_at
from khuevan.platform.audit.api import record
from khuevan.platform.notifications.api import notify
from khuevan.registry.students.api import Student
from khuevan.school.gradebooks import audit_codes, notices
from khuevan.school.gradebooks.actions.entering import (
    Entry,
    Outcome,
    lock_book,
    require_teaches,
    write_marks,
)
from khuevan.school.gradebooks.cells import fits
from khuevan.school.gradebooks.column_names import slot_name
from khuevan.school.gradebooks.correction_rules import (
    InCharge,
    Step,
    after,
    confirmation_by,
    start,
)
from khuevan.school.gradebooks.errors import (
    CorrectionWaits,
    MarkChanged,
    NoSuchColumn,
    SameValue,
    StillOpen,
)
from khuevan.school.gradebooks.models import (
    Confirmation,
    Correction,
    CorrectionState,
    Gradebook,
)
from khuevan.school.gradebooks.permissions import (
    CONFIRM_CORRECTIONS,
    DECIDE_CORRECTIONS,
    ENTER_MARKS,
)
from khuevan.school.gradebooks.selectors.corrections import (
    in_charge_of,
    pupil_of,
    standing_mark,
    standing_of,
)
from khuevan.school.gradebooks.selectors.windows import Shut, shut_slots
from khuevan.school.gradebooks.slots import How, Slot, Word, content_of

BECAUSE = "of a correction that the actor reached and locked"


@transaction.atomic
def ask_correction(
    *,
    actor: Actor,
    uuid: UUID,
    student: UUID,
    slot: Slot,
    value: int,
    base: int,
    reason: str,
    now: datetime,
) -> Correction:
    """Ask that a mark be changed which may not be entered any more; `base` is its version seen.

    :raises NotFound, NotYourBook: when the gradebook isn't the actor's to enter
    :raises NoSuchColumn: when the column isn't there or the value doesn't fit it
    :raises StillOpen: while the mark may be entered
    :raises MarkChanged: when somebody changed it since the actor looked
    :raises SameValue: when it stands there already
    :raises CorrectionWaits: when one is under way
    """
    book = lock_book(actor, uuid)
    require_teaches(actor, book)
    pupil = pupil_of(book, student)
    if pupil is None:
        raise NotFound
    if slot not in book.slots or not fits(content_of(book.form, slot), value):
        raise NoSuchColumn
    if shut_slots(book, actor.today).get(slot) in (None, Shut.EARLY):
        raise StillOpen
    mark = standing_mark(book, pupil, slot)
    if (mark.version if mark else 0) != base:
        raise MarkChanged
    if (mark.value if mark else Word.CLEARED) == value:
        raise SameValue
    charge = in_charge_of(book.homeroom_class_id, actor.today)
    asker = actor.person_id
    if asker is None:
        raise NotFound
    state, confirmation = start(asker, charge)
    is_own = confirmation == Confirmation.ASKER
    try:
        with transaction.atomic():
            made = Correction.objects.create(
                school_id=book.school_id,
                homeroom_class_id=book.homeroom_class_id,
                gradebook=book,
                student=pupil,
                person_id=pupil.person_id,
                slot=slot,
                old_value=mark.value if mark else None,
                new_value=value,
                base=base,
                reason=reason,
                state=state,
                confirmation=confirmation,
                asked_at=now,
                asked_by_id=asker,
                confirmed_at=now if is_own else None,
                confirmed_by_id=asker if is_own else None,
            )
    except IntegrityError as error:
        raise CorrectionWaits from error
    _note(audit_codes.CORRECTION_ASKED, actor, made, now)
    _tell_next(made, charge, actor, now)
    return made


@transaction.atomic
def confirm_correction(*, actor: Actor, uuid: UUID, now: datetime) -> Correction:
    """Confirm a correction for the class one is in charge of, or stands in for.

    :raises NotFound: when it is out of reach
    :raises CorrectionOver, NotTheHomeroomTeacher: when it isn't the actor's to confirm
    """
    row, charge, who = _locked(actor, uuid, CONFIRM_CORRECTIONS)
    row.state = after(standing_of(row), Step.CONFIRM, who, charge)
    row.confirmation = confirmation_by(who, charge)
    row.confirmed_at, row.confirmed_by_id = now, who
    row.save(update_fields=["state", "confirmation", "confirmed_at", "confirmed_by"])
    _note(audit_codes.CORRECTION_CONFIRMED, actor, row, now)
    _tell_next(row, charge, actor, now)
    return row


@transaction.atomic
def turn_down_correction(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Correction:
    """Refuse as the homeroom teacher to confirm a correction, with a reason.

    :raises NotFound: when it is out of reach
    :raises CorrectionOver, NotTheHomeroomTeacher: when it isn't the actor's to confirm
    """
    row, charge, who = _locked(actor, uuid, CONFIRM_CORRECTIONS)
    state = after(standing_of(row), Step.TURN_DOWN, who, charge)
    return _settle(row, state, actor, who, now, answer=reason)


@transaction.atomic
def approve_correction(*, actor: Actor, uuid: UUID, now: datetime) -> Correction:
    """Approve a correction: the mark changes, and its averages with it.

    :raises NotFound: when it is out of reach
    :raises CorrectionOver, HomeroomFirst, TwoPeopleNeeded: when it can't be approved
    :raises MarkChanged: when the mark isn't the one any more that was to be changed
    """
    row, charge, who = _locked(actor, uuid, DECIDE_CORRECTIONS)
    state = after(standing_of(row), Step.APPROVE, who, charge)
    book = _lock_its_book(row)
    entered = write_marks(
        book,
        [Entry(row.student.uuid, row.slot, row.new_value, row.base)],
        by_id=row.asked_by_id,
        how=How.CORRECTED,
        now=now,
        on=actor.today,
        past_locks=True,
    )
    (answer,) = entered.answers
    is_written = answer.outcome is Outcome.SAVED and answer.version == row.base + 1
    if not is_written or answer.at != now:
        raise MarkChanged
    return _settle(row, state, actor, who, now)


@transaction.atomic
def refuse_correction(*, actor: Actor, uuid: UUID, reason: str, now: datetime) -> Correction:
    """Refuse a correction as the principal, with a reason; the mark stays.

    :raises NotFound: when it is out of reach
    :raises CorrectionOver: when it was settled
    """
    row, charge, who = _locked(actor, uuid, DECIDE_CORRECTIONS)
    state = after(standing_of(row), Step.REFUSE, who, charge)
    return _settle(row, state, actor, who, now, answer=reason)


@transaction.atomic
def withdraw_correction(*, actor: Actor, uuid: UUID, now: datetime) -> Correction:
    """Take back what one asked for, while it is open.

    :raises NotFound: when it is out of reach
    :raises CorrectionOver, NotYourCorrection: when it can't be withdrawn
    """
    row, charge, who = _locked(actor, uuid, ENTER_MARKS)
    row.state = after(standing_of(row), Step.WITHDRAW, who, charge)
    row.save(update_fields=["state"])
    _note(audit_codes.CORRECTION_WITHDRAWN, actor, row, now)
    return row


def _locked(actor: Actor, uuid: UUID, permission: Permission) -> tuple[Correction, InCharge, int]:
    found = Correction.objects.visible_to(actor, permission).one(uuid)
    row = Correction.objects.visible_to(actor, permission).lock(found.pk)
    if actor.person_id is None:
        raise NotFound
    return row, in_charge_of(row.homeroom_class_id, actor.today), actor.person_id


def _lock_its_book(row: Correction) -> Gradebook:
    """Lock the gradebook of a correction that the actor reached: one writer at a time."""
    return Gradebook.objects.unscoped(because=BECAUSE).lock(row.gradebook_id)


def _settle(
    row: Correction,
    state: CorrectionState,
    actor: Actor,
    who: int,
    now: datetime,
    *,
    answer: str = "",
) -> Correction:
    """Write the end of a correction, and tell whoever asked and confirmed."""
    row.state, row.answer = state, answer
    row.decided_at, row.decided_by_id = now, who
    row.save(update_fields=["state", "answer", "decided_at", "decided_by"])
    is_done = state == CorrectionState.DONE
    code = audit_codes.CORRECTION_DONE if is_done else audit_codes.CORRECTION_REFUSED
    _note(code, actor, row, now, reason=answer)
    kind = notices.CORRECTION_DONE if is_done else notices.CORRECTION_REFUSED
    told = {row.asked_by_id, row.confirmed_by_id} - {None, who}
    _tell([one for one in told if one is not None], kind, row, now)
    return row


def _tell_next(row: Correction, charge: InCharge, actor: Actor, now: datetime) -> None:
    """Tell whoever has to act next."""
    if row.state == CorrectionState.ASKED:
        _tell(charge.people, notices.CORRECTION_ASKED, row, now)
        return
    people = holders_at(row.school_id, DECIDE_CORRECTIONS, on=actor.today)
    _tell(people, notices.CORRECTION_CONFIRMED, row, now)


def _tell(people: Collection[int], kind: str, row: Correction, now: datetime) -> None:
    pupil: Student = row.student
    params = {
        "name": pupil.person.full_name,
        "asker": row.asked_by.full_name,
        "reason": row.answer,
    }
    link = reverse("gradebooks:correction", args=[row.uuid])
    notify(people, kind, now=now, params=params, link=link)


def _note(code: str, actor: Actor, row: Correction, now: datetime, *, reason: str = "") -> None:
    details = {
        "column": slot_name(row.gradebook.form, row.slot),
        "subject": row.gradebook.subject_name,
    }
    record(
        code,
        actor=actor,
        at=now,
        target=row,
        unit_id=row.school_id,
        person_id=row.person_id,
        details={**details, "reason": reason} if reason else details,
    )
