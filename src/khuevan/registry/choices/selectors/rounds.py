"""Reading rounds: who has chosen, what came out, why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import not_over
from khuevan.registry.choices.allotment_rules import Chooser, Outcome, Place, allot
from khuevan.registry.choices.models import (
    Allotment,
    ChoiceRound,
    Combination,
    PupilCombination,
    WishList,
)
from khuevan.registry.choices.permissions import GIVE_WISHES, VIEW_CHOICES
from khuevan.registry.choices.selectors.combinations import sitting
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.students.api import ClassPlacement, Student

BECAUSE = "of a round that the actor reached through a scope"


@dataclass(frozen=True, slots=True)
class Choosing:
    """A pupil of a round: where, what was wished, what came out."""

    placement: ClassPlacement
    wishes: WishList | None
    result: Allotment | None

    @property
    def has_chosen(self) -> bool:
        """Return whether any wish was given."""
        return self.wishes is not None and bool(self.wishes.combination_ids)


@dataclass(frozen=True, slots=True)
class Standing:
    """A round with its combinations and pupils."""

    round: ChoiceRound
    offered: tuple[Combination, ...]
    choosing: tuple[Choosing, ...]

    @property
    def missing(self) -> list[Choosing]:
        """Return who has not chosen."""
        return [one for one in self.choosing if not one.has_chosen]

    @property
    def first_wishes(self) -> Counter[int]:
        """Return how many want each combination most."""
        return Counter(
            one.wishes.combination_ids[0] for one in self.choosing if one.has_chosen and one.wishes
        )

    @property
    def places_given(self) -> Counter[int]:
        """Return how many got each combination."""
        return Counter(
            one.result.combination_id
            for one in self.choosing
            if one.result and one.result.combination_id
        )


def rounds(*, actor: Actor, school: School, year: AcademicYear) -> list[ChoiceRound]:
    """Return the rounds of a school's year, the newest first."""
    rows = ChoiceRound.objects.visible_to(actor, VIEW_CHOICES).filter(
        school=school, academic_year=year
    )
    return list(rows.select_related("grade_level").order_by("-starts_on", "-pk"))


def get_round_for(
    actor: Actor, uuid: UUID, permission: Permission, school: School | None = None
) -> ChoiceRound:
    """Return a round with this uuid, of a school where one is named, or raise `NotFound`."""
    rows = ChoiceRound.objects.visible_to(actor, permission)
    if school is not None:
        rows = rows.filter(school=school)
    return rows.select_related("grade_level", "academic_year", "school").one(uuid)


def offered_in(one: ChoiceRound) -> list[Combination]:
    """Return the combinations of a round that are still offered, by name."""
    rows = Combination.objects.unscoped(because=BECAUSE).filter(
        school_id=one.school_id,
        academic_year_id=one.academic_year_id,
        grade_level_id=one.grade_level_id,
        closed_on__isnull=True,
    )
    return list(rows.order_by("name", "pk"))


def standing_of(one: ChoiceRound, *, on: date) -> Standing:
    """Return how a round stands: four queries."""
    placed = sitting(
        school_id=one.school_id,
        year_id=one.academic_year_id,
        grade_id=one.grade_level_id,
        on=on,
    )
    wishes = {
        row.student_id: row
        for row in WishList.objects.unscoped(because=BECAUSE)
        .filter(round=one)
        .select_related("given_by")
    }
    results = {
        row.student_id: row
        for row in Allotment.objects.unscoped(because=BECAUSE)
        .filter(round=one)
        .select_related("combination")
    }
    choosing = tuple(
        Choosing(row, wishes.get(row.student_id), results.get(row.student_id)) for row in placed
    )
    return Standing(one, tuple(offered_in(one)), choosing)


def computed(standing: Standing) -> list[Outcome]:
    """Return what the rule gives for a round as it stands, in the order of choosing."""
    return allot(
        [Place(one.pk, one.capacity) for one in standing.offered],
        [chooser_of(one) for one in standing.choosing],
        standing.round.seed,
    )


def chooser_of(one: Choosing) -> Chooser:
    """Return a pupil of a round as the rule takes it; the code is the pupil's own id."""
    return Chooser(
        one.placement.student_id,
        str(one.placement.student.uuid),
        tuple(one.wishes.combination_ids) if one.wishes else (),
        one.wishes.points if one.wishes else None,
    )


def differs(standing: Standing, outcomes: Sequence[Outcome]) -> bool:
    """Return whether the stored result is no longer what the rule gives."""
    stored = {
        one.placement.student_id: (one.result.combination_id, one.result.wish, one.result.position)
        for one in standing.choosing
        if one.result
    }
    return stored != {one.chooser: (one.place, one.wish, one.position) for one in outcomes}


def left_without(standing: Standing, *, on: date) -> int:
    """Return how many got nothing in a round and learn no combination either: one query."""
    nothing = [
        one.placement.student_id
        for one in standing.choosing
        if one.result is not None and one.result.combination_id is None
    ]
    rows = PupilCombination.objects.unscoped(because=BECAUSE).filter(
        not_over(on), student_id__in=nothing
    )
    return len(set(nothing) - set(rows.values_list("student_id", flat=True)))


def rounds_of(*, actor: Actor, student: Student, room: HomeroomClass) -> list[ChoiceRound]:
    """Return the rounds of a pupil's grade that the family or the pupil reads, the newest first."""
    if student.person_id not in actor.reach(GIVE_WISHES, "person"):
        return []
    rows = ChoiceRound.objects.unscoped(because="of a child of the actor").filter(
        school_id=room.school_id,
        academic_year_id=room.academic_year_id,
        grade_level_id=room.grade_level_id,
        starts_on__lte=actor.today,
    )
    return list(rows.order_by("-starts_on", "-pk"))


def own_wishes(*, actor: Actor, one: ChoiceRound, student: Student) -> WishList | None:
    """Return what was wished for a pupil in a round."""
    rows = WishList.objects.visible_to(actor, GIVE_WISHES).filter(round=one, student=student)
    return rows.select_related("given_by").first()


def own_result(*, actor: Actor, one: ChoiceRound, student: Student) -> Allotment | None:
    """Return what came out for a pupil, once it is published."""
    if one.published_at is None:
        return None
    rows = Allotment.objects.visible_to(actor, GIVE_WISHES).filter(round=one, student=student)
    return rows.select_related("combination").first()
