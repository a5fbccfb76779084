"""Each rule finds the record that breaks it, and nothing in a school whose records are whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.cast import pinned_day
from tests.factories import (
    NOW,
    TODAY,
    UNITS_START,
    YEAR_STARTS,
    make_class,
    make_guardian_data,
    make_school,
    make_staff,
    make_student,
)
from tests.replay import Replay

from khuevan.insight.quality import findings, upkeep
from khuevan.insight.quality.counting import count_now, count_statement, parameters
from khuevan.insight.quality.models import RuleCount, SchoolScore
from khuevan.insight.quality.rule_list import QualityRule, every_rule, rule_of, rules_on
from khuevan.insight.quality.rules import Tally, points_of
from khuevan.platform.accounts.api import Person
from khuevan.platform.areas.api import Area
from khuevan.registry.duplicates.models import DuplicatePair
from khuevan.registry.people.api import Address, CodeKind, PersonCode
from khuevan.registry.people.models import NumberReview
from khuevan.registry.schools.api import AcademicYear, Campus, HomeroomClass, School
from khuevan.registry.staff.api import Appointment, HomeroomAssignment, Position, StaffMember
from khuevan.registry.staff.models import ProfessionalTitle, Qualification
from khuevan.registry.students.api import (
    ClassPlacement,
    Enrollment,
    Guardianship,
    Student,
    StudyBreak,
)

__all__ = ["pinned_day"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("pinned_day")]
WHY = "a test"
NUMBER = "0423150{:05d}"
ADDRESSES = {"CURRENT": "Thôn 3", "BIRTHPLACE": "Hà Tĩnh"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A school whose records keep every rule."""

    school: School
    room: HomeroomClass
    other: HomeroomClass
    pupil: Student
    teacher: StaffMember
    principal: StaffMember


def make_whole() -> Whole:
    """Make a school with two classes of pupils, a teacher each, a principal; nothing lacks."""
    school = make_school("Trường THCS Đông Khê")
    _of(School, pk=school.pk).update(phone="02393123456", address="Thôn 1, xã Đông Khê")
    if not _of(Campus, school=school).exists():
        Campus.objects.create(
            school=school, name="Chính", match_name="chinh", is_main=True, starts_on=UNITS_START
        )
    rooms = [make_class(name, school=school) for name in ("6A", "6B")]
    _of(HomeroomClass, school=school).update(sessions_a_week=6)
    pupils = [
        make_student(
            f"Phạm Minh {name}",
            homeroom_class=rooms[place % 2],
            guardians=[make_guardian_data(f"Trịnh Thu {name}", phone=f"09123453{place:02d}")],
            personal_number=NUMBER.format(place * 317 + 11),
            ethnicity_code="01",
            moet_code=f"42000000{place:02d}",
            addresses=ADDRESSES,
        )
        for place, name in enumerate(("Anh", "Bình", "Châu", "Dung", "Em", "Giang"))
    ]
    for place, enrollment in enumerate(_of(Enrollment, school=school)):
        _of(Enrollment, pk=enrollment.pk).update(registry_number=f"2026-{place + 1}")
    members = [
        make_staff("Nguyễn Thị Lan", school=school, homeroom=rooms[0], teaches=[rooms[0]]),
        make_staff("Lê Quốc Toàn", school=school, homeroom=rooms[1], teaches=[rooms[1]]),
        make_staff("Hoàng Văn Hùng", school=school, position=Position.PRINCIPAL),
    ]
    for place, member in enumerate(members):
        _person(member.person).update(
            personal_number=f"04208500{place:04d}"[:6] + f"{place * 2317 + 41:06d}",
            birth_date=date(1985, 3, 14),
            sex="MALE",
        )
        _of(StaffMember, pk=member.pk).update(moet_code=f"420000{place}")
        _of(Appointment, staff_member=member).update(employment="PUBLIC")
        of_member = {"staff_member": member, "person": member.person}
        Qualification.objects.create(**of_member, kind="DEGREE", level="UNIVERSITY")
        ProfessionalTitle.objects.create(**of_member, code="V.07.04.32", starts_on=UNITS_START)
    return Whole(school, rooms[0], rooms[1], pupils[0], members[0], members[2])


_WHOLE = Replay(make_whole)


@pytest.fixture
def whole() -> Whole:
    """Give a school whose records keep every rule."""
    return _WHOLE.get()


def _of(model: Any, **where: Any) -> Any:
    return model.objects.unscoped(because=WHY).filter(**where)


