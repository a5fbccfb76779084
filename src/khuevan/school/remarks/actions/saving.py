"""Saving comments: each as its teacher approves it, or as a draft that only teachers see.

As with marks, each names the version that its writer saw: what somebody else changed meanwhile is
told and not overwritten, and what is sent twice is found written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.vietnamese import normalize
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.remarks.errors import NotYourRemarks
from khuevan.school.remarks.limits import Limits, limits_of
from khuevan.school.remarks.models import (
    Remark,
    RemarkSheet,
    RemarkVersion,
    Source,
    State,
)
from khuevan.school.remarks.permissions import WRITE_REMARKS
from khuevan.school.remarks.selectors.targets import Target, get_target_for, shut_because, writes
from khuevan.school.remarks.suggesting import wordings
from khuevan.school.remarks.words import Found

BECAUSE = "of a class whose comments the actor writes"


@dataclass(frozen=True, slots=True)
class Entry:
    """A text for a pupil, over the version that its writer saw: 0 where there was none."""

    student: UUID
    text: str
    state: State
    source: Source
    base: int


class Outcome(StrEnum):
    """What became of an entry."""

    SAVED = "saved"
    CONFLICT = "conflict"
    """Somebody changed it meanwhile: a person decides."""
    LOCKED = "locked"
    REFUSED = "refused"
    """It has a word that no comment may have."""
    TOO_LONG = "too_long"
    REPEATED = "repeated"
    """Another pupil of the class has the same text."""
    GONE = "gone"
    """The pupil is not in the class."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of an entry, and what stands there now."""

    entry: Entry
    outcome: Outcome
    standing: Remark | None = None
    words: Sequence[Found] = ()
    told: Sequence[Found] = ()
    """Comparisons with other pupils: told, not refused."""
    same_as: str = ""
    longest: int = 0


@dataclass(frozen=True, slots=True)
class _Pupil:
    pk: int
    full_name: str
    given: str


@transaction.atomic
def save_remarks(
    *, actor: Actor, uuid: UUID, period: int, entries: Sequence[Entry], now: datetime
) -> list[Answer]:
    """Write comments on pupils of a class for a period; each entry has its own answer, in order.

    :raises NotFound: when the class is out of reach or has no such period
    :raises NotYourRemarks: when somebody else comments there
    """
    target = get_target_for(actor, uuid, WRITE_REMARKS)
    if period not in target.periods:
        raise NotFound
    if not writes(actor, target):
        raise NotYourRemarks
    sheet = _locked_sheet(target)
    pupils = _pupils(target)
    saving = _Saving(
        sheet=sheet,
        period=period,
        by_id=actor.person_id,
        now=now,
        limits=limits_of(target, actor.today),
        is_shut=shut_because(target, period, actor) is not None,
        pupils=pupils,
        standing=_standing(sheet, period),
    )
    answers = [saving.decide(one) for one in entries]
    _write(sheet, list(saving.written.values()))
    return answers


