"""An upper secondary school with two combinations and pupils who choose, for the tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    make_class,
    make_grade,
    make_guardian_data,
    make_province,
    make_school,
    make_staff,
    make_student,
    make_year,
)

from khuevan.registry.choices import actions
from khuevan.registry.choices.actions import CombinationData, RoundData
from khuevan.registry.choices.models import ChoiceRound, Combination
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.students.api import Student

SCIENCE = ("Vật lí", "Hóa học", "Sinh học", "Tin học")
SOCIAL = ("Địa lí", "Giáo dục kinh tế và pháp luật", "Vật lí", "Công nghệ")
ONE_DAY = timedelta(days=1)
TOMORROW = TODAY + ONE_DAY


@dataclass(frozen=True)
class Upper:
    """The school and what is in it."""

    school: School
    rooms: tuple[HomeroomClass, ...]
    pupils: tuple[Student, ...]
    combinations: tuple[Combination, ...]


def make_upper(size: int = 4) -> Upper:
    """Make a school with two classes of grade 10, some pupils and two combinations."""
    school = make_school(
        "Trường THPT Đông Khê",
        code="42000701",
        commune=make_province(),
        levels=("THPT",),
        school_type="UPPER_SECONDARY",
    )
    make_staff("Ngô Văn Trưởng", school=school, position="PRINCIPAL")
    rooms = tuple(make_class(name, school=school) for name in ("10A1", "10A2"))
    pupils = tuple(
        make_student(
            f"Lê Văn {name}",
            homeroom_class=rooms[place % 2],
            guardians=[make_guardian_data(f"Lê Thị {name}")] if place == 0 else (),
        )
        for place, name in enumerate(["An", "Bình", "Cường", "Dũng", "Giang", "Hòa"][:size])
    )
    combinations = (
        offer(school, "Tổ hợp 1", SCIENCE, ("Toán", "Vật lí", "Tin học"), 2, rooms),
        offer(school, "Tổ hợp 2", SOCIAL, ("Ngữ văn", "Lịch sử", "Địa lí"), 3, rooms),
    )
    return Upper(school, rooms, pupils, combinations)


def offer(
    school: School,
    name: str,
    options: tuple[str, ...],
    clusters: tuple[str, ...],
    capacity: int = 45,
    rooms: tuple[HomeroomClass, ...] = (),
) -> Combination:
    """Offer a combination to grade 10."""
    return actions.make_combination(
        actor=EVERYTHING,
        school=school,
        year=make_year(),
        grade=make_grade("10"),
        data=CombinationData(name, options, clusters, capacity, [room.pk for room in rooms]),
        now=NOW,
    )


def open_now(upper: Upper, *, days: int = 1, score_name: str = "Điểm xét tuyển") -> ChoiceRound:
    """Open a round of grade 10 from today on."""
    return actions.open_round(
        actor=EVERYTHING,
        school=upper.school,
        year=make_year(),
        grade=make_grade("10"),
        data=RoundData("Chọn tổ hợp lớp 10", TODAY, TODAY + (days - 1) * ONE_DAY, 2, score_name),
        now=NOW,
    )
