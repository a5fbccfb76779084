"""Makers of test data through the real actions. Only here may an actor who holds everything act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import uuid4

from khuevan.kernel.actor import AnchorKind, Permission, Reach
from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.vietnamese import split_name
from khuevan.platform.access.api import Grant, GrantSource, Role, sync_roles
from khuevan.platform.accounts.api import Person, User
from khuevan.platform.areas.api import Area
from khuevan.platform.organizations.api import OrgUnit, Signed, UnitKind, create_unit
from khuevan.registry.schools.api import (
    AcademicYear,
    EducationLevel,
    GradeLevel,
    HomeroomClass,
    School,
    SchoolData,
    SchoolType,
    Session,
    Term,
    open_class,
    open_school,
)
from khuevan.registry.staff.api import (
    Appointment,
    Position,
    StaffMember,
    appoint,
    assign_homeroom,
    assign_teaching,
)
from khuevan.registry.students.api import (
    EntryKind,
    GuardianData,
    NewStudent,
    Student,
    StudentData,
    register_student,
    register_students,
)

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 15, tzinfo=VIETNAM)
YEAR_STARTS, YEAR_ENDS = date(2026, 9, 5), date(2027, 9, 5)
TERMS = ((1, date(2026, 9, 5), date(2027, 1, 18)), (2, date(2027, 1, 18), date(2027, 6, 1)))
UNITS_START = date(2025, 7, 1)
COMMUNE_CODE = "18073"

_numbers = count(10_001)  # beyond the codes that the cast names


@dataclass(frozen=True, slots=True)
class Everything:
    """An actor who holds every permission on everything. For factories alone."""

    today: date = TODAY
    person_id: int | None = None
    label: str = "tests"
    role_label: str = ""
    is_signed_in: bool = True
    purpose: str = ""

    def may(self, permission: Permission) -> bool:
        """Return True."""
        return True

    def reach(self, permission: Permission, kind: AnchorKind) -> Reach:
        """Return everything."""
        return Reach(everything=True)

    def own_schools(self, permission: Permission) -> frozenset[int]:
        """Return none: no school is its own."""
        return frozenset()


EVERYTHING = Everything()


def make_roles() -> None:
    """Write the roles a province starts with, unless they are there."""
    if not Role.objects.filter(code="operator", permissions__len__gt=0).exists():
        sync_roles()


def make_year() -> AcademicYear:
    """Return the school year of all tests, with its terms."""
    year, created = AcademicYear.objects.get_or_create(
        code="2026-2027", defaults={"starts_on": YEAR_STARTS, "ends_on": YEAR_ENDS}
    )
    if created:
        Term.objects.bulk_create(
            Term(academic_year=year, level=level, number=number, starts_on=first, ends_on=last)
            for level in EducationLevel.values
            for number, first, last in TERMS
        )
    return year


def make_grade(code: str = "6") -> GradeLevel:
    """Return a grade of general education by its number."""
    number = int(code)
    level = "TH" if number < 6 else "THCS" if number < 10 else "THPT"
    grade, _created = GradeLevel.objects.get_or_create(
        code=code,
        defaults={
            "name": f"Khối {number}",
            "level": level,
            "position": number + 10,
            "usual_age": number + 5,
        },
    )
    return grade


def make_unit(
    kind: str,
    name: str,
    *,
    parent: OrgUnit | None = None,
    code: str = "",
    since: date = UNITS_START,
) -> OrgUnit:
    """Make a unit that is no school."""
    return create_unit(
        code=code or f"{kind}-{next(_numbers)}",
        kind=kind,
        name=name,
        short_name=name,
        parent_id=parent.pk if parent else None,
        area_id=None,
        starts_on=since,
    )


def make_province() -> OrgUnit:
    """Return the province, which stands above all other units."""
    return OrgUnit.objects.filter(kind=UnitKind.PROVINCE).first() or make_unit(
        UnitKind.PROVINCE, "UBND tỉnh Hà Tĩnh", code="42"
    )


def make_commune(name: str = "UBND xã Đông Khê") -> OrgUnit:
    """Make a commune office under the province."""
    return make_unit(UnitKind.COMMUNE, name, parent=make_province())


def commune_area() -> Area:
    """Return the commune in which the schools of all tests stand."""
    return Area.objects.filter(code=COMMUNE_CODE).order_by("-starts_on")[0]


def build_signed(**changes: Any) -> Signed:
    """Return number, day and signature of a decision that a chair signed."""
    signed = Signed("15/QĐ-UBND", TODAY, "Trần Văn Ký", "Chủ tịch")
    return replace(signed, **changes)


def make_school(
    name: str = "Trường THCS Đông Khê",
    *,
    short_name: str = "",
    code: str = "",
    commune: OrgUnit | None = None,
    levels: Sequence[str] = ("THCS",),
    school_type: str = SchoolType.LOWER_SECONDARY,
    since: date = UNITS_START,
    website: str = "",
) -> School:
    """Make a school under a commune office."""
    make_roles()
    area = Area.objects.filter(code=COMMUNE_CODE).order_by("-starts_on").first()
    return open_school(
        actor=EVERYTHING,
        data=SchoolData(
            code=code or f"42{next(_numbers):06d}",
            name=name,
            short_name=short_name or name.removeprefix("Trường "),
            school_type=school_type,
            levels=tuple(levels),
            parent_id=(commune or make_commune()).pk,
            area_id=area.pk if area else None,
            website=website,
            founding=build_signed(number="1/QĐ-UBND", on=since),
        ),
        starts_on=since,
        now=NOW,
    )


def make_class(
    name: str = "6A", *, school: School, grade: str = "", session: str = Session.MORNING
) -> HomeroomClass:
    """Make a class of this year; its grade follows from its name."""
    number = grade or "".join(char for char in name if char.isdigit())[:2]
    return open_class(
        actor=EVERYTHING,
        school_id=school.pk,
        academic_year=make_year(),
        grade_level=make_grade(number),
        name=name,
        session=session,
        now=NOW,
    )


def build_student_data(full_name: str = "Phạm Minh Anh", **changes: Any) -> StudentData:
    """Return what a form or a list would say of a pupil; nothing is written."""
    values: dict[str, Any] = {
        "full_name": full_name,
        "sex": "FEMALE",
        "birth_date": date(2015, 7, 18),
    }
    return StudentData(**{**values, **changes})


def make_student(
    full_name: str = "Phạm Minh Anh",
    *,
    school: School | None = None,
    homeroom_class: HomeroomClass | None = None,
    starts_on: date = YEAR_STARTS,
    guardians: Sequence[GuardianData] = (),
    **changes: Any,
) -> Student:
    """Make a pupil of a school, in a class when one is given."""
    school_id = homeroom_class.school_id if homeroom_class else (school or make_school()).pk
    return register_student(
        actor=EVERYTHING,
        school_id=school_id,
        new=NewStudent(
            data=build_student_data(full_name, guardians=tuple(guardians), **changes),
            homeroom_class_id=homeroom_class.pk if homeroom_class else None,
            starts_on=starts_on,
        ),
        entry_kind=EntryKind.ADMITTED,
        is_another=True,
        now=NOW,
    )


def make_students(
    names: Iterable[str], *, homeroom_class: HomeroomClass, **changes: Any
) -> list[Student]:
    """Make several pupils of one class with one action."""
    return register_students(
        actor=EVERYTHING,
        school_id=homeroom_class.school_id,
        new=[
            NewStudent(build_student_data(name, **changes), homeroom_class.pk, YEAR_STARTS)
            for name in names
        ],
        entry_kind=EntryKind.ADMITTED,
        now=NOW,
    )


def make_full_class(name: str = "6A", *, school: School, size: int = 45) -> HomeroomClass:
    """Make a class with as many pupils as asked, all of different names."""
    opened = make_class(name, school=school)
    make_students(numbered_names(size), homeroom_class=opened)
    return opened


def numbered_names(size: int) -> list[str]:
    """Return names that sort in their order and have no digits: Nguyễn Thị Aa, Ab, …"""
    letters = "abcdeghiklmnopqrstuvxy"
    return [
        f"Nguyễn Thị {letters[i // len(letters)].upper()}{letters[i % len(letters)]}"
        for i in range(size)
    ]


def make_person(full_name: str = "Nguyễn Thị Lan", **changes: Any) -> Person:
    """Make somebody who is nobody's pupil or guardian yet."""
    person = Person(**changes)
    person.set_name(*split_name(full_name))
    person.save()
    return person


