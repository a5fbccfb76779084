"""A loaded world: complete, with history and audit, and everybody sees what they should."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth import authenticate
from tests.world.conftest import NOW, TODAY, SmallWorld

from khuevan.cli.world.demo import connect_cast, load_demo, sign_in_lines
from khuevan.cli.world.load import WorldExists, load_world
from khuevan.cli.world.people import Registers
from khuevan.kernel.periods import in_force
from khuevan.platform.access.api import Grant, nobody, operator_actor
from khuevan.platform.accounts.api import Person, User
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import (
    UnitKind,
    children_of,
    unit_by_code,
    version_of,
    versions_on,
)
from khuevan.registry.people.api import Address
from khuevan.registry.schools.api import (
    GradeLevel,
    HomeroomClass,
    School,
    academic_year_on,
    schools,
    term_on,
)
from khuevan.registry.staff.api import Appointment, StaffMember, TeachingAssignment
from khuevan.registry.students.api import (
    COUNT_STUDENTS,
    VIEW_STUDENTS,
    ClassPlacement,
    Enrollment,
    Guardianship,
    Student,
)
from khuevan.registry.transfers.models import Transfer, TransferDecision

pytestmark = pytest.mark.django_db
WHY = "a test looks at everything"


def names(rows: object) -> set[str]:
    """Return the full names of the people in some placements."""
    return {row.person.full_name for row in rows}  # type: ignore[attr-defined]


def test_everything_planned_is_there(world: SmallWorld) -> None:
    assert School.objects.unscoped(because=WHY).count() == 8
    assert HomeroomClass.objects.unscoped(because=WHY).count() == 3 * world.loaded.classes
    assert Student.objects.unscoped(because=WHY).count() == 600 + world.loaded.leavers
    for model in (Enrollment, ClassPlacement):
        assert model.objects.unscoped(because=WHY).filter(ends_on=None).count() == 600
    planned = sum(len(staff) for _, staff in world.plan.staff())
    assert StaffMember.objects.unscoped(because=WHY).count() == planned
    assert Appointment.objects.unscoped(because=WHY).count() == planned


def test_earlier_years_are_there_and_over(world: SmallWorld) -> None:
    registers = Registers()
    past = [
        past.past_of(child)
        for past, households in world.plan.households(registers)
        for house in households
        for child in house.children
    ]
    gone = [one.past_of(left.pupil) for one, _year, left in world.plan.leavers(registers)]
    assert len(gone) == world.loaded.leavers > 20
    seats = ClassPlacement.objects.unscoped(because=WHY).exclude(ends_on=None)
    assert seats.count() == sum(len(one.seats) for one in [*past, *gone]) + len(gone) > 900
    stays = Enrollment.objects.unscoped(because=WHY).exclude(ends_on=None)
    assert stays.count() == sum(len(one.stays) for one in [*past, *gone]) + len(gone) > 50
    kinds = {stay.exit_kind for stay in stays}
    assert {"COMPLETED", "TRANSFERRED_OUT"} <= kinds <= {"COMPLETED", "TRANSFERRED_OUT", "DROPPED"}


def test_a_past_day_counts_about_as_many_as_today(world: SmallWorld) -> None:
    rows = Enrollment.objects.unscoped(because=WHY).filter(is_primary=True)
    today = rows.filter(in_force(TODAY)).count()
    for year in (2025, 2024):
        then = rows.filter(in_force(date(year, 11, 22))).count()
        assert 0.85 * today < then < 1.1 * today
    summer = Enrollment.objects.unscoped(because=WHY).filter(exit_kind="COMPLETED")
    assert {(row.ends_on.month, row.ends_on.day) for row in summer if row.ends_on} == {(7, 1)}


def test_who_left_holds_no_grant(world: SmallWorld) -> None:
    here = Enrollment.objects.unscoped(because=WHY).filter(ends_on=None).values("person_id")
    pupils = Grant.objects.unscoped(because=WHY).filter(role__code="student")
    assert not pupils.exclude(person_id__in=here).exists()


def test_households_share_guardians(world: SmallWorld) -> None:
    houses = [house for _, houses in world.plan.households() for house in houses]
    guardians = Guardianship.objects.unscoped(because=WHY)
    assert guardians.count() == sum(len(h.guardians) * len(h.children) for h in houses)
    assert guardians.values("guardian").distinct().count() == sum(len(h.guardians) for h in houses)


def test_copied_rows_have_their_history_in_one_batch(world: SmallWorld) -> None:
    history = Person.history.rel.related_model.objects.unscoped(because=WHY)  # type: ignore[attr-defined]
    assert history.count() == Person.objects.unscoped(because=WHY).count()
    assert history.values("pgh_context_id").distinct().count() == 1
    assert history.filter(pgh_context_id=None).count() == 0


def test_each_school_reads_of_its_pupils_in_the_audit_log(world: SmallWorld) -> None:
    entries = AuditEntry.objects.unscoped(because=WHY).filter(code="students.registered")
    counts = {entry.unit_id: entry.details["count"] for entry in entries}
    assert counts == {world.loaded.unit_ids[s.code]: s.pupils for s in world.plan.schools}


def test_the_tree_follows_the_law(world: SmallWorld) -> None:
    province = unit_by_code("42")
    assert children_of(province.pk, on=TODAY).count() == 2 + 69  # with the inspectorate
    for school in world.plan.schools:
        placed = version_of(world.loaded.unit_ids[school.code], on=TODAY)
        assert placed is not None
        assert placed.parent is not None
        assert placed.parent.kind == ("DEPARTMENT" if school.is_departments else "COMMUNE")
        assert placed.area is not None
        assert placed.area.code == school.commune.code


def test_the_change_of_2025_names_its_texts_and_its_divisions(world: SmallWorld) -> None:
    """Each commune has its division since; the department's inspectorate ended the day before."""
    june, july = date(2025, 6, 30), date(2025, 7, 1)
    kinds = {
        day: versions_on(day).filter(unit__kind=UnitKind.COMMUNE_DIVISION).count()
        for day in (june, july)
    }
    assert kinds == {june: 0, july: 69}
    inspectorate = versions_on(june).get(name="Thanh tra Sở")
    assert (inspectorate.ends_on, inspectorate.ended_by and inspectorate.ended_by.number) == (
        july,
        "84/2025/QH15 (theo trí nhớ)",
    )
    first = next(one for one in world.plan.schools if not one.is_departments)
    placed = version_of(world.loaded.unit_ids[first.code], on=TODAY)
    assert placed is not None
    assert placed.decision == "142/2025/NĐ-CP"
    (commune,) = {placed.parent_id}
    opened = version_of(commune or 0, on=TODAY)
    assert opened is not None
    assert opened.decision == "1665/NQ-UBTVQH15 (theo trí nhớ)"


