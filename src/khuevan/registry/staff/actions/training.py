"""What somebody was trained for: subjects, professional title, degrees and certificates."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.platform.audit.api import record
from khuevan.registry.staff import audit_codes
from khuevan.registry.staff.checks import check_end, check_period, local_day
from khuevan.registry.staff.code_lists import known_subject, known_title
from khuevan.registry.staff.errors import SubjectTwice, TitleTwice
from khuevan.registry.staff.models import (
    ProfessionalTitle,
    Qualification,
    StaffMember,
    StaffSubject,
)
from khuevan.registry.staff.permissions import MANAGE_STAFF
from khuevan.registry.staff.selectors import unit_of


@transaction.atomic
def add_subject(
    *,
    actor: Actor,
    member_uuid: UUID,
    subject_name: str,
    tie: str,
    starts_on: date,
    now: datetime,
) -> StaffSubject:
    """Keep that somebody is trained for a subject, or teaches it, from a day on.

    :raises UnknownSubject, SubjectTwice:
    """
    check_period(starts_on, None, today=local_day(now))
    member = StaffMember.objects.visible_to(actor, MANAGE_STAFF).one(member_uuid)
    try:
        with transaction.atomic():
            row = StaffSubject.objects.create(
                staff_member=member,
                person_id=member.person_id,
                subject_name=known_subject(subject_name),
                tie=tie,
                starts_on=starts_on,
            )
    except IntegrityError as error:
        raise SubjectTwice from error
    _record(audit_codes.SUBJECT_ADDED, actor, row, now, subject=row.subject_name, tie=_tie(row))
    return row


@transaction.atomic
def end_subject(*, actor: Actor, uuid: UUID, on: date, now: datetime) -> StaffSubject:
    """Keep that a subject no longer stands from a day on.

    :raises DayTooEarly, DayTooLate:
    """
    rows = StaffSubject.objects.visible_to(actor, MANAGE_STAFF)
    row = rows.select_for_update(no_key=True, of=("self",)).one(uuid)
    check_end(on, row.starts_on, row.ends_on)
    row.ends_on = on
    row.save(update_fields=["ends_on"])
    _record(audit_codes.SUBJECT_ENDED, actor, row, now, subject=row.subject_name, tie=_tie(row))
    return row


@transaction.atomic
def give_title(
    *,
    actor: Actor,
    member_uuid: UUID,
    code: str,
    starts_on: date,
    decision: str = "",
    now: datetime,
) -> ProfessionalTitle:
    """Keep a professional title from a day on, in place of the one that held.

    :raises UnknownTitle: when no list has the code
    :raises TitleTwice: when one that begins on that day or later is kept already
    """
    check_period(starts_on, None, today=local_day(now))
    title = known_title(code)
    member = StaffMember.objects.visible_to(actor, MANAGE_STAFF).one(member_uuid)
    rows = ProfessionalTitle.objects.unscoped(because="the titles of a member in reach")
    rows = rows.filter(staff_member=member)
    if rows.filter(starts_on__gte=starts_on).exists():
        raise TitleTwice
    rows.filter(ends_on__isnull=True).update(ends_on=starts_on)
    row = ProfessionalTitle.objects.create(
        staff_member=member,
        person_id=member.person_id,
        code=title.code,
        decision=decision,
        starts_on=starts_on,
    )
    _record(audit_codes.TITLE_GIVEN, actor, row, now, title=title.code)
    return row


@transaction.atomic
def add_qualification(
    *,
    actor: Actor,
    member_uuid: UUID,
    kind: str,
    level: str = "",
    field: str = "",
    issuer: str = "",
    issued_year: int | None = None,
    now: datetime,
) -> Qualification:
    """Keep a degree or certificate of somebody."""
    member = StaffMember.objects.visible_to(actor, MANAGE_STAFF).one(member_uuid)
    row = Qualification.objects.create(
        staff_member=member,
        person_id=member.person_id,
        kind=kind,
        level=level,
        field=field,
        issuer=issuer,
        issued_year=issued_year,
    )
    words = row.get_kind_display()
    _record(audit_codes.QUALIFICATION_ADDED, actor, row, now, kind=words)
    return row


@transaction.atomic
def withdraw_qualification(*, actor: Actor, uuid: UUID, now: datetime) -> Qualification:
    """Keep that a degree or certificate was recorded wrongly or no longer counts."""
    rows = Qualification.objects.visible_to(actor, MANAGE_STAFF)
    row = rows.select_for_update(no_key=True, of=("self",)).one(uuid)
    if row.withdrawn_on is None:
        row.withdrawn_on = local_day(now)
        row.save(update_fields=["withdrawn_on"])
        words = row.get_kind_display()
        _record(audit_codes.QUALIFICATION_WITHDRAWN, actor, row, now, kind=words)
    return row


def _tie(row: StaffSubject) -> str:
    return str(row.get_tie_display())


def _record(
    code: str,
    actor: Actor,
    row: StaffSubject | ProfessionalTitle | Qualification,
    now: datetime,
    **details: str,
) -> None:
    record(
        code,
        actor=actor,
        at=now,
        target=row,
        unit_id=unit_of(row.staff_member_id, on=actor.today),
        person_id=row.person_id,
        details=details,
    )