def make_user(person: Person, username: str = "") -> User:
    """Give a person a sign-in; `client.sign_in(person)` needs no password."""
    return User.objects.for_sign_in().filter(person=person).first() or User.objects.create(
        username=username or f"user{next(_numbers)}",
        person=person,
        password="!",  # nobody signs in with it
        created_at=NOW,
    )


def make_staff(
    full_name: str = "Nguyễn Thị Lan",
    *,
    school: School,
    position: str = Position.TEACHER,
    homeroom: HomeroomClass | None = None,
    teaches: Sequence[HomeroomClass] = (),
    subject: str = "Ngữ văn",
    person: Person | None = None,
) -> StaffMember:
    """Appoint somebody in a school, and put them in charge of classes and lessons."""
    make_roles()
    appointment = _appoint(person or make_person(full_name), school.pk, position)
    member = appointment.staff_member
    if homeroom:
        assign_homeroom(
            actor=EVERYTHING, homeroom_class=homeroom, member=member, starts_on=YEAR_STARTS, now=NOW
        )
    for one in teaches:
        assign_teaching(
            actor=EVERYTHING,
            homeroom_class=one,
            member=member,
            subject_name=subject,
            starts_on=YEAR_STARTS,
            now=NOW,
        )
    return member


def make_grant(
    person: Person, role: str, *, unit: OrgUnit | None = None, starts_on: date = UNITS_START
) -> Grant:
    """Give somebody a role on a unit; the province when none is named."""
    make_roles()
    anchor = unit or make_province()
    return Grant.objects.create(
        person=person,
        role=Role.objects.get(code=role),
        anchor_unit=anchor,
        home_unit=anchor,
        starts_on=starts_on,
        source=GrantSource.MANUAL,
    )


def make_guardian_data(full_name: str = "Trịnh Thu Hường", **changes: Any) -> GuardianData:
    """Return a mother as a form or a list names her."""
    values: dict[str, Any] = {"relation": "MOTHER", "birth_year": 1988, "phone": "0912345318"}
    return GuardianData(**{**values, "full_name": full_name, **changes})


def unknown_uuid() -> str:
    """Return an id of nothing."""
    return str(uuid4())


def _appoint(person: Person, unit_id: int, position: str) -> Appointment:
    return appoint(
        actor=EVERYTHING,
        person=person,
        unit_id=unit_id,
        position=position,
        starts_on=UNITS_START,
        now=NOW,
    )
