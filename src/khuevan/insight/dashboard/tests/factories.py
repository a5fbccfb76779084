"""Small worlds of the dashboard's tests, and the slow, obvious recount of every figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    make_class,
    make_commune,
    make_guardian_data,
    make_province,
    make_school,
    make_student,
    make_unit,
)

from khuevan.insight.dashboard.rules import Totals
from khuevan.insight.dashboard.selectors import Scope, Snapshot, take_snapshot
from khuevan.kernel.actor import Actor
from khuevan.kernel.personal_number import Contradiction, contradictions
from khuevan.platform.organizations.api import OrgUnit
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students.api import ClassPlacement, Enrollment, Guardianship

WHY = "a test recounts by hand"
NORMS = {"TH": 35, "THCS": 45, "THPT": 45}


def look(actor: Actor = EVERYTHING, **scope: Any) -> Snapshot:
    """Take a snapshot on the day of the tests."""
    return take_snapshot(actor=actor, scope=Scope(TODAY, **scope), now=NOW)


def make_upper_secondary() -> tuple[OrgUnit, School]:
    """Make a school that the department manages and that stands in the commune of the others."""
    department = make_unit("DEPARTMENT", "Sở GDĐT Hà Tĩnh", parent=make_province(), code="42-SO")
    school = make_school(
        "Trường THPT Đông Khê",
        code="42000701",
        commune=department,
        levels=("THPT",),
        school_type="UPPER_SECONDARY",
    )
    return department, school


def make_two_communes() -> tuple[School, School, School]:
    """Make two schools under one commune and one under another."""
    one, other = make_commune("UBND xã Đông Khê"), make_commune("UBND xã Ninh Hải")
    first = make_school("Trường THCS Đông Khê", code="42000501", commune=one)
    second = make_school(
        "Trường Tiểu học Đông Khê",
        code="42000301",
        commune=one,
        levels=("TH",),
        school_type="PRIMARY",
    )
    third = make_school("Trường THCS Ninh Hải", code="42000502", commune=other)
    return first, second, third


def make_pupil(into: HomeroomClass | School, name: str = "Lê Văn An", **changes: Any) -> None:
    """Make a pupil with a complete record, unless the changes take something away."""
    phone = changes.pop("guardian_phone", "0912345318")
    whole: dict[str, Any] = {"ethnicity_code": "01", "sex": "MALE", **changes}
    guardians = [make_guardian_data(f"Trần Thị {name}", phone=phone)] if phone is not None else []
    if isinstance(into, HomeroomClass):
        make_student(name, homeroom_class=into, guardians=guardians, **whole)
    else:
        make_student(name, school=into, guardians=guardians, **whole)


def make_sized_class(name: str, school: School, sizes: Sequence[int] | int) -> HomeroomClass:
    """Make a class with so many pupils."""
    opened = make_class(name, school=school)
    for _number in range(sizes if isinstance(sizes, int) else sum(sizes)):
        make_pupil(opened)
    return opened


def recount(school: School, on: date = TODAY) -> Totals:
    """Count one school row by row, as one would with a pencil."""
    rows = [
        row
        for row in Enrollment.objects.unscoped(because=WHY)
        .filter(school=school, is_primary=True)
        .select_related("person")
        if _holds(row, on)
    ]
    seats = _seats(school, on)
    classes = list(HomeroomClass.objects.unscoped(because=WHY).filter(school=school))
    sizes = {one.pk: sum(seat == one.pk for seat in seats.values()) for one in classes}
    norms = {one.pk: NORMS.get(one.grade_level.level) for one in classes}
    facts = [_facts(row, on) for row in rows]
    staff = Appointment.objects.unscoped(because=WHY).filter(unit=school.unit, is_primary=True)
    return Totals(
        pupils=len(rows),
        girls=sum(row.person.sex == "FEMALE" for row in rows),
        with_number=sum(one["number"] for one in facts),
        with_birth_date=sum(one["birth"] for one in facts),
        with_ethnicity=sum(one["ethnicity"] for one in facts),
        with_phone=sum(one["phone"] for one in facts),
        complete=sum(all(one.values()) for one in facts),
        contradicting=sum(_contradicts(row) for row in rows),
        unplaced=sum(row.person_id not in seats for row in rows),
        placed=sum(row.person_id in seats for row in rows),
        classes=len(classes),
        filled_classes=sum(size > 0 for size in sizes.values()),
        norm_classes=sum(sizes[key] > 0 and norms[key] is not None for key in sizes),
        over_norm=sum(norms[key] is not None and sizes[key] > (norms[key] or 0) for key in sizes),
        schools=1,
        listed_schools=int(any(sizes.values())),
        staff=sum(_holds(one, on) for one in staff),
    )


def _seats(school: School, on: date) -> dict[int, int]:
    rows = ClassPlacement.objects.unscoped(because=WHY).filter(school=school)
    return {row.person_id: row.homeroom_class_id for row in rows if _holds(row, on)}


def _holds(row: Any, on: date) -> bool:
    return row.starts_on <= on and (row.ends_on is None or row.ends_on > on)


def _facts(row: Enrollment, on: date) -> dict[str, bool]:
    guardians = Guardianship.objects.unscoped(because=WHY).filter(student_id=row.student_id)
    return {
        "number": bool(row.person.personal_number),
        "birth": row.person.birth_date is not None,
        "ethnicity": bool(row.person.ethnicity_code),
        "phone": any(one.guardian.phone for one in guardians),
    }


def _contradicts(row: Enrollment) -> bool:
    person = row.person
    if not person.personal_number:
        return False
    found = contradictions(
        person.personal_number, sex=person.sex or None, birth_date=person.birth_date
    )
    return bool({Contradiction.SEX, Contradiction.BIRTH_YEAR} & set(found))
