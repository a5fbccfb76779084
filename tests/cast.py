"""The people of all tests, as fixtures: the same cast as in the demo, in a world of two schools.

Ms Lan has class 6A at school A and teaches no other; Mr Hùng is the principal, Ms Loan the clerk,
Mr Toàn teaches 6A and 7A there. Ms Mai works at school B and must see nothing of A. Mr Bình works
at the department, Mr Thành directs it, Ms Hoa is the commune's officer, Ms Hiền protects data.
Ms Hường is mother of Minh Anh (6A at A) and of Đức Minh, who is in a primary school.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client as DjangoClient

from khuevan.platform.access.api import GrantActor, actor_for_person
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY
from khuevan.platform.accounts.api import Person
from khuevan.registry.schools.api import HomeroomClass, School
from khuevan.registry.staff.api import Position
from khuevan.registry.students.api import Guardianship, Student
from tests.factories import (
    NOW,
    TODAY,
    make_class,
    make_commune,
    make_grant,
    make_guardian_data,
    make_person,
    make_province,
    make_school,
    make_staff,
    make_student,
    make_students,
    make_user,
)
from tests.replay import Replay


class Client(DjangoClient):
    """The HTTP client of all tests."""

    def sign_in(self, person: Person | Student, *, hat: str = "") -> Client:
        """Sign somebody in, second step included, in the hat of that key or the first one."""
        user = make_user(person.person if isinstance(person, Student) else person)
        self.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        session = self.session
        session[SECOND_FACTOR_KEY] = user.pk
        if hat:
            session["hat"] = hat
        session.save()
        return self


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody and everything of the two schools."""

    school_a: School
    school_b: School
    primary: School
    class_6a: HomeroomClass
    class_6b: HomeroomClass
    class_7a: HomeroomClass
    class_b: HomeroomClass
    lan: Person
    hung: Person
    loan: Person
    toan: Person
    mai: Person
    binh: Person
    thanh: Person
    hoa: Person
    hien: Person
    huong: Person
    minh_anh: Student
    duc_minh: Student
    others_6a: list[Student]
    student_6b: Student
    student_b: Student


def actor_of(person: Person | Student, *, hat: str = "") -> GrantActor:
    """Return somebody as an actor on the day of the tests."""
    found = person.person if isinstance(person, Student) else person
    return actor_for_person(found, on=TODAY, now=NOW, hat_key=hat)


def make_cast() -> Cast:
    """Make the two schools with their people."""
    province, commune = make_province(), make_commune()
    school_a = make_school("Trường THCS Đông Khê", code="42000501", commune=commune)
    school_b = make_school("Trường THCS Ninh Hải", code="42000502")
    primary = make_school(
        "Trường Tiểu học Đông Khê",
        code="42000301",
        commune=commune,
        levels=("TH",),
        school_type="PRIMARY",
    )
    class_6a, class_6b, class_7a = (make_class(n, school=school_a) for n in ("6A", "6B", "7A"))
    class_b, class_3c = make_class("6A", school=school_b), make_class("3C", school=primary)
    mother = make_guardian_data()
    minh_anh = make_student(
        "Phạm Minh Anh",
        homeroom_class=class_6a,
        guardians=[mother],
        personal_number="042315000482",
        ethnicity_code="01",
        addresses={"CURRENT": "Thôn 3, xã Đông Khê"},
    )
    duc_minh = make_student(
        "Phạm Đức Minh",
        homeroom_class=class_3c,
        guardians=[mother],
        sex="MALE",
        birth_date=date(2018, 3, 3),
    )
    others = make_students(["Lê Ngọc Khánh An", "Trần Đức Anh"], homeroom_class=class_6a)
    lan = make_staff("Nguyễn Thị Lan", school=school_a, homeroom=class_6a, teaches=[class_6a])
    toan = make_staff("Lê Quốc Toàn", school=school_a, teaches=[class_6a, class_7a], subject="Toán")
    mai = make_staff("Trần Thị Mai", school=school_b, homeroom=class_b)
    return Cast(
        school_a=school_a,
        school_b=school_b,
        primary=primary,
        class_6a=class_6a,
        class_6b=class_6b,
        class_7a=class_7a,
        class_b=class_b,
        lan=lan.person,
        hung=make_staff("Hoàng Văn Hùng", school=school_a, position=Position.PRINCIPAL).person,
        loan=make_staff("Phan Thị Loan", school=school_a, position=Position.CLERK).person,
        toan=toan.person,
        mai=mai.person,
        binh=_officer("Võ Thanh Bình", "department_specialist", province),
        thanh=_officer("Đặng Quốc Thành", "department_director", province),
        hoa=_officer("Lê Thị Hoa", "commune_officer", commune),
        hien=_officer("Bùi Thu Hiền", "data_protection_officer", province),
        huong=_mother_of(minh_anh),
        minh_anh=minh_anh,
        duc_minh=duc_minh,
        others_6a=others,
        student_6b=make_student("Bùi Quốc Bảo", homeroom_class=class_6b, sex="MALE"),
        student_b=make_student("Hồ Đăng Khoa", homeroom_class=class_b, sex="MALE"),
    )


def _officer(full_name: str, role: str, unit: Any) -> Person:
    person = make_person(full_name)
    make_grant(person, role, unit=unit)
    return person


def _mother_of(student: Student) -> Person:
    row = Guardianship.objects.unscoped(because="a test asks who the mother is").get(
        student=student, relation="MOTHER"
    )
    return row.guardian


_CAST = Replay(make_cast)


@pytest.fixture
def pinned_day(settings: Any) -> None:
    """Let every page be opened on the day of the tests."""
    settings.PINNED_TODAY = TODAY


@pytest.fixture
def cast(db: None, pinned_day: None) -> Cast:
    """Give the two schools with their people."""
    return _CAST.get()


@pytest.fixture
def client() -> Client:
    """Give the HTTP client, signed out."""
    return Client()