def test_year_terms_and_grades_are_open(world: SmallWorld) -> None:
    year = academic_year_on(TODAY)
    assert year is not None
    assert year.code == "2026-2027"
    for level in ("MN", "TH", "THCS", "THPT", "GDTX"):
        term = term_on(TODAY, level=level)
        assert term is not None
        assert term.number == 1
    grades = list(GradeLevel.objects.order_by("position").values_list("code", flat=True))
    assert grades[:8] == ["NT0", "NT1", "NT", "MG3", "MG4", "MG5", "1", "2"]
    assert grades[-6:] == ["TX10", "TX11", "TX12", "TN10", "TN11", "TN12"]


def test_lan_sees_her_classes_only(world: SmallWorld) -> None:
    seen = ClassPlacement.objects.visible_to(world.actor("lan"), VIEW_STUDENTS)
    classes = set(seen.values_list("homeroom_class__name", "school__code"))
    assert classes <= {(name, world.plan.school_a.code) for name in ("6A", "6B")}
    assert "Phạm Minh Anh" in names(seen.select_related("person"))


def test_mai_sees_nothing_of_school_a(world: SmallWorld) -> None:
    seen = ClassPlacement.objects.visible_to(world.actor("mai"), VIEW_STUDENTS)
    assert seen.exists()
    assert set(seen.values_list("school__code", flat=True)) == {world.plan.school_b.code}


def test_hung_sees_his_whole_school(world: SmallWorld) -> None:
    seen = ClassPlacement.objects.visible_to(world.actor("hung"), VIEW_STUDENTS)
    assert seen.filter(ends_on=None).count() == world.plan.school_a.pupils


