"""Loading a planned province into an empty database, through the bulk actions of the apps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.cli.world.grades import GRADES
from khuevan.cli.world.network import DEPARTMENT_CODE, PROVINCE_CODE
from khuevan.cli.world.plan import WorldPlan
from khuevan.cli.world.shapes import (
    CommunePlan,
    HouseholdPlan,
    PersonPlan,
    PupilPlan,
    SchoolPlan,
    StaffPlan,
)
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import Area, areas_on
from khuevan.platform.audit.api import batch
from khuevan.platform.organizations.api import UnitKind, UnitPlace, open_unit
from khuevan.registry.people.api import NewPerson
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School, SchoolData
from khuevan.registry.schools.bulk import (
    NewClass,
    NewGrade,
    NewSchool,
    bulk_open_schools,
    open_year,
)
from khuevan.registry.staff.bulk import NewStaff, bulk_appoint
from khuevan.registry.students.api import EntryKind
from khuevan.registry.students.bulk import (
    BulkGuardian,
    BulkHousehold,
    BulkStudent,
    bulk_register,
)

TWO_LEVELS_SINCE = date(2025, 7, 1)
STAFF_AT_ONCE, HOUSEHOLDS_AT_ONCE = 5000, 5000

T = TypeVar("T")
Say = Callable[[str], None]


class WorldExists(DomainError):
    """A planned world is loaded into an empty province only."""

    code = "world.exists"
    message = _("The province already has schools. Start over with an empty data folder.")


class WorldTooSmall(DomainError):
    """A planned world must hold the cast."""

    code = "world.too_small"
    message = _("A world has at least 8 schools, and 60 pupils for each school.")
    status = 400


@dataclass(slots=True)
class Loaded:
    """What was loaded, and where its parts are."""

    schools: int = 0
    classes: int = 0
    staff: int = 0
    pupils: int = 0
    unit_ids: dict[str, int] = field(default_factory=dict)
    class_ids: dict[tuple[int, str], int] = field(default_factory=dict)


def has_schools() -> bool:
    """Return whether any school exists."""
    return School.objects.unscoped(because="a world is loaded into an empty province").exists()


def load_world(
    plan: WorldPlan, *, actor: Actor, now: datetime, say: Say = lambda _: None
) -> Loaded:
    """Load a planned province: all of it or nothing.

    :raises WorldExists: when the database has schools
    """
    if has_schools():
        raise WorldExists
    loaded = Loaded()
    with batch(actor_label=actor.label), transaction.atomic():
        _open(plan, loaded, actor=actor, now=now)
        say(
            gettext("%(schools)s schools with %(classes)s classes")
            % {"schools": loaded.schools, "classes": loaded.classes}
        )
        for some in _chunks(_new_staff(plan, loaded), STAFF_AT_ONCE):
            year = (plan.year.starts_on, plan.year.ends_on)
            loaded.staff += len(bulk_appoint(actor=actor, staff=some, year=year, now=now))
            connection.check_constraints()
        say(gettext("%(count)s staff") % {"count": loaded.staff})
        for households in _chunks(_new_households(plan, loaded), HOUSEHOLDS_AT_ONCE):
            loaded.pupils += bulk_register(actor=actor, households=households, now=now)
            connection.check_constraints()
            say(gettext("%(count)s pupils") % {"count": loaded.pupils})
    return loaded


def _open(plan: WorldPlan, loaded: Loaded, *, actor: Actor, now: datetime) -> None:
    areas = {area.code: area for area in areas_on(plan.today)}
    loaded.unit_ids = _open_offices(plan.communes, areas, actor=actor, now=now)
    year = open_year(
        actor=actor,
        code=plan.year.code,
        starts_on=plan.year.starts_on,
        ends_on=plan.year.ends_on,
        terms=[(term.number, term.starts_on, term.ends_on) for term in plan.year.terms],
        grades=[NewGrade(g.code, g.name, g.level, g.age) for g in GRADES],
    )
    new = [_new_school(school, loaded, areas) for school in plan.schools]
    opened = bulk_open_schools(actor=actor, schools=new, year=year, now=now)
    loaded.unit_ids |= {school.code: school.pk for school in opened}
    loaded.schools = len(opened)
    loaded.class_ids = _class_ids(year)
    loaded.classes = len(loaded.class_ids)


def _open_offices(
    communes: Iterable[CommunePlan], areas: dict[str, Area], *, actor: Actor, now: datetime
) -> dict[str, int]:
    """Open the province, its department and its communes, and return their ids by code."""

    def opened(code: str, kind: UnitKind, place: UnitPlace) -> int:
        since = TWO_LEVELS_SINCE
        return open_unit(
            actor=actor, code=code, kind=kind, place=place, starts_on=since, now=now
        ).pk

    whole = areas[PROVINCE_CODE].pk
    province = UnitPlace("UBND tỉnh Hà Tĩnh", "UBND tỉnh", None, whole)
    province_id = opened(PROVINCE_CODE, UnitKind.PROVINCE, province)
    department = UnitPlace("Sở Giáo dục và Đào tạo Hà Tĩnh", "Sở GDĐT Hà Tĩnh", province_id, whole)
    ids = {
        PROVINCE_CODE: province_id,
        DEPARTMENT_CODE: opened(DEPARTMENT_CODE, UnitKind.DEPARTMENT, department),
    }
    for commune in communes:
        lowered = commune.full_name[0].lower() + commune.full_name[1:]
        area_id = areas[commune.code].pk
        place = UnitPlace(f"UBND {lowered}", commune.full_name, province_id, area_id)
        code = f"{PROVINCE_CODE}-{commune.code}"
        ids[code] = opened(code, UnitKind.COMMUNE, place)
    return ids


def _new_school(school: SchoolPlan, loaded: Loaded, areas: dict[str, Area]) -> NewSchool:
    manager = DEPARTMENT_CODE if school.is_departments else f"{PROVINCE_CODE}-{school.commune.code}"
    return NewSchool(
        SchoolData(
            code=school.code,
            name=school.name,
            short_name=school.short_name,
            school_type=school.kind,
            levels=school.levels,
            parent_id=loaded.unit_ids[manager],
            area_id=areas[school.commune.code].pk,
            address=school.address,
            phone=school.phone,
            is_disadvantaged=school.is_disadvantaged,
        ),
        founded_on=school.founded_on,
        unit_since=TWO_LEVELS_SINCE,
        classes=tuple(NewClass(c.name, c.grade, c.session) for c in school.classes),
    )


def _class_ids(year: AcademicYear) -> dict[tuple[int, str], int]:
    rows = HomeroomClass.objects.unscoped(because="the classes were opened a moment ago")
    of_year = rows.filter(academic_year=year).values_list("school_id", "name", "id")
    return {(school_id, name): pk for school_id, name, pk in of_year}


def _new_staff(plan: WorldPlan, loaded: Loaded) -> Iterator[NewStaff]:
    for school, staff in plan.staff():
        for member in staff:
            yield _new_member(member, loaded, is_school=school is not None)


def _new_member(member: StaffPlan, loaded: Loaded, *, is_school: bool) -> NewStaff:
    unit_id = loaded.unit_ids[member.unit_code]
    return NewStaff(
        person=_new_person(member.person),
        moet_code=member.moet_code,
        unit_id=unit_id,
        position=member.position,
        starts_on=member.appointed_on,
        homeroom_id=loaded.class_ids[unit_id, member.homeroom] if member.homeroom else None,
        lessons=tuple(
            (loaded.class_ids[unit_id, name], subject) for name, subject in member.lessons
        ),
        is_school=is_school,
    )


def _new_households(plan: WorldPlan, loaded: Loaded) -> Iterator[BulkHousehold]:
    area_ids = {area.code: area.pk for area in areas_on(plan.today)}
    for _group, households in plan.households():
        for house in households:
            yield _new_household(house, plan, loaded, area_ids)


def _new_household(
    house: HouseholdPlan, plan: WorldPlan, loaded: Loaded, area_ids: dict[str, int]
) -> BulkHousehold:
    return BulkHousehold(
        guardians=tuple(
            BulkGuardian(_new_person(g.person), g.relation, g.occupation, g.contact_order)
            for g in house.guardians
        ),
        children=tuple(_new_pupil(child, plan, loaded) for child in house.children),
        address=house.address,
        area_id=area_ids[house.commune_code],
    )


def _new_pupil(pupil: PupilPlan, plan: WorldPlan, loaded: Loaded) -> BulkStudent:
    school_id = loaded.unit_ids[pupil.school_code]
    came_with_others = (pupil.enrolled_on.month, pupil.enrolled_on.day) == (9, 5)
    return BulkStudent(
        person=_new_person(pupil.person),
        school_id=school_id,
        homeroom_class_id=loaded.class_ids[school_id, pupil.class_name],
        moet_code=pupil.moet_code,
        registry_number=pupil.registry_number,
        entry_kind=EntryKind.ADMITTED if came_with_others else EntryKind.TRANSFERRED_IN,
        enrolled_on=pupil.enrolled_on,
        placed_on=plan.year.starts_on,
        birthplace=pupil.birthplace,
        policies=pupil.policies,
        disability=pupil.disability,
    )


def _new_person(person: PersonPlan) -> NewPerson:
    return NewPerson(
        family=person.family,
        middle=person.middle,
        given=person.given,
        sex=person.sex,
        birth_year=person.birth_year,
        birth_date=person.birth_date,
        personal_number=person.personal_number,
        ethnicity_code=person.ethnicity,
        phone=person.phone,
    )


def _chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(items)
    while some := list(islice(waiting, size)):
        yield some
