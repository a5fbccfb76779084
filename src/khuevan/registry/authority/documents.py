"""An answer as a document: what REST and the command line give to programs."""

from __future__ import annotations

from datetime import date
from typing import Self
from uuid import UUID

from ninja import Schema

from khuevan.registry.authority.answers import Answer, Holder, Ruling


class HolderUnitOut(Schema):
    """The unit that decides, as it was called on that day.

    `place_listed_since` is set where it follows from the school's area on a day before a list
    of areas was read: the area is not verified before that day.
    """

    uuid: UUID
    code: str
    name: str
    by_place: bool
    place_listed_since: date | None


class SourceOut(Schema):
    """The text that says so, and how far that can be trusted."""

    regulation: str
    number: str
    article: str
    confidence: str
    is_first_day_sure: bool
    """Whether the first day was read too; else it is from memory."""


class HolderOut(Schema):
    """Who decides during a period; `ends_on` is the first day after it."""

    office: str
    title: str
    unit: HolderUnitOut | None
    source: SourceOut | None
    starts_on: date
    ends_on: date | None
    note: str

    @classmethod
    def of(cls, holder: Holder) -> Self:
        """Return the document of a holder."""
        unit, source = holder.unit, holder.source
        return cls(
            office=holder.office,
            title=holder.title,
            unit=HolderUnitOut(
                uuid=unit.uuid,
                code=unit.code,
                name=unit.name,
                by_place=unit.by_place,
                place_listed_since=unit.listed_since,
            )
            if unit
            else None,
            source=SourceOut(
                regulation=source.code,
                number=source.number,
                article=source.article,
                confidence=source.confidence,
                is_first_day_sure=source.is_first_day_sure,
            )
            if source
            else None,
            starts_on=holder.starts_on,
            ends_on=holder.ends_on,
            note=holder.note,
        )


class RulingOut(Schema):
    """Who decides at one level, in one circumstance; without one, why nobody can be named."""

    level: str
    circumstance: str
    decider: HolderOut | None
    reason: str
    before: HolderOut | None
    after: HolderOut | None

    @classmethod
    def of(cls, ruling: Ruling) -> Self:
        """Return the document of a ruling."""
        return cls(
            level=ruling.level,
            circumstance=ruling.circumstance,
            decider=_holder(ruling.holder),
            reason=ruling.reason,
            before=_holder(ruling.before),
            after=_holder(ruling.after),
        )


class AnswerOut(Schema):
    """Who decides a matter for a school on a day."""

    power: str
    name: str
    school: str
    school_name: str
    on: date
    rulings: list[RulingOut]

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """Return the document of an answer."""
        return cls(
            power=answer.power,
            name=answer.power_name,
            school=answer.school_code,
            school_name=answer.school_name,
            on=answer.on,
            rulings=[RulingOut.of(one) for one in answer.rulings],
        )


class PowerOut(Schema):
    """A matter that somebody decides: the code to ask with, and its name."""

    code: str
    name: str


def _holder(holder: Holder | None) -> HolderOut | None:
    return HolderOut.of(holder) if holder else None
