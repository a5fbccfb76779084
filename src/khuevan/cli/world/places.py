"""Campuses and rooms of the demo's schools: who teaches where, by the plan alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from khuevan.cli.world.eras import FIRST_DAY
from khuevan.cli.world.plan import WorldPlan
from khuevan.cli.world.shapes import ClassPlan, SchoolPlan
from khuevan.kernel.actor import Actor
from khuevan.registry.schools.actions import FrameData, set_frame
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.registry.schools.bulk import NewCampus, NewRoom, bulk_furnish

SATELLITES = ("Điểm Vĩnh Sơn", "Điểm Khe Lau")
BIG_ENOUGH = 6
"""A school with fewer classes has one campus."""
SHARED = 2
"""So many classes use a room: one in the morning, one in the afternoon."""
CLASSES_A_ROOM = 7
"""Four lessons a week of so many classes leave a room of a subject time to be tidied up."""
_SUPPORT = {
    "MN": (("Phòng nghệ thuật", "ARTS", "", 40), ("Bếp ăn", "KITCHEN", "", None)),
    "TH": (("Phòng Tin học", "COMPUTER", "", 35), ("Thư viện", "LIBRARY", "", 40)),
    "THCS": (
        ("Phòng Khoa học tự nhiên", "SUBJECT", "Khoa học tự nhiên", 45),
        ("Phòng Tin học", "COMPUTER", "", 45),
        ("Thư viện", "LIBRARY", "", 50),
    ),
    "THPT": (
        ("Phòng Vật lí", "SUBJECT", "Vật lí", 45),
        ("Phòng Hóa học", "SUBJECT", "Hóa học", 45),
        ("Phòng Tin học", "COMPUTER", "", 45),
        ("Thư viện", "LIBRARY", "", 60),
    ),
    "GDTX": (("Phòng Tin học", "COMPUTER", "", 45),),
}


def decide_year(plan: WorldPlan, *, actor: Actor, now: datetime) -> None:
    """Decide the year of every level that the terms of the plan hold for."""
    year = AcademicYear.objects.get(code=plan.year.code)
    terms = tuple((term.starts_on, term.ends_on) for term in plan.year.terms)
    for level in sorted({level for school in plan.schools for level in school.levels}):
        data = FrameData(
            returns_on=returning_day(terms[0][0]),
            starts_on=terms[0][0],
            ends_on=terms[-1][1],
            terms=terms,
            decision=f"2058/QĐ-UBND, 14/08/{plan.year.starts_on.year}",
            teaches_saturday=level in {"THCS", "THPT", "GDTX"},
        )
        set_frame(actor=actor, year=year, level=level, data=data, now=now)


def returning_day(starts_on: date) -> date:
    """Return the day pupils come back: the Monday before the opening on 5 September."""
    eve = starts_on - timedelta(days=1)
    return eve - timedelta(days=eve.weekday())


def furnish(plan: WorldPlan, *, actor: Actor, now: datetime) -> int:
    """Give every school of the demo its campuses and rooms; return how many rooms."""
    rows = School.objects.unscoped(because="the schools were opened a moment ago")
    ids = dict(rows.values_list("code", "pk"))
    places = {ids[one.code]: list(_campuses(one)) for one in plan.schools}
    year = AcademicYear.objects.get(code=plan.year.code)
    return bulk_furnish(actor=actor, places=places, year=year, starts_on=FIRST_DAY, now=now)


def _campuses(school: SchoolPlan) -> Iterator[NewCampus]:
    far = _far(school)
    near = [one for one in school.classes if one not in far]
    yield NewCampus("", (*_rooms("P.1", near), *_support(school)), is_main=True)
    if far:
        name = SATELLITES[school.group % len(SATELLITES)]
        kilometers = Decimal(15 + len(school.classes) * 3 % 40) / 10
        place = f"{name.removeprefix('Điểm ')}, {school.commune.full_name[0].lower()}"
        address = f"Thôn {place}{school.commune.full_name[1:]}"
        yield NewCampus(name, tuple(_rooms("P.", far)), address=address, distance_km=kilometers)


def _support(school: SchoolPlan) -> Iterator[NewRoom]:
    """Yield the rooms beside classrooms: of a subject as many as hold all its lessons of a week."""
    for name, kind, subject, seats in _SUPPORT.get(school.levels[-1], ()):
        count = -(-len(school.classes) // CLASSES_A_ROOM) if subject else 1
        for number in range(1, count + 1):
            yield NewRoom(f"{name} {number}" if count > 1 else name, kind, subject, seats)


def _far(school: SchoolPlan) -> Sequence[ClassPlan]:
    """Return the classes of a satellite: small children of a large school, or of a poor commune."""
    if not {"MN", "TH"} & set(school.levels) or len(school.classes) < BIG_ENOUGH:
        return ()
    if not school.is_disadvantaged and school.group % 3:
        return ()
    return school.classes[-(len(school.classes) // 5) or -1 :]


def _rooms(prefix: str, classes: Sequence[ClassPlan]) -> Iterator[NewRoom]:
    number = 0
    for first in range(0, len(classes), SHARED):
        some = classes[first : first + SHARED]
        apart = len({one.session for one in some}) == len(some) and "FULL_DAY" not in {
            one.session for one in some
        }
        for together in [some] if apart else [(one,) for one in some]:
            number += 1
            yield _room(f"{prefix}{number:02d}", together)


def _room(name: str, classes: Sequence[ClassPlan]) -> NewRoom:
    seats = max(one.size for one in classes)
    return NewRoom(name, capacity=seats + seats % 2, classes=tuple(one.name for one in classes))
