"""Loading a planned province into an empty database, through the bulk actions of the apps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

from django.apps import apps
from django.db import connection, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.cli.world.indexes import put_aside
from khuevan.cli.world.past import PastMaker
from khuevan.cli.world.people import Registers
from khuevan.cli.world.plan import WorldPlan
from khuevan.cli.world.shapes import (
    HouseholdPlan,
    PersonPlan,
    PupilPlan,
    SchoolPlan,
    StaffPlan,
    YearPlan,
)
from khuevan.cli.world.tree import Tree
from khuevan.insight.rollup.api import refresh_counts
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.areas.api import areas_on
from khuevan.platform.audit.api import batch
from khuevan.registry.people.api import NewPerson
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School, SchoolData
from khuevan.registry.schools.beginning import usual_grades
from khuevan.registry.schools.bulk import (
    NewClass,
    NewSchool,
    bulk_open_classes,
    bulk_open_schools,
    open_year,
)
from khuevan.registry.staff.actions.bulk import NewStaff, bulk_appoint
from khuevan.registry.students.actions.bulk import (
    BulkGuardian,
    BulkHousehold,
    BulkSeat,
    BulkStay,
    BulkStudent,
    bulk_register,
)
from khuevan.registry.students.api import EntryKind, ExitKind

STAFF_AT_ONCE, HOUSEHOLDS_AT_ONCE = 5000, 5000
WORTH_IT = 5000
"""From how many pupils on indexes are put aside while they are loaded."""

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
    leavers: int = 0
    unit_ids: dict[str, int] = field(default_factory=dict)
    class_ids: dict[tuple[int, str], int] = field(default_factory=dict)
    past_class_ids: dict[str, dict[tuple[int, str], int]] = field(default_factory=dict)
    """The classes of earlier years, by the year's code."""


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
        load_schools(plan, loaded, actor=actor, now=now, say=say)
        is_large = plan.pupils >= WORTH_IT
        with put_aside(_filled_tables() if is_large else ()):
            registers = Registers()
            new = _new_households(plan, registers, loaded)
            for households in _chunks(new, HOUSEHOLDS_AT_ONCE):
                loaded.pupils += bulk_register(actor=actor, households=households, now=now)
                connection.check_constraints()
                say(gettext("%(count)s pupils") % {"count": loaded.pupils})
            for former in _chunks(_former_pupils(plan, registers, loaded), HOUSEHOLDS_AT_ONCE):
                loaded.leavers += bulk_register(actor=actor, households=former, now=now)
                connection.check_constraints()
                say(gettext("%(count)s former pupils") % {"count": loaded.leavers})
            say(gettext("Building indexes"))
        if is_large:
            _learn_sizes()
        refresh_counts()
        if is_large:
            _learn_sizes()
    return loaded


def load_schools(
    plan: WorldPlan, loaded: Loaded, *, actor: Actor, now: datetime, say: Say = lambda _: None
) -> None:
    """Load units, schools, classes and everybody who works there."""
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