def _person(person: Person) -> Any:
    return _of(Person, pk=person.pk)


def _pupil(**changes: Any) -> Callable[[Whole], Any]:
    return lambda w: _person(w.pupil.person).update(**changes)


def _teacher(**changes: Any) -> Callable[[Whole], Any]:
    return lambda w: _person(w.teacher.person).update(**changes)


def _school(**changes: Any) -> Callable[[Whole], Any]:
    return lambda w: _of(School, pk=w.school.pk).update(**changes)


def _former_address(w: Whole) -> None:
    area = Area.objects.filter(kind="COMMUNE", ends_on__lte=TODAY).first()
    if area is None:
        area = Area.objects.create(
            code="99998", kind="COMMUNE", subtype="XA", name="Cũ", full_name="xã Cũ",
            search_name="xa cu", sort_key="cu", starts_on=date(2004, 1, 1), ends_on=UNITS_START,
        )  # fmt: skip
    _of(Address, person=w.pupil.person, kind="CURRENT").update(area=area)


def _temporary(w: Whole) -> None:
    _pupil(personal_number=None)(w)
    PersonCode.objects.create(
        person=w.pupil.person,
        kind=CodeKind.TEMPORARY,
        code="TAM-26-000001",
        starts_on=TODAY - timedelta(days=61),
    )


def _on_break(w: Whole) -> None:
    _unplace(w)
    enrollment = _of(Enrollment, student=w.pupil).get()
    StudyBreak.objects.create(
        enrollment=enrollment,
        student=w.pupil,
        person=w.pupil.person,
        school=w.school,
        reason="Ốm",
        starts_on=TODAY - timedelta(days=40),
        expected_back_on=TODAY - timedelta(days=1),
    )


def _twice(w: Whole) -> None:
    ids = sorted(_of(Student).values_list("person_id", flat=True))[:2]
    DuplicatePair.objects.create(
        kind="PUPIL", one_id=ids[0], other_id=ids[1], bits=9, seen={}, found_at=NOW
    )


def _shared_phone(w: Whole) -> None:
    people = _of(Guardianship).values_list("guardian_id", flat=True)[:4]
    _of(Person, pk__in=list(people)).update(phone="0912345399")


def _mother(**changes: Any) -> Callable[[Whole], Any]:
    return lambda w: _of(
        Person, pk__in=_of(Guardianship, student=w.pupil).values("guardian_id")
    ).update(**changes)


def _unplace(w: Whole) -> None:
    _of(ClassPlacement, student=w.pupil).delete()


def _fill(w: Whole) -> None:
    for _place in range(46):
        make_student("Đào Thị Đông", homeroom_class=w.room)


def _more_campuses(w: Whole) -> None:
    _of(HomeroomClass, school=w.school).update(campus=None)
    Campus.objects.create(school=w.school, name="Lẻ", match_name="le", starts_on=UNITS_START)


def _empty_class(w: Whole) -> None:
    make_class("6C", school=w.school)


def _no_classes(w: Whole) -> None:
    rooms = _of(HomeroomClass, school=w.school)
    _of(HomeroomAssignment, homeroom_class__in=rooms).delete()
    rooms.update(academic_year=_last_year())


def _last_year() -> Any:
    return AcademicYear.objects.get_or_create(
        code="2025-2026", defaults={"starts_on": date(2025, 9, 5), "ends_on": YEAR_STARTS}
    )[0]


