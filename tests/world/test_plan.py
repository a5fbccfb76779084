"""The planned province: fixed by seed and day, complete, believable to who works in one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from datetime import date
from hashlib import sha256

import pytest

from khuevan.cli.world.grades import GRADE, GradePlan
from khuevan.cli.world.network import communes
from khuevan.cli.world.places import returning_day
from khuevan.cli.world.plan import WorldPlan, plan_world
from khuevan.cli.world.shapes import HouseholdPlan, PersonPlan, PupilPlan, SchoolPlan, StaffPlan
from khuevan.cli.world.staffing import TEACHERS_A_CLASS, teachers_needed
from khuevan.cli.world.years import year_of
from khuevan.kernel.personal_number import check_format, contradictions
from khuevan.registry.staff.api import retires_on

TODAY = date(2026, 11, 22)

LARGEST_CLASS = {
    "NT": 25, "MG3": 25, "MG4": 30, "MG5": 35, "TH": 35, "THCS": 45, "THPT": 45, "GDTX": 45,
}  # fmt: skip


def largest_class(grade: GradePlan) -> int:
    """Return how many pupils a class of a grade may have."""
    return LARGEST_CLASS.get(grade.code, LARGEST_CLASS.get(grade.level, 45))


@dataclass
class Everybody:
    """A whole small world held in memory."""

    plan: WorldPlan
    households: list[HouseholdPlan] = field(default_factory=list)
    staff: dict[str, list[StaffPlan]] = field(default_factory=dict)

    @property
    def pupils(self) -> Iterator[PupilPlan]:
        """Return all pupils."""
        return (child for house in self.households for child in house.children)

    @property
    def schools(self) -> dict[str, SchoolPlan]:
        """Return the schools by code."""
        return {school.code: school for school in self.plan.schools}

    @property
    def people(self) -> Iterator[PersonPlan]:
        """Return all people."""
        for house in self.households:
            yield from (child.person for child in house.children)
            yield from (guardian.person for guardian in house.guardians)
        for staff in self.staff.values():
            yield from (member.person for member in staff)


def populate(plan: WorldPlan) -> Everybody:
    """Make everybody of a plan."""
    everybody = Everybody(plan)
    for _, households in plan.households():
        everybody.households += households
    everybody.staff = {school.code if school else "": staff for school, staff in plan.staff()}
    return everybody


def fingerprint(plan: WorldPlan) -> str:
    """Return a hash of everything that is planned."""
    everybody = populate(plan)
    digest = sha256(repr([astuple(school) for school in plan.schools]).encode())
    for house in everybody.households:
        digest.update(repr(astuple(house)).encode())
    digest.update(repr([astuple(m) for s in everybody.staff.values() for m in s]).encode())
    return digest.hexdigest()


@pytest.fixture(scope="module")
def world() -> Everybody:
    return populate(plan_world(today=TODAY, schools=60, pupils=9000))


def test_the_same_seed_and_day_give_the_same_world() -> None:
    one, two = (plan_world(today=TODAY, schools=8, pupils=600) for _ in range(2))
    assert fingerprint(one) == fingerprint(two)


def test_another_day_of_the_year_changes_nothing_another_seed_everything() -> None:
    first = fingerprint(plan_world(today=TODAY, schools=8, pupils=600))
    assert first == fingerprint(plan_world(today=date(2027, 3, 1), schools=8, pupils=600))
    assert first != fingerprint(plan_world(today=TODAY, seed=7, schools=8, pupils=600))
    assert first != fingerprint(plan_world(today=date(2027, 9, 5), schools=8, pupils=600))


def test_households_can_be_read_twice(world: Everybody) -> None:
    again = [house for _, houses in world.plan.households() for house in houses]
    assert again == world.households


@pytest.mark.parametrize(
    ("schools", "pupils"), [(8, 480), (13, 2000), (60, 30_000), (300, 140_000)]
)
def test_a_plan_has_as_many_schools_and_pupils_as_asked(schools: int, pupils: int) -> None:
    plan = plan_world(today=TODAY, schools=schools, pupils=pupils)
    assert (len(plan.schools), plan.pupils) == (schools, pupils)
    assert plan.school_a.group == 0


@pytest.mark.parametrize(("schools", "pupils"), [(7, 9000), (60, 3000)])
def test_too_small_a_world_is_refused(schools: int, pupils: int) -> None:
    with pytest.raises(ValueError, match="at least"):
        plan_world(today=TODAY, schools=schools, pupils=pupils)


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 11, 22), "2026-2027"),
        (date(2026, 9, 5), "2026-2027"),
        (date(2026, 9, 4), "2025-2026"),
        (date(2027, 7, 1), "2026-2027"),
    ],
)
def test_the_academic_year_follows_from_today(today: date, code: str) -> None:
    year = year_of(today)
    assert year.code == code
    assert year.starts_on <= today < year.ends_on
    assert year.terms[0].ends_on == year.terms[1].starts_on


def test_first_term_has_eighteen_weeks() -> None:
    first, second = year_of(TODAY).terms
    assert (first.starts_on, first.ends_on) == (date(2026, 9, 5), date(2027, 1, 11))
    assert second.ends_on == date(2027, 5, 24)


def test_schools_of_all_kinds_stand_in_real_communes(world: Everybody) -> None:
    kinds = Counter(school.kind for school in world.plan.schools)
    assert len(kinds) == 7
    assert kinds["ETHNIC_BOARDING"] == kinds["CONTINUING_CENTER"] == 1
    assert len(communes()) == 69
    assert {school.commune for school in world.plan.schools} <= set(communes())


def test_school_names_and_codes_are_their_own(world: Everybody) -> None:
    assert len({school.name for school in world.plan.schools}) == 60
    assert len(world.schools) == 60
    assert "Trường THCS Cẩm Bình" in {school.name for school in world.plan.schools}


def test_the_commune_manages_what_the_law_gives_it(world: Everybody) -> None:
    for school in world.plan.schools:
        assert school.is_departments == bool({"THPT", "GDTX"} & set(school.levels))


def test_no_class_is_over_the_norm_or_empty() -> None:
    for school in plan_world(today=TODAY).schools:
        for planned in school.classes:
            assert 0 < planned.size <= largest_class(GRADE[planned.grade])


def test_every_class_holds_the_pupils_planned_for_it(world: Everybody) -> None:
    held = Counter((pupil.school_code, pupil.class_name) for pupil in world.pupils)
    assert held == {
        (school.code, planned.name): planned.size
        for school in world.plan.schools
        for planned in school.classes
    }


def test_no_pupil_is_too_young_or_far_too_old(world: Everybody) -> None:
    for pupil in world.pupils:
        grade = _grade(world, pupil)
        assert pupil.person.birth_date is not None
        late = 2026 - grade.age - pupil.person.birth_date.year
        assert 0 <= late <= (2 if grade.level == "GDTX" else 1), pupil


def test_brothers_and_sisters_share_guardians_and_family_name(world: Everybody) -> None:
    for house in world.households:
        assert len({child.person.family for child in house.children}) == 1
        names = [guardian.person.family for guardian in house.guardians]
        if not any(guardian.relation == "GUARDIAN" for guardian in house.guardians):
            assert house.children[0].person.family in names


def test_the_family_name_is_the_fathers(world: Everybody) -> None:
    for house in world.households:
        fathers = [g.person.family for g in house.guardians if g.relation == "FATHER"]
        assert not fathers or fathers == [house.children[0].person.family]


def test_many_pupils_have_a_brother_or_sister_at_another_school(world: Everybody) -> None:
    spread = [h for h in world.households if len({c.school_code for c in h.children}) > 1]
    assert len(spread) > len(world.households) / 8


def test_children_of_a_family_are_born_a_year_apart_or_are_twins(world: Everybody) -> None:
    for house in world.households:
        births = sorted(c.person.birth_date for c in house.children if c.person.birth_date)
        gaps = [(b - a).days for a, b in zip(births, births[1:], strict=False)]
        assert all(gap == 0 or gap > 300 for gap in gaps), house


def test_parents_were_grown_up(world: Everybody) -> None:
    for house in world.households:
        births = [child.person.birth_year for child in house.children]
        for guardian in house.guardians:
            assert min(births) - guardian.person.birth_year >= 17
            if guardian.relation == "MOTHER":
                assert max(births) - guardian.person.birth_year <= 52


def test_personal_numbers_are_unique_and_agree_with_the_person(world: Everybody) -> None:
    numbered = [person for person in world.people if person.personal_number]
    assert len({person.personal_number for person in numbered}) == len(numbered)
    for person in numbered:
        number = person.personal_number or ""
        assert check_format(number).is_valid
        assert not contradictions(number, sex=person.sex, birth_date=person.birth_date), person


def test_most_pupils_were_born_in_the_province(world: Everybody) -> None:
    numbers = [pupil.person.personal_number or "" for pupil in world.pupils]
    local = sum(number.startswith("042") for number in numbers)
    assert 0.92 < local / len(numbers) < 0.97
    assert sum(not number for number in numbers) < 20


def test_phones_codes_and_registry_numbers_are_unique(world: Everybody) -> None:
    phones = [person.phone for person in world.people if person.phone]
    assert len(set(phones)) == len(phones)
    assert all(len(phone) == 10 and phone.startswith("095") for phone in phones)
    codes = [pupil.moet_code for pupil in world.pupils]
    codes += [member.moet_code for staff in world.staff.values() for member in staff]
    assert len(set(codes)) == len(codes)
    entries = [(pupil.school_code, pupil.registry_number) for pupil in world.pupils]
    assert len(set(entries)) == len(entries)


def test_pupils_enrolled_before_today_and_at_the_schools_first_grade(world: Everybody) -> None:
    for pupil in world.pupils:
        assert pupil.enrolled_on <= TODAY
        first = min(GRADE[c.grade].age for c in world.schools[pupil.school_code].classes)
        assert pupil.enrolled_on.year >= 2026 - (_grade(world, pupil).age - first)


def test_ethnicities_are_those_of_the_province(world: Everybody) -> None:
    peoples = Counter(pupil.person.ethnicity for pupil in world.pupils)
    assert peoples["01"] / peoples.total() > 0.97
    assert {"44", "06", "03", "37"} <= set(peoples)
    boarding = next(s.code for s in world.plan.schools if s.kind == "ETHNIC_BOARDING")
    of_boarding = Counter(p.person.ethnicity for p in world.pupils if p.school_code == boarding)
    assert of_boarding["01"] < of_boarding.total() * 0.1


def test_every_class_has_a_homeroom_teacher_of_its_own(world: Everybody) -> None:
    for school in world.plan.schools:
        homerooms = [m.homeroom for m in world.staff[school.code] if m.homeroom]
        assert Counter(homerooms) == Counter(planned.name for planned in school.classes)


def test_teachers_are_as_many_as_the_norm_gives(world: Everybody) -> None:
    for school in world.plan.schools:
        teachers = [m for m in world.staff[school.code] if m.position == "TEACHER"]
        assert len(teachers) == sum(teachers_needed(school, level) for level in school.levels)


@pytest.mark.parametrize("level", ["TH", "THCS", "THPT"])
def test_the_norm_is_that_of_the_circulars(world: Everybody, level: str) -> None:
    school = next(s for s in world.plan.schools if s.levels == (level,))
    needed = teachers_needed(school, level)
    assert abs(needed - len(school.classes) * TEACHERS_A_CLASS[level]) <= 0.5


def test_every_school_has_one_principal_and_an_office(world: Everybody) -> None:
    for school in world.plan.schools:
        posts = Counter(member.position for member in world.staff[school.code])
        assert posts["PRINCIPAL"] == posts["CLERK"] == posts["NURSE"] == 1
        assert posts["VICE_PRINCIPAL"] in (1, 2)


def test_every_subject_of_a_class_is_taught_once(world: Everybody) -> None:
    for school in world.plan.schools:
        taught = [lesson for m in world.staff[school.code] for lesson in m.lessons]
        assert len(set(taught)) == len(taught)
        subjects = defaultdict(set)
        for name, subject in taught:
            subjects[name].add(subject)
        assert school.levels == ("MN",) or all(
            "Toán" in subjects[planned.name] for planned in school.classes
        )


def test_primary_classes_learn_what_the_program_gives_their_grade(world: Everybody) -> None:
    grades = {(s.code, c.name): c.grade for s in world.plan.schools for c in s.classes}
    seen = defaultdict(set)
    for school in world.plan.schools:
        for member in world.staff[school.code]:
            for name, subject in member.lessons:
                seen[grades[school.code, name]].add(subject)
    for grade in ("1", "2"):
        assert not {"Tin học và Công nghệ", "Tin học", "Khoa học"} & seen[grade]
        assert {"Tiếng Việt", "Tự nhiên và Xã hội"} <= seen[grade]
    assert "Tin học và Công nghệ" in seen["3"]
    assert {"Khoa học", "Lịch sử và Địa lí", "Tin học và Công nghệ"} <= seen["5"]
    assert not any(subject.startswith("Giáo viên") for some in seen.values() for subject in some)


def test_schools_of_a_ward_stand_in_a_group_and_not_in_a_hamlet(world: Everybody) -> None:
    for school in world.plan.schools:
        hood = "Tổ dân phố" if school.commune.full_name.startswith("Phường") else "Thôn"
        assert school.address.startswith(hood), school


def test_staff_are_between_22_and_62(world: Everybody) -> None:
    for staff in world.staff.values():
        assert all(22 <= 2026 - member.person.birth_year <= 62 for member in staff)
        assert all(member.appointed_on < TODAY for member in staff)


def test_nobody_works_beyond_the_age_of_retirement(world: Everybody) -> None:
    for staff in world.staff.values():
        for member in staff:
            assert member.person.birth_date is not None
            assert retires_on(member.person.sex, member.person.birth_date) > date(2027, 9, 5)


@pytest.mark.parametrize(
    ("sex", "born", "retires"),
    [
        ("FEMALE", date(1969, 10, 15), date(2026, 11, 1)),
        ("FEMALE", date(1969, 11, 22), date(2026, 12, 1)),
        ("MALE", date(1964, 3, 2), date(2025, 7, 1)),
        ("MALE", date(1970, 12, 5), date(2033, 1, 1)),
        ("FEMALE", date(1985, 3, 14), date(2045, 4, 1)),
    ],
)
def test_the_age_of_retirement_rises_by_decree(sex: str, born: date, retires: date) -> None:
    assert retires_on(sex, born) == retires


def test_boarding_classes_hold_at_most_35(world: Everybody) -> None:
    boarding = next(s for s in world.plan.schools if s.kind == "ETHNIC_BOARDING")
    assert max(planned.size for planned in boarding.classes) <= 35


def _grade(world: Everybody, pupil: PupilPlan) -> GradePlan:
    school = world.schools[pupil.school_code]
    return GRADE[next(c.grade for c in school.classes if c.name == pupil.class_name)]


@pytest.mark.parametrize("opening", [date(2026, 9, 5), date(2027, 9, 6)])
def test_pupils_come_back_on_a_monday_before_the_opening(opening: date) -> None:
    back = returning_day(opening)
    assert back.weekday() == 0
    assert 0 < (opening - back).days <= 7
