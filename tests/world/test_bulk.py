"""The bulk actions refuse what the single ones refuse: COPY goes around nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from tests.world.conftest import NOW, TODAY, SmallWorld

from khuevan.kernel.errors import NotFound
from khuevan.platform.access.api import Grant, OperatorActor, operator_actor
from khuevan.platform.accounts.api import Person
from khuevan.registry.people.api import NewPerson
from khuevan.registry.schools.api import CodeTaken, HomeroomClass, SchoolData, academic_year_on
from khuevan.registry.schools.bulk import NewClass, NewSchool, bulk_open_schools
from khuevan.registry.staff.actions.bulk import NewStaff, bulk_appoint
from khuevan.registry.students.actions.bulk import (
    BulkGuardian,
    BulkHousehold,
    BulkStudent,
    bulk_register,
)
from khuevan.registry.students.api import (
    EntryKind,
    Guardianship,
    MoetCodeTaken,
    PersonalNumberTaken,
    Student,
    comes_of_age_on,
)

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"
YEAR = (date(2026, 9, 5), date(2027, 9, 5))
CHILD = NewPerson("Lê", "Thị", "Na", "FEMALE", 2015, date(2015, 2, 1), "042315999999", "01")
MOTHER = BulkGuardian(NewPerson("Vũ", "Thị", "Mơ", "FEMALE", 1990), "MOTHER", "Thợ may", 1)


@pytest.fixture
def operator() -> OperatorActor:
    return operator_actor(on=TODAY, login="tests")


@pytest.fixture
def pupil(world: SmallWorld) -> BulkStudent:
    school_id = world.loaded.unit_ids[world.plan.school_a.code]
    return BulkStudent(
        person=CHILD,
        school_id=school_id,
        homeroom_class_id=world.loaded.class_ids[school_id, "6A"],
        moet_code="4299999999",
        registry_number="2026-9999",
        entry_kind=EntryKind.TRANSFERRED_IN,
        enrolled_on=date(2026, 10, 1),
        placed_on=date(2026, 9, 5),
    )


def household(*children: BulkStudent) -> BulkHousehold:
    """Build a household of one mother."""
    return BulkHousehold((MOTHER,), children, "Thôn Đông", None)


def other(pupil: BulkStudent, **changes: object) -> BulkStudent:
    """Build a second pupil without a number, who is the first one's sister."""
    person = replace(CHILD, given="Hà", personal_number=None)
    return replace(pupil, person=person, moet_code="", registry_number="", **changes)  # type: ignore[arg-type]


def test_brother_and_sister_share_their_mother(operator: OperatorActor, pupil: BulkStudent) -> None:
    assert bulk_register(actor=operator, households=[household(pupil, other(pupil))], now=NOW) == 2
    mothers = Guardianship.objects.unscoped(because=WHY).filter(guardian__given_name="Mơ")
    assert mothers.count() == 2
    assert len(set(mothers.values_list("guardian", flat=True))) == 1


def test_the_guardians_follow_until_a_child_is_18(
    operator: OperatorActor, pupil: BulkStudent
) -> None:
    bulk_register(actor=operator, households=[household(pupil)], now=NOW)
    grant = Grant.objects.unscoped(because=WHY).filter(role__code="guardian").latest("id")
    assert grant.ends_on == comes_of_age_on(pupil.person.birth_date)


def test_nobody_sits_in_a_class_before_coming(operator: OperatorActor, pupil: BulkStudent) -> None:
    bulk_register(actor=operator, households=[household(pupil)], now=NOW)
    student = Student.objects.unscoped(because=WHY).get(moet_code="4299999999")
    placement = student.placements.unscoped(because=WHY).get()
    assert placement.starts_on == date(2026, 10, 1)


def test_a_number_given_twice_is_refused_and_nothing_written(
    operator: OperatorActor, pupil: BulkStudent
) -> None:
    before = Person.objects.unscoped(because=WHY).count()
    twice = other(pupil)
    twice = replace(twice, person=replace(twice.person, personal_number=CHILD.personal_number))
    with pytest.raises(PersonalNumberTaken):
        bulk_register(actor=operator, households=[household(pupil, twice)], now=NOW)
    assert Person.objects.unscoped(because=WHY).count() == before


def test_a_ministry_code_given_twice_is_refused(
    operator: OperatorActor, pupil: BulkStudent
) -> None:
    twice = replace(other(pupil), moet_code=pupil.moet_code)
    with pytest.raises(MoetCodeTaken):
        bulk_register(actor=operator, households=[household(pupil, twice)], now=NOW)


def test_an_eleven_digit_number_is_refused_by_the_database(
    operator: OperatorActor, pupil: BulkStudent
) -> None:
    wrong = replace(pupil, person=replace(CHILD, personal_number="04231599999"))
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_register(actor=operator, households=[household(wrong)], now=NOW)


def test_a_class_that_does_not_exist_is_refused(
    operator: OperatorActor, pupil: BulkStudent
) -> None:
    wrong = replace(pupil, homeroom_class_id=10**9)
    bulk_register(actor=operator, households=[household(wrong)], now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.check_constraints()
    transaction.set_rollback(True)


def test_a_clerk_registers_in_her_own_school_only(world: SmallWorld, pupil: BulkStudent) -> None:
    loan = world.actor("loan")
    assert bulk_register(actor=loan, households=[household(pupil)], now=NOW) == 1
    elsewhere = world.loaded.unit_ids[world.plan.school_b.code]
    with pytest.raises(NotFound):
        bulk_register(
            actor=loan, households=[household(other(pupil, school_id=elsewhere))], now=NOW
        )


def test_a_teacher_appoints_nobody(world: SmallWorld) -> None:
    unit_id = world.loaded.unit_ids[world.plan.school_a.code]
    new = NewStaff(CHILD, "", unit_id, "TEACHER", date(2026, 9, 1))
    with pytest.raises(NotFound):
        bulk_appoint(actor=world.actor("lan"), staff=[new], year=YEAR, now=NOW)


def _school(world: SmallWorld, code: str) -> NewSchool:
    data = SchoolData(
        code=code,
        name="Trường THCS Mới",
        short_name="THCS Mới",
        school_type="LOWER_SECONDARY",
        levels=("THCS",),
        parent_id=world.loaded.unit_ids["42-18685"],
    )
    return NewSchool(data, date(2026, 9, 5), date(2026, 9, 5), (NewClass("6 A", "6", "MORNING"),))


def test_a_school_opens_with_its_classes(world: SmallWorld, operator: OperatorActor) -> None:
    year = academic_year_on(TODAY)
    assert year is not None
    opened = bulk_open_schools(
        actor=operator, schools=[_school(world, "424465999")], year=year, now=NOW
    )
    classes = HomeroomClass.objects.unscoped(because=WHY).filter(school=opened[0])
    assert [(one.name, one.match_name) for one in classes] == [("6 A", "6a")]


def test_a_code_that_is_taken_is_refused(world: SmallWorld, operator: OperatorActor) -> None:
    year = academic_year_on(TODAY)
    assert year is not None
    taken = world.plan.school_a.code
    with pytest.raises(CodeTaken):
        bulk_open_schools(actor=operator, schools=[_school(world, taken)], year=year, now=NOW)


def test_a_principal_opens_no_schools(world: SmallWorld) -> None:
    year = academic_year_on(TODAY)
    assert year is not None
    with pytest.raises(NotFound):
        bulk_open_schools(actor=world.actor("hung"), schools=[], year=year, now=NOW)