BREAKS: dict[str, Callable[[Whole], Any]] = {
    "PUPIL_NUMBER": _pupil(personal_number=None),
    "PUPIL_NUMBER_SEX": _pupil(personal_number="042215000482"),
    "PUPIL_NUMBER_YEAR": _pupil(personal_number="042314000482"),
    "PUPIL_NUMBER_PLACE": _pupil(personal_number="999315000482"),
    "PUPIL_NUMBER_FAKE": _pupil(personal_number="042315000000"),
    "PUPIL_BIRTH": _pupil(birth_date=None),
    "PUPIL_TOO_YOUNG": _pupil(birth_date=date(2017, 1, 2)),
    "PUPIL_TOO_OLD": _pupil(birth_date=date(2011, 1, 2)),
    "PUPIL_SEX": _pupil(sex=""),
    "PUPIL_ETHNICITY": _pupil(ethnicity_code=""),
    "PUPIL_FAMILY_NAME": _pupil(family_name=""),
    "PUPIL_ADDRESS": lambda w: _of(Address, person=w.pupil.person, kind="CURRENT").delete(),
    "PUPIL_ADDRESS_FORMER": _former_address,
    "PUPIL_BIRTHPLACE": lambda w: _of(Address, person=w.pupil.person, kind="BIRTHPLACE").delete(),
    "PUPIL_GUARDIAN": lambda w: _of(Guardianship, student=w.pupil).delete(),
    "PUPIL_CLASS": _unplace,
    "PUPIL_REGISTRY": lambda w: _of(Enrollment, student=w.pupil).update(registry_number=""),
    "PUPIL_MOET": lambda w: _of(Student, pk=w.pupil.pk).update(moet_code=None),
    "PUPIL_TEMPORARY": _temporary,
    "PUPIL_BREAK": _on_break,
    "PUPIL_TWICE": _twice,
    "FAMILY_PHONE": _mother(phone=""),
    "FAMILY_PHONE_SHARED": _shared_phone,
    "FAMILY_PARENT_AGE": _mother(birth_year=2003),
    "CLASS_HOMEROOM": lambda w: _of(HomeroomAssignment, homeroom_class=w.room).delete(),
    "CLASS_SIZE": _fill,
    "CLASS_EMPTY": _empty_class,
    "CLASS_SESSIONS": lambda w: _of(HomeroomClass, pk=w.room.pk).update(sessions_a_week=None),
    "CLASS_CAMPUS": _more_campuses,
    "STAFF_NUMBER": _teacher(personal_number=None),
    "STAFF_NUMBER_DOUBT": _teacher(birth_date=date(1986, 3, 14)),
    "STAFF_BIRTH": _teacher(birth_date=None),
    "STAFF_RETIRED": _teacher(birth_date=date(1959, 11, 23)),
    "STAFF_DEGREE": lambda w: _of(Qualification, staff_member=w.teacher).delete(),
    "STAFF_SUBJECT": lambda w: _of(
        type(w.teacher.teaching.model()), staff_member=w.teacher
    ).delete(),
    "STAFF_MOET": lambda w: _of(StaffMember, pk=w.teacher.pk).update(moet_code=None),
    "STAFF_EMPLOYMENT": lambda w: _of(Appointment, staff_member=w.teacher).update(employment=""),
    "STAFF_TITLE": lambda w: _of(ProfessionalTitle, staff_member=w.teacher).delete(),
    "SCHOOL_LEADER": lambda w: _of(Appointment, staff_member=w.principal).update(
        ends_on=TODAY, end_kind="RETIRED"
    ),
    "SCHOOL_PHONE": _school(phone=""),
    "SCHOOL_ADDRESS": _school(address=""),
    "SCHOOL_CAMPUS": lambda w: _of(Campus, school=w.school).update(ends_on=TODAY),
    "SCHOOL_YEAR": _no_classes,
    "SCHOOL_STILL": lambda _w: None,
}
MANY = {"PUPIL_TWICE": 2, "FAMILY_PHONE_SHARED": 4, "CLASS_CAMPUS": 2}
NOTHING_TO_CHECK = {"PUPIL_TEMPORARY", "PUPIL_BREAK", "CLASS_CAMPUS", "STAFF_TITLE"}


LATER = {"SCHOOL_STILL": 61}
"""Days after which a rule finds it, where time alone breaks it."""


def _count(w: Whole, rule: QualityRule, on: date) -> tuple[int, int]:
    with connection.cursor() as cursor:
        statement = count_statement(rule.subject, [rule])
        cursor.execute(statement, parameters(on, [w.school.pk]))
        return next(((row[3], row[4]) for row in cursor.fetchall()), (0, 0))


def test_every_rule_is_broken_here() -> None:
    assert set(BREAKS) == {one.code for one in every_rule()}


def test_nothing_is_wrong_in_a_whole_school(whole: Whole) -> None:
    found = count_now(TODAY, [whole.school.pk])[whole.school.pk]
    assert {code: wrong for code, (_checked, wrong) in found.items() if wrong} == {}
    asked = {one.code for one in rules_on(TODAY)} - NOTHING_TO_CHECK
    assert asked - found.keys() == set(), "each rule looked at something"