@dataclass(slots=True)
class _Saving:
    """One call: what stands, what was written in it, who has which wording."""

    sheet: RemarkSheet
    period: int
    by_id: int | None
    now: datetime
    limits: Limits
    is_shut: bool
    pupils: Mapping[UUID, _Pupil]
    standing: dict[int, Remark]
    written: dict[int, Remark] = field(default_factory=dict)

    def decide(self, one: Entry) -> Answer:
        """Return what becomes of an entry."""
        pupil = self.pupils.get(one.student)
        if pupil is None:
            return Answer(one, Outcome.GONE)
        text = normalize(one.text)
        state = State.EMPTY if not text else one.state
        there = self.standing.get(pupil.pk)
        told = self.limits.comparisons(text, name=pupil.full_name)
        if there and (there.text, there.state) == (text, state):
            return Answer(one, Outcome.SAVED, there, told=told)
        if (there.version if there else 0) != one.base:
            was_there = there is not None and self._was_written(there, one, text)
            return Answer(one, Outcome.SAVED if was_there else Outcome.CONFLICT, there)
        if self.is_shut:
            return Answer(one, Outcome.LOCKED, there)
        if there is None and not text:
            return Answer(one, Outcome.SAVED)
        refusal = self._refusal(one, pupil, text, state, there)
        if refusal is not None:
            return refusal
        new = Remark(
            sheet=self.sheet,
            student_id=pupil.pk,
            period=self.period,
            year=self.sheet.year,
            version=one.base + 1,
            state=state,
            source=one.source,
            text=text,
            by_id=self.by_id,
            at=self.now,
        )
        self.written[pupil.pk] = self.standing[pupil.pk] = new
        return Answer(one, Outcome.SAVED, new, told=told)

    def _was_written(self, there: Remark, one: Entry, text: str) -> bool:
        """Return whether this entry was written before, and somebody went on from it."""
        rows = RemarkVersion.objects.unscoped(because=BECAUSE).filter(
            sheet=self.sheet,
            student_id=there.student_id,
            period=self.period,
            year=self.sheet.year,
            version=one.base + 1,
            text=text,
            by_id=self.by_id,
        )
        return rows.exists()

    def _refusal(
        self, one: Entry, pupil: _Pupil, text: str, state: State, there: Remark | None
    ) -> Answer | None:
        words = self.limits.refused(text, name=pupil.full_name)
        if words:
            return Answer(one, Outcome.REFUSED, there, words=words)
        if len(text) > self.limits.longest:
            return Answer(one, Outcome.TOO_LONG, there, longest=self.limits.longest)
        same = self._same(pupil, text) if state is State.APPROVED else ""
        return Answer(one, Outcome.REPEATED, there, same_as=same) if same else None

    def _same(self, pupil: _Pupil, text: str) -> str:
        """Return who else of the class has an approved text that says the same."""
        said = wordings(text, pupil.given)
        for other in self.pupils.values():
            known = self.standing.get(other.pk)
            if other.pk == pupil.pk or known is None or known.state != State.APPROVED:
                continue
            if not said.isdisjoint(wordings(known.text, other.given)):
                return other.full_name
        return ""


def _locked_sheet(target: Target) -> RemarkSheet:
    """Return the sheet, made when nothing was written yet, locked: one writer at a time."""
    rows = RemarkSheet.objects.unscoped(because=BECAUSE)
    found, is_new = rows.get_or_create(
        homeroom_class=target.room,
        gradebook=target.book,
        defaults={
            "school_id": target.room.school_id,
            "academic_year": target.academic_year,
            "year": target.year,
        },
    )
    if is_new:
        with connection.cursor() as cursor:
            cursor.execute("SELECT remarks_add_year(%s)", [target.year])
    return rows.lock(found.pk)


def _pupils(target: Target) -> dict[UUID, _Pupil]:
    """Return the pupils who are or were in the class, by uuid."""
    rows = ClassPlacement.objects.unscoped(because=BECAUSE).filter(homeroom_class=target.room)
    return {
        one.student.uuid: _Pupil(one.student_id, one.person.full_name, one.person.given_name)
        for one in rows.select_related("student", "person")
    }


def _standing(sheet: RemarkSheet, period: int) -> dict[int, Remark]:
    rows = Remark.objects.unscoped(because=BECAUSE).filter(
        sheet=sheet, year=sheet.year, period=period
    )
    return {one.student_id: one for one in rows}


_UPSERT = """
INSERT INTO remarks_remark
    (sheet_id, year, by_id, at, period, student_id, version, state, source, text)
SELECT %s, %s, %s, %s, %s, rows.*
FROM unnest(%s::int[], %s::smallint[], %s::smallint[], %s::smallint[], %s::text[]) rows
ON CONFLICT (sheet_id, student_id, period, year) DO UPDATE
SET version = excluded.version, state = excluded.state, source = excluded.source,
    text = excluded.text, by_id = excluded.by_id, at = excluded.at
"""


def _write(sheet: RemarkSheet, remarks: Collection[Remark]) -> None:
    """Write comments of one sheet and period, of one person at one time, in one statement."""
    if not remarks:
        return
    first = next(iter(remarks))
    names = ("student_id", "version", "state", "source", "text")
    columns = [[getattr(one, name) for one in remarks] for name in names]
    columns[2:4] = [[int(value) for value in column] for column in columns[2:4]]
    values = [sheet.pk, sheet.year, first.by_id, first.at, first.period, *columns]
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT, values)
