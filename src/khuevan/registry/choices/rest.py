"""Combinations and results for programs: the same reach as the pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self
from uuid import UUID

from ninja import Schema

from khuevan.registry.choices.permissions import VIEW_CHOICES
from khuevan.registry.choices.selectors.combinations import Offer, offers
from khuevan.registry.choices.selectors.rounds import Choosing, get_round_for, standing_of
from khuevan.registry.choices.shown import result_words
from khuevan.registry.schools.api import academic_year_on, get_school_for
from khuevan.ui.request import Request
from khuevan.ui.rest import Router

router = Router(tags=["choices"])


class CombinationOut(Schema):
    """Chosen subjects and clusters of study topics that a school offers a grade this year."""

    id: UUID
    name: str
    grade: str
    options: list[str]
    clusters: list[str]
    capacity: int
    classes: list[str]
    pupils: int
    closed_on: date | None
    faults: list[str]

    @classmethod
    def of(cls, one: Offer) -> Self:
        """Return the document of a combination."""
        row = one.row
        return cls(
            id=row.uuid,
            name=row.name,
            grade=row.grade_level.code,
            options=row.options,
            clusters=row.clusters,
            capacity=row.capacity,
            classes=[room.name for room in one.rooms],
            pupils=one.pupils,
            closed_on=row.closed_on,
            faults=one.faults,
        )


class ChoiceOut(Schema):
    """A pupil of a round: wishes in order, what came out and why. Empty before it is computed."""

    student: UUID
    name: str
    class_name: str
    wishes: list[str]
    score: float | None
    position: int | None
    combination: str | None
    why: list[str]

    @classmethod
    def of(cls, each: Choosing, names: dict[int, str]) -> Self:
        """Return the document of a pupil."""
        wishes, result = each.wishes, each.result
        points = wishes.points if wishes else None
        return cls(
            student=each.placement.student.uuid,
            name=each.placement.person.full_name,
            class_name=each.placement.homeroom_class.name,
            wishes=[names.get(pk, "") for pk in (wishes.combination_ids if wishes else [])],
            score=None if points is None else float(points),
            position=result.position if result else None,
            combination=result.combination.name if result and result.combination else None,
            why=result_words(result, chose=each.has_chosen) if result else [],
        )


class RoundOut(Schema):
    """A round of choosing with its pupils. The seed of the lots is told with the result."""

    id: UUID
    name: str
    grade: str
    first_day: date
    last_day: date
    most_wishes: int
    score_name: str
    seed: str | None
    computed_at: datetime | None
    published_at: datetime | None
    pupils: list[ChoiceOut]


@router.get("/schools/{code}/combinations", permission=VIEW_CHOICES, response=list[CombinationOut])
def combinations(request: Request, code: str) -> list[CombinationOut]:
    """List the combinations of a school this year, by grade and name."""
    school = get_school_for(request.actor, code, VIEW_CHOICES)
    year = academic_year_on(request.actor.today)
    if year is None:
        return []
    found = offers(actor=request.actor, school=school, year=year, on=request.actor.today)
    return [CombinationOut.of(one) for one in found]


@router.get("/choice-rounds/{uuid}", permission=VIEW_CHOICES, response=RoundOut)
def choice_round(request: Request, uuid: UUID) -> RoundOut:
    """Read a round with the wishes and the result of each pupil."""
    one = get_round_for(request.actor, uuid, VIEW_CHOICES)
    standing = standing_of(one, on=request.actor.today)
    names = {row.pk: row.name for row in standing.offered}
    return RoundOut(
        id=one.uuid,
        name=one.name,
        grade=one.grade_level.code,
        first_day=one.starts_on,
        last_day=one.last_day,
        most_wishes=one.most_wishes,
        score_name=one.score_name,
        seed=one.seed if one.published_at else None,
        computed_at=one.computed_at,
        published_at=one.published_at,
        pupils=[ChoiceOut.of(each, names) for each in standing.choosing],
    )