def _learn_sizes() -> None:
    """Let the planner know what was loaded: until autovacuum comes it would guess."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _filled_tables() -> list[str]:
    """Return the tables that registering pupils fills, with their history."""
    labels = ("accounts", "access", "people", "students")
    return [m._meta.db_table for label in labels for m in apps.get_app_config(label).get_models()]


def _open(plan: WorldPlan, loaded: Loaded, *, actor: Actor, now: datetime) -> None:
    tree = Tree(plan)
    loaded.unit_ids = tree.open_offices(actor=actor, now=now)
    year = _open_year(plan.year, actor=actor)
    new = [_new_school(school, tree, plan) for school in plan.schools]
    opened = bulk_open_schools(actor=actor, schools=new, year=year, now=now)
    loaded.unit_ids |= {school.code: school.pk for school in opened}
    tree.pass_to_two_levels(loaded.unit_ids, actor=actor, now=now)
    loaded.schools = len(opened)
    loaded.class_ids = _class_ids(year)
    loaded.classes = len(loaded.class_ids)
    rooms = {school.pk: one.classes for school, one in zip(opened, new, strict=True)}
    for past in plan.past:
        then = _open_year(past, actor=actor)
        bulk_open_classes(actor=actor, classes=rooms, year=then, now=now)
        loaded.past_class_ids[past.code] = _class_ids(then)


def _open_year(year: YearPlan, *, actor: Actor) -> AcademicYear:
    return open_year(
        actor=actor,
        code=year.code,
        starts_on=year.starts_on,
        ends_on=year.ends_on,
        terms=[(term.number, term.starts_on, term.ends_on) for term in year.terms],
        grades=usual_grades(),
    )


def _new_school(school: SchoolPlan, tree: Tree, plan: WorldPlan) -> NewSchool:
    return NewSchool(
        SchoolData(
            code=school.code,
            name=school.name,
            short_name=school.short_name,
            school_type=school.kind,
            levels=school.levels,
            parent_id=tree.first_manager(school),
            area_id=tree.first_area(school),
            address=school.address,
            phone=school.phone,
            is_disadvantaged=school.is_disadvantaged,
        ),
        founded_on=school.founded_on,
        unit_since=plan.since,
        classes=tuple(NewClass(c.name, c.grade, c.session) for c in school.classes),
    )


def _class_ids(year: AcademicYear) -> dict[tuple[int, str], int]:
    rows = HomeroomClass.objects.unscoped(because="the classes were opened a moment ago")
    of_year = rows.filter(academic_year=year).values_list("school_id", "name", "id")
    return {(school_id, name): pk for school_id, name, pk in of_year}


def _new_staff(plan: WorldPlan, loaded: Loaded) -> Iterator[NewStaff]:
    for _school, staff in plan.staff():
        for member in staff:
            yield _new_member(member, loaded)


def _new_member(member: StaffPlan, loaded: Loaded) -> NewStaff:
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
    )


def _former_pupils(
    plan: WorldPlan, registers: Registers, loaded: Loaded
) -> Iterator[BulkHousehold]:
    """Yield who left in earlier years: no guardian or address is kept of them."""
    for past, year, leaver in plan.leavers(registers):
        school_id = loaded.unit_ids[leaver.pupil.school_code]
        class_id = loaded.past_class_ids[year.code][school_id, leaver.pupil.class_name]
        new = _new_pupil(leaver.pupil, past, loaded, class_id=class_id, placed_on=year.starts_on)
        left = replace(new, exit_kind=ExitKind(leaver.exit_kind), left_on=leaver.left_on)
        yield BulkHousehold(guardians=(), children=(left,), address="", area_id=None)


def _new_households(
    plan: WorldPlan, registers: Registers, loaded: Loaded
) -> Iterator[BulkHousehold]:
    area_ids = {area.code: area.pk for area in areas_on(plan.today)}
    for past, households in plan.households(registers):
        for house in households:
            yield _new_household(house, past, plan, loaded, area_ids)


def _new_household(
    house: HouseholdPlan,
    past: PastMaker,
    plan: WorldPlan,
    loaded: Loaded,
    area_ids: dict[str, int],
) -> BulkHousehold:
    return BulkHousehold(
        guardians=tuple(
            BulkGuardian(_new_person(g.person), g.relation, g.occupation, g.contact_order)
            for g in house.guardians
        ),
        children=tuple(
            _new_pupil(
                child,
                past,
                loaded,
                class_id=loaded.class_ids[loaded.unit_ids[child.school_code], child.class_name],
                placed_on=plan.year.starts_on,
            )
            for child in house.children
        ),
        address=house.address,
        area_id=area_ids[house.commune_code],
    )


def _new_pupil(
    pupil: PupilPlan, past: PastMaker, loaded: Loaded, *, class_id: int, placed_on: date
) -> BulkStudent:
    earlier = past.past_of(pupil)
    school_id = loaded.unit_ids[pupil.school_code]
    came_with_others = (pupil.enrolled_on.month, pupil.enrolled_on.day) == (9, 5)
    return BulkStudent(
        person=_new_person(pupil.person),
        school_id=school_id,
        homeroom_class_id=class_id,
        moet_code=pupil.moet_code,
        registry_number=pupil.registry_number,
        entry_kind=EntryKind.ADMITTED if came_with_others else EntryKind.TRANSFERRED_IN,
        enrolled_on=pupil.enrolled_on,
        placed_on=placed_on,
        birthplace=pupil.birthplace,
        policies=pupil.policies,
        disability=pupil.disability,
        seats=tuple(
            BulkSeat(
                school_id=loaded.unit_ids[seat.school_code],
                homeroom_class_id=loaded.past_class_ids[seat.year_code][
                    loaded.unit_ids[seat.school_code], seat.class_name
                ],
                starts_on=seat.starts_on,
                ends_on=seat.ends_on,
            )
            for seat in earlier.seats
        ),
        stays=tuple(
            BulkStay(
                school_id=loaded.unit_ids[stay.school_code],
                registry_number=stay.registry_number,
                exit_kind=ExitKind.COMPLETED if stay.is_completed else ExitKind.TRANSFERRED_OUT,
                starts_on=stay.starts_on,
                ends_on=stay.ends_on,
            )
            for stay in earlier.stays
        ),
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