def test_huong_sees_her_two_children(world: SmallWorld) -> None:
    seen = ClassPlacement.objects.visible_to(world.actor("huong"), VIEW_STUDENTS)
    assert names(seen.select_related("person")) == {"Phạm Minh Anh", "Phạm Đức Minh"}


def test_minh_anh_sees_herself(world: SmallWorld) -> None:
    seen = ClassPlacement.objects.visible_to(world.actor("minhanh"), VIEW_STUDENTS)
    assert names(seen.select_related("person")) == {"Phạm Minh Anh"}


def test_binh_sees_every_school_and_hoa_those_of_her_commune(world: SmallWorld) -> None:
    assert schools(actor=world.actor("binh"), on=TODAY).count() == 8
    of_commune = {
        school.code
        for school in world.plan.schools
        if school.commune.code == "18685" and not school.is_departments
    }
    seen = schools(actor=world.actor("hoa"), on=TODAY)
    assert set(seen.values_list("code", flat=True)) == of_commune


@pytest.mark.parametrize("username", ["son", "hien", "duy", "thanh"])
def test_who_has_no_business_with_pupils_sees_none(world: SmallWorld, username: str) -> None:
    assert not ClassPlacement.objects.visible_to(world.actor(username), VIEW_STUDENTS).exists()


def test_the_director_can_count(world: SmallWorld) -> None:
    assert world.actor("thanh").reach(COUNT_STUDENTS, "school").everything


def test_the_cast_can_sign_in_with_the_demos_password(world: SmallWorld) -> None:
    assert authenticate(username="lan", password="khue-van-demo") is not None
    assert authenticate(username="lan", password="something else") is None
    assert User.objects.for_sign_in().count() == 20


def test_connecting_the_cast_again_changes_nothing(world: SmallWorld) -> None:
    operator = operator_actor(on=TODAY, login="tests")
    before = Grant.objects.unscoped(because=WHY).count()
    assert connect_cast(world.plan, actor=operator, now=NOW, password="other") == 0
    assert Grant.objects.unscoped(because=WHY).count() == before


def test_a_second_world_is_refused(world: SmallWorld) -> None:
    with pytest.raises(WorldExists):
        load_world(world.plan, actor=operator_actor(on=TODAY, login="tests"), now=NOW)


def test_every_grant_follows_from_a_fact_or_was_given(world: SmallWorld) -> None:
    grants = Grant.objects.unscoped(because=WHY)
    by_hand = grants.filter(source="MANUAL").values_list("role__code", flat=True)
    assert sorted(by_hand) == [
        "commune_officer",
        "commune_officer",
        "data_officer",
        "data_protection_officer",
        "department_specialist",
        "support_engineer",
        "system_admin",
    ]
    assert not grants.filter(source="DERIVED", source_key="").exists()


def test_lessons_and_addresses_are_there(world: SmallWorld) -> None:
    assert TeachingAssignment.objects.unscoped(because=WHY).count() > 100
    addresses = Address.objects.unscoped(because=WHY)
    assert addresses.filter(kind="PERMANENT", area__isnull=False).count() == 600


@pytest.mark.parametrize("model", [Person, Enrollment, Grant])
def test_nobody_signed_in_reaches_nothing(world: SmallWorld, model: type[Person]) -> None:
    assert not model.objects.visible_to(nobody(on=TODAY), VIEW_STUDENTS).exists()


def test_every_sign_in_is_told() -> None:
    assert len(sign_in_lines()) == 21
    assert any(line.startswith("lan ") for line in sign_in_lines())


def test_the_demo_is_loaded_once(world: SmallWorld) -> None:
    told: list[str] = []
    operator = operator_actor(on=date(2026, 12, 1), login="tests")
    lines = load_demo(actor=operator, now=NOW, say=told.append)
    assert (len(lines), told) == (21, [])
    cases = Transfer.objects.unscoped(because="a test reads")
    moves = cases.filter(subject="STAFF").order_by("pk").values_list("move", "state")
    assert list(moves) == [
        ("WISH", "REQUESTED"),
        ("WISH", "ACCEPTED_BY_RECEIVER"),
        ("NEED", "ACCEPTED_BY_RECEIVER"),
        ("SECONDMENT", "RELEASED"),
    ]
    decided = TransferDecision.objects.unscoped(because="a test reads")
    assert decided.get(transfer__move="NEED").state == "GRANTED"
