"""The guardians of a record as its page lists them: in the order of contact, with what limits."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import last_day
from khuevan.registry.students.frame import Record
from khuevan.registry.students.models import (
    Guardianship,
    GuardianshipLimit,
    LimitKind,
    Relation,
)
from khuevan.registry.students.permissions import RECORD_GUARDIANS, VIEW_GUARDIANS
from khuevan.registry.students.selectors import former_guardians_of, guardians_of, limits_of
from khuevan.ui.formats import day
from khuevan.ui.tables import Pill


def family_rows(actor: Actor, record: Record) -> dict[str, Any]:
    """Return the guardians of today, those of before, and whether the actor changes them.

    What limits a guardian is told to the school's people, not on the family's own pages.
    """
    student, on = record.student, record.on
    is_own = student.person_id in actor.reach(VIEW_GUARDIANS, "person").ids
    may_record = record.standing.allows(actor, RECORD_GUARDIANS)
    limits = {} if is_own else limits_of(actor=actor, student=student, on=on)
    rows = list(guardians_of(actor=actor, student=student, on=on))
    former = [] if is_own else list(former_guardians_of(actor=actor, student=student, on=on))
    return {
        "guardians": [
            _row(record, row, limits.get(row.pk, []), place, may_record=may_record)
            for place, row in enumerate(rows, start=1)
        ],
        "former": [_former(record, row, may_record=may_record) for row in former],
        "may_record": may_record,
        "new_url": reverse("students:guardian_new", args=[student.uuid]),
    }


def _row(
    record: Record,
    row: Guardianship,
    limits: list[GuardianshipLimit],
    place: int,
    *,
    may_record: bool,
) -> dict[str, Any]:
    limit = next(iter(limits), None)
    return {
        "place": place,
        "name": row.full_name,
        "relation": Relation(row.relation).label,
        "on_behalf_of": row.on_behalf_of,
        "birth_year": row.birth_year or "",
        "phone": row.phone,
        "occupation": row.occupation,
        "pill": _limit_pill(limit, record) if limit else None,
        "limit_text": _limit_text(limit) if limit else "",
        "until": day(last_day(row.ends_on)) if row.ends_on else "",
        **(_links(record, row, limit, place) if may_record else {}),
    }


def _links(
    record: Record, row: Guardianship, limit: GuardianshipLimit | None, place: int
) -> dict[str, str]:
    uuid = record.student.uuid
    own = [uuid, row.uuid]
    return {
        "up_url": reverse("students:guardian_up", args=own) if place > 1 else "",
        "limit_url": "" if limit else reverse("students:guardian_limit", args=own),
        "lift_url": reverse("students:limit_lift", args=[uuid, limit.uuid]) if limit else "",
        "end_url": reverse("students:guardian_end", args=own),
    }


def _limit_pill(limit: GuardianshipLimit, record: Record) -> Pill:
    label = str(LimitKind(limit.kind).label)
    if limit.starts_on > record.on:
        words = {"what": label, "day": day(limit.starts_on)}
        return Pill("info", "clock-alert", _("%(what)s from %(day)s") % words)
    return Pill("bad" if limit.kind == LimitKind.NO_CONTACT else "warn", "shield-alert", label)


def _limit_text(limit: GuardianshipLimit) -> str:
    words = {"day": day(limit.starts_on), "paper": limit.paper}
    if limit.ends_on is None:
        return _("from %(day)s · %(paper)s") % words
    last = {"last": day(last_day(limit.ends_on))}
    return _("%(day)s to %(last)s · %(paper)s") % (words | last)


def _former(record: Record, row: Guardianship, *, may_record: bool) -> dict[str, Any]:
    told = (day(row.ends_on), row.end_reason, row.end_paper)
    restore = reverse("students:guardian_restore", args=[record.student.uuid, row.uuid])
    return {
        "name": row.full_name,
        "relation": Relation(row.relation).label,
        "told": " · ".join(part for part in told if part),
        "restore_url": restore if may_record and row.end_reason else "",
    }
