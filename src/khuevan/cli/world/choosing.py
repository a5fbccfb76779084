"""What grade 10 of the cast's upper secondary school may choose from, and a round going on."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from khuevan.cli.world.cast import LINH
from khuevan.cli.world.draw import seeded
from khuevan.cli.world.staffing import CHOSEN_UPPER
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.choices.api import (
    ChoiceRound,
    Combination,
    CombinationClass,
    CombinationData,
    RoundData,
    Said,
    list_wishes,
    make_combination,
    open_round,
)
from khuevan.registry.schools.api import (
    AcademicYear,
    GradeLevel,
    HomeroomClass,
    School,
    academic_year_on,
    grade_levels,
)
from khuevan.registry.students.api import ClassPlacement

WHY = "the demo's own school of grade 10"
GRADE = "10"
NAMES = ("Tự nhiên 1", "Tự nhiên 2", "Xã hội 1", "Xã hội 2")
CLUSTERS = (
    ("Toán", "Vật lí", "Hóa học"),
    ("Toán", "Hóa học", "Công nghệ"),
    ("Ngữ văn", "Lịch sử", "Địa lí"),
    ("Ngữ văn", "Lịch sử", "Giáo dục kinh tế và pháp luật"),
)
LIKED = (5, 2, 2, 3)
"""How readily each is wished first: the first one by more than it has places for."""
PLACES = (85, 100, 100, 100)
"""Of a hundred seats of its classes: the first combination has fewer places than it is wished."""
SCORE = "Điểm xét tuyển lớp 10"
BEGAN, LASTS = timedelta(days=5), timedelta(days=21)
AS_TAUGHT = 0.85
"""How many want what their class is taught already."""
SILENT_EVERY = 9
"""One pupil of so many has not chosen yet."""


@transaction.atomic
def let_choose(code: str, *, actor: Actor, now: datetime) -> None:
    """Offer combinations to grade 10 of a school and open a round most have chosen in; once.

    The cast's own pupil has not chosen yet.
    """
    year = academic_year_on(actor.today)
    school = School.objects.unscoped(because=WHY).get(code=code)
    if year is None or Combination.objects.unscoped(because=WHY).filter(school=school).exists():
        return
    grade = next(one for one in grade_levels(["THPT"]) if one.code == GRADE)
    seats = _seats(school, year, grade, actor.today)
    offered = _offer(school, year, grade, seats, actor=actor, now=now)
    one = open_round(
        actor=actor,
        school=school,
        year=year,
        grade=grade,
        data=RoundData(
            f"Chọn tổ hợp môn khối {GRADE}", actor.today - BEGAN, actor.today + LASTS, 3, SCORE
        ),
        now=now,
    )
    _choose(one, offered, seats, actor=actor, now=now)


def _seats(school: School, year: AcademicYear, grade: GradeLevel, on: date) -> list[ClassPlacement]:
    rows = ClassPlacement.objects.unscoped(because=WHY).filter(
        in_force(on),
        school=school,
        homeroom_class__academic_year=year,
        homeroom_class__grade_level=grade,
    )
    return list(
        rows.select_related("person", "homeroom_class").order_by(
            "homeroom_class__sort_key", "sort_key", "pk"
        )
    )


def _offer(
    school: School,
    year: AcademicYear,
    grade: GradeLevel,
    seats: list[ClassPlacement],
    *,
    actor: Actor,
    now: datetime,
) -> list[Combination]:
    """Offer what the classes are taught by turns; the last class is shared by the last two."""
    rooms = list(dict.fromkeys(seat.homeroom_class for seat in seats))
    carried = [rooms[index :: len(NAMES)] or rooms[-1:] for index in range(len(NAMES))]
    carried[-1] = list(dict.fromkeys([*carried[-1], rooms[-1]]))
    return [
        make_combination(
            actor=actor,
            school=school,
            year=year,
            grade=grade,
            data=CombinationData(
                name,
                options,
                clusters,
                _places(index, carried, seats),
                [r.pk for r in carried[index]],
            ),
            now=now,
        )
        for index, (name, options, clusters) in enumerate(
            zip(NAMES, CHOSEN_UPPER, CLUSTERS, strict=True)
        )
    ]


def _places(index: int, carried: list[list[HomeroomClass]], seats: list[ClassPlacement]) -> int:
    """Return the places of a combination: fewer than seats where several share a class."""
    found = 0
    for room in carried[index]:
        size = sum(seat.homeroom_class == room for seat in seats)
        found += size if sum(room in rooms for rooms in carried) == 1 else size * 3 // 4
    return max(1, found * PLACES[index] // 100)


def _choose(
    one: ChoiceRound,
    offered: list[Combination],
    seats: list[ClassPlacement],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    rng = seeded(0, "choices", one.school.code)
    rows = CombinationClass.objects.unscoped(because=WHY).filter(combination__in=offered)
    taught: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows.order_by("combination_id"):
        taught[row.homeroom_class_id].append(row.combination_id)
    said = []
    for number, seat in enumerate(seats, start=1):
        by_liking = sorted(
            zip(offered, LIKED, strict=True), key=lambda pair: -(rng.random() ** (1 / pair[1]))
        )
        wished = [row.pk for row, _liking in by_liking]
        if rng.random() < AS_TAUGHT:  # the combination of the own class first
            own = taught[seat.homeroom_class_id]
            liked = own[number % len(own)]
            wished.sort(key=lambda pk: pk != liked)
        points = Decimal(rng.randrange(60, 116)) / 4
        is_silent = number % SILENT_EVERY == 0 or seat.person.full_name == LINH.full_name
        said.append(Said(seat.student_id, None if is_silent else wished[: one.most_wishes], points))
    list_wishes(actor=actor, uuid=one.uuid, said=said, now=now)