def test_each_rule_finds_what_breaks_it_and_lists_as_many(whole: Whole) -> None:
    """One world for all of them: what breaks a rule is undone before the next."""
    for code in sorted(BREAKS):
        with transaction.atomic():
            on = TODAY + timedelta(days=LATER.get(code, 0))
            BREAKS[code](whole)
            rule = rule_of(code, on)
            checked, wrong = _count(whole, rule, on)
            assert wrong == MANY.get(code, 1), code
            assert checked >= wrong, code
            listed = findings.findings(whole.school, rule, on)
            assert len(listed) == wrong, f"{code}: as many findings as the number says"
            one = findings.finding_of(whole.school, rule, listed[0].uuid, on)
            assert one == listed[0], code
            transaction.set_rollback(True)


def test_a_confirmed_number_is_right(whole: Whole) -> None:
    number = "042215000482"
    BREAKS["PUPIL_NUMBER_SEX"](whole)
    rule = rule_of("PUPIL_NUMBER_SEX", TODAY)
    assert _count(whole, rule, TODAY)[1] == 1
    person = whole.pupil.person
    NumberReview.objects.create(
        person=person, personal_number=number, doubts=1, reason="Giấy khai sinh", at=NOW
    )
    assert _count(whole, rule, TODAY)[1] == 0
    _person(person).update(birth_date=date(2014, 5, 5))
    assert _count(whole, rule_of("PUPIL_NUMBER_YEAR", TODAY), TODAY)[1] == 1, "a new doubt"


@pytest.mark.parametrize(("days", "wrong"), [(60, 0), (61, 1)])
def test_a_temporary_code_may_wait_sixty_days(days: int, wrong: int, whole: Whole) -> None:
    _pupil(personal_number=None)(whole)
    since = TODAY - timedelta(days=days)
    PersonCode.objects.create(
        person=whole.pupil.person, kind=CodeKind.TEMPORARY, code="TAM-26-000002", starts_on=since
    )
    assert _count(whole, rule_of("PUPIL_TEMPORARY", TODAY), TODAY)[1] == wrong


@pytest.mark.parametrize(
    ("born", "young", "old"), [(2016, 0, 0), (2017, 1, 0), (2012, 0, 0), (2011, 0, 1)]
)
def test_ages_have_the_room_that_the_law_leaves(
    born: int, young: int, old: int, whole: Whole
) -> None:
    _pupil(birth_date=date(born, 12, 31))(whole)
    assert _count(whole, rule_of("PUPIL_TOO_YOUNG", TODAY), TODAY)[1] == young
    assert _count(whole, rule_of("PUPIL_TOO_OLD", TODAY), TODAY)[1] == old


def test_what_is_stored_is_what_is_found(whole: Whole) -> None:
    for code in ("PUPIL_NUMBER", "STAFF_MOET", "CLASS_SESSIONS", "SCHOOL_PHONE"):
        BREAKS[code](whole)
    upkeep.refresh(on=TODAY, now=NOW)
    stored = {row.rule: (row.checked, row.wrong) for row in _of(RuleCount, school=whole.school)}
    assert stored == count_now(TODAY, [whole.school.pk])[whole.school.pk]
    score = _of(SchoolScore, school=whole.school).get()
    weights = {one.code: one.weight for one in rules_on(TODAY)}
    told = points_of(Tally(c, w, weights[code]) for code, (c, w) in stored.items())
    assert (score.lost, score.whole) == told
    assert score.wrong == 4


def test_days_are_kept_as_periods(whole: Whole) -> None:
    upkeep.refresh(on=TODAY, now=NOW)
    first = _of(RuleCount).count()
    upkeep.refresh(on=TODAY + timedelta(days=1), now=NOW)
    assert _of(RuleCount).count() == first, "a night in which nothing changed writes no row"
    BREAKS["PUPIL_NUMBER"](whole)
    upkeep.refresh(on=TODAY + timedelta(days=2), now=NOW)
    upkeep.refresh(on=TODAY + timedelta(days=2), now=NOW)
    rows = _of(RuleCount, school=whole.school, rule="PUPIL_NUMBER").order_by("starts_on")
    days = [(row.starts_on, row.ends_on, row.wrong) for row in rows]
    changed = TODAY + timedelta(days=2)
    assert days == [(TODAY, changed, 0), (changed, None, 1)]
    assert _of(SchoolScore, school=whole.school).count() == 3


def test_counting_asks_no_more_of_more_schools(whole: Whole) -> None:
    def queries(schools: list[int]) -> int:
        with CaptureQueriesContext(connection) as asked:
            upkeep.write_counts(schools, on=TODAY, now=NOW)
        return len(asked)

    more = [make_school(f"Trường THCS số {place}").pk for place in range(3)]
    queries([whole.school.pk])
    assert queries([whole.school.pk]) == queries([whole.school.pk, *more])
