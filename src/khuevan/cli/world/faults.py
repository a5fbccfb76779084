"""What the demo's records lack: facts of staff and classes nearly whole, slips of other schools.

Also the scores of data quality, today's counted and those of the weeks before invented.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction

from khuevan.insight.quality.api import SchoolScore, refresh_scores
from khuevan.kernel.periods import in_force
from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.api import HomeroomClass, School, SchoolVersion
from khuevan.registry.staff.api import Appointment
from khuevan.registry.staff.models import (
    DegreeLevel,
    EmploymentForm,
    ProfessionalTitle,
    Qualification,
)
from khuevan.registry.students.api import Enrollment

WHY = "the demo's own schools"
TITLES = {"MN": "V.07.02.26", "TH": "V.07.03.29", "THCS": "V.07.04.32", "THPT": "V.07.05.15"}
TAUGHT = ("TEACHER", "PRINCIPAL", "VICE_PRINCIPAL")
WEEKS_TOLD = 12
WORST_PUPILS, WORST_STAFF = 0.3, 0.5
"""The share of records at fault in the most careless school of all."""


@transaction.atomic
def leave_faults(*, today: date, spared: tuple[str, ...], now: datetime) -> None:
    """Fill in what staff and classes have, not everywhere; let clerks slip; count it. Once.

    Pupils of the schools that are `spared` stay as they are: the cast lives there.
    """
    if SchoolScore.objects.unscoped(because=WHY).exists():
        return
    schools = School.objects.unscoped(because=WHY).order_by("code")
    care = {pk: _chance(f"care {code}").random() for pk, code in schools.values_list("pk", "code")}
    _fill_staff(care, today)
    _fill_classes(care, today)
    cast = set(schools.filter(code__in=spared).values_list("pk", flat=True))
    _slip({pk: share for pk, share in care.items() if pk not in cast}, today)
    refresh_scores(on=today, now=now)
    _invent_weeks(today, now)


def _chance(of: str) -> Random:
    """Return chances that are the same in every run."""
    return Random(of)  # noqa: S311 (an invented province)


def _fill_staff(care: dict[int, float], today: date) -> None:
    rows = Appointment.objects.unscoped(because=WHY).filter(in_force(today), is_primary=True)
    held = list(rows.filter(unit_id__in=care).order_by("pk"))
    levels = _levels(today)
    degrees: list[tuple[Any, ...]] = []
    titles: list[tuple[Any, ...]] = []
    for row in held:
        chance = _chance(f"staff {row.staff_member_id}")
        share = WORST_STAFF * (1 - care[row.unit_id])
        if chance.random() >= share / 3:
            row.employment = EmploymentForm.PUBLIC
        if row.position in TAUGHT and chance.random() >= share:
            degree = chance.choice((DegreeLevel.COLLEGE, *[DegreeLevel.UNIVERSITY] * 6))
            degrees.append((row.staff_member_id, row.person_id, "DEGREE", degree))
        code = TITLES.get(levels.get(row.unit_id, ""))
        if row.position == "TEACHER" and code and chance.random() >= share:
            titles.append((row.staff_member_id, row.person_id, code, row.starts_on))
    Appointment.objects.unscoped(because=WHY).bulk_update(held, ["employment"], batch_size=1000)
    with_degree = Qualification.objects.unscoped(because=WHY).filter(kind="DEGREE")
    known = set(with_degree.values_list("staff_member_id", flat=True))
    Qualification.objects.bulk_create(
        Qualification(staff_member_id=member, person_id=person, kind=kind, level=level)
        for member, person, kind, level in degrees
        if member not in known
    )
    titled = ProfessionalTitle.objects.unscoped(because=WHY)
    known = set(titled.values_list("staff_member_id", flat=True))
    ProfessionalTitle.objects.bulk_create(
        ProfessionalTitle(staff_member_id=member, person_id=person, code=code, starts_on=first)
        for member, person, code, first in titles
        if member not in known
    )


def _levels(today: date) -> dict[int, str]:
    rows = SchoolVersion.objects.unscoped(because=WHY).filter(in_force(today))
    return {pk: levels[-1] for pk, levels in rows.values_list("school_id", "levels") if levels}


def _fill_classes(care: dict[int, float], today: date) -> None:
    rows = HomeroomClass.objects.unscoped(because=WHY).filter(
        academic_year__starts_on__lte=today, academic_year__ends_on__gt=today
    )
    told = []
    for room in rows.filter(sessions_a_week__isnull=True).select_related("grade_level"):
        if _chance(f"class {room.pk}").random() >= WORST_STAFF * (1 - care[room.school_id]):
            room.sessions_a_week = 9 if room.grade_level.level == "TH" else 6
            told.append(room)
    HomeroomClass.objects.unscoped(because=WHY).bulk_update(
        told, ["sessions_a_week"], batch_size=1000
    )


def _slip(care: dict[int, float], today: date) -> None:
    """Let pupils' records of careless schools lack or contradict something."""
    rows = Enrollment.objects.unscoped(because=WHY).filter(in_force(today), is_primary=True)
    rows = rows.filter(school_id__in=care).select_related("person").order_by("pk")
    changed = list(_slipped(rows.iterator(chunk_size=2000), care))
    Person.objects.unscoped(because=WHY).bulk_update(
        changed,
        ["sex", "birth_date", "personal_number", "ethnicity_code", "version"],
        batch_size=500,
    )


def _slipped(rows: Iterator[Enrollment], care: dict[int, float]) -> Iterator[Person]:
    for row in rows:
        person, chance = row.person, _chance(f"slip {row.person_id}")
        if chance.random() >= WORST_PUPILS * (1 - care[row.school_id]) ** 2:
            continue
        kind = chance.randrange(8)
        if kind <= 2:  # noqa: PLR2004 (three of eight slips: the commonest)
            person.personal_number = None
        elif kind <= 4:  # noqa: PLR2004 (two of eight)
            person.ethnicity_code = ""
        elif kind == 5:  # noqa: PLR2004 (one of eight)
            person.sex = "MALE" if person.sex == "FEMALE" else "FEMALE"
        elif person.birth_date is not None:
            years = 1 if kind == 6 else 5  # noqa: PLR2004 (one of eight each)
            born = person.birth_date
            person.birth_date = born.replace(year=born.year - years, day=min(born.day, 28))
        person.version += 1
        yield person


def _invent_weeks(today: date, now: datetime) -> None:
    """Tell of the weeks before: careless schools began lower, and some slid back."""
    counted = list(SchoolScore.objects.unscoped(because=WHY).filter(on=today))
    past = []
    for score in counted:
        chance = _chance(f"weeks {score.school_id}")
        worse = 1 + chance.choice((0.15, 0.6, 1.1, 1.8, -0.2))
        lost, wrong = score.lost, score.wrong
        for back in range(1, WEEKS_TOLD * 7):
            share = 1 + (worse - 1) * back / (WEEKS_TOLD * 7) + chance.uniform(-0.02, 0.02)
            past.append(
                SchoolScore(
                    school_id=score.school_id,
                    on=today - timedelta(days=back),
                    lost=round(lost * max(share, 0.2)),
                    whole=score.whole,
                    wrong=round(wrong * max(share, 0.2)),
                    counted_at=now - timedelta(days=back),
                )
            )
    SchoolScore.objects.bulk_create(past, batch_size=2000)
