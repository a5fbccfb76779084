"""The demo province: loaded once, its cast connected, its sign-ins told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from khuevan.cli.world import cast
from khuevan.cli.world.beside import join_grades, study_beside
from khuevan.cli.world.cast import CAST, CHILDREN, CHOOSERS, DEMO_PASSWORD, PARENTS, CastMember
from khuevan.cli.world.census import keep_census_days
from khuevan.cli.world.choosing import let_choose
from khuevan.cli.world.curricula import plan_classes
from khuevan.cli.world.cutover import move_over
from khuevan.cli.world.decisions import record_decisions
from khuevan.cli.world.duties import enliven_staff
from khuevan.cli.world.faults import leave_faults
from khuevan.cli.world.lives import enliven_people
from khuevan.cli.world.load import has_schools, load_world
from khuevan.cli.world.marks import fill_books, fill_earlier_books
from khuevan.cli.world.network import PROVINCE_CODE
from khuevan.cli.world.outcomes import reckon_years
from khuevan.cli.world.places import decide_year, furnish
from khuevan.cli.world.plan import DEMO_YEARS, WorldPlan, plan_world
from khuevan.cli.world.retained import keep_old_photos
from khuevan.cli.world.storms import close_for_weather
from khuevan.cli.world.timetables import publish_weeks
from khuevan.cli.world.transfers import open_transfers
from khuevan.cli.world.twice import record_twice
from khuevan.kernel.actor import Actor
from khuevan.platform.access.actions.grants import Place, give_grant
from khuevan.platform.access.api import Grant, Role
from khuevan.platform.accounts.api import Person, User, create_users
from khuevan.platform.organizations.api import unit_by_code

Say = Callable[[str], None]


def load_demo(*, actor: Actor, now: datetime, say: Say) -> list[str]:
    """Load the demo province where there is none, and return a line for each sign-in to print."""
    plan = plan_world(today=actor.today, years=DEMO_YEARS)
    if not has_schools():
        load_world(plan, actor=actor, now=now, say=say)
        decide_year(plan, actor=actor, now=now)
        rooms = furnish(plan, actor=actor, now=now)
        say(_("%(count)s rooms") % {"count": rooms})
        keep_census_days(actor=actor, now=now)
        planned = plan_classes(actor=actor, now=now)
        say(_("%(count)s classes with their subjects planned") % {"count": planned})
        marks = fill_books(actor=actor, now=now)
        taught = (plan.school_a, plan.primary_of_a, plan.upper_school)
        marks += fill_earlier_books([one.code for one in taught], actor=actor, now=now)
        say(_("%(count)s marks in gradebooks") % {"count": marks})
        results = reckon_years(actor=actor, now=now)
        say(_("%(count)s results of pupils") % {"count": results})
    connect_cast(plan, actor=actor, now=now, password=DEMO_PASSWORD)
    open_transfers(plan.school_a.code, plan.school_b.code, actor=actor, now=now)
    enliven_cast(plan, actor=actor, with_photos=True, now=now)
    close_for_weather(plan.school_a.code, actor=actor, now=now)
    record_decisions(plan.school_a.code, actor=actor, now=now)
    places = (plan.school_a, plan.school_b, plan.primary_of_a, plan.upper_school)
    cast_schools = tuple(school.code for school in places)
    leave_faults(today=actor.today, spared=cast_schools, now=now)
    return sign_in_lines()


def enliven_cast(
    plan: WorldPlan, *, actor: Actor, with_photos: bool = False, now: datetime
) -> None:
    """Let things happen to the colleagues and pupils of the cast; once."""
    school_id = unit_by_code(plan.school_a.code).pk
    plan_classes(actor=actor, now=now)
    if fill_books(actor=actor, now=now):
        reckon_years(actor=actor, now=now)
    publish_weeks((plan.school_a.code,), actor=actor, now=now)
    with translation.override(settings.LANGUAGE_CODE):  # kept as text, for readers of the log
        enliven_staff(
            actor=actor,
            school_id=school_id,
            other_id=unit_by_code(plan.school_b.code).pk,
            now=now,
        )
        enliven_people(actor=actor, school_id=school_id, with_photos=with_photos, now=now)
        primary_id, other = unit_by_code(plan.primary_of_a.code).pk, plan.school_b.code
        keep_old_photos(today=actor.today, school_id=school_id, now=now)
        join_grades(today=actor.today, school_id=primary_id, now=now)
        study_beside(today=actor.today, school_id=school_id, other_code=other, now=now)
        record_twice(today=actor.today, school_id=school_id, now=now)
        move_over(today=actor.today, school_id=unit_by_code(other).pk, now=now)
        let_choose(plan.upper_school.code, actor=actor, now=now)


def sign_in_lines() -> list[str]:
    """Return who may sign in to the demo, with which name and password, and what they see."""
    width = max(len(member.username) for member in CAST)
    lines = [f"{member.username:{width}}  {member.full_name}. {member.sees}" for member in CAST]
    password = _("All of them sign in with the password %(password)s") % {"password": DEMO_PASSWORD}
    return [*lines, password]


def connect_cast(plan: WorldPlan, *, actor: Actor, now: datetime, password: str | None) -> int:
    """Give the cast sign-ins, and the officers among them their roles; return how many are new.

    Without a password nobody can sign in until one is issued.
    """
    people = dict(_people(plan))
    known = set(User.objects.for_sign_in().values_list("username", flat=True))
    new = [member for member in CAST if member.username not in known and member.username in people]
    offices = plan.offices_on(actor.today)
    for member in new:
        if member.place in offices and member.position:
            _give_roles(offices, member, people[member.username], actor=actor, now=now)
    create_users(
        people=[people[member.username] for member in new],
        usernames=[member.username for member in new],
        password=password,
        now=now,
    )
    return len(new)


def _people(plan: WorldPlan) -> Iterator[tuple[str, Person]]:
    """Yield the cast by username, found by the personal numbers the plan gave them.

    In a province loaded with an earlier cast, a number may be another person's: names agree too.
    """
    usernames = dict(_numbers(plan))
    names = {member.username: member.full_name for member in CAST}
    rows = Person.objects.unscoped(because="the cast is connected before anybody can sign in")
    for person in rows.filter(personal_number__in=usernames):
        username = usernames[person.personal_number or ""]
        if person.full_name == names[username]:
            yield username, person


def _numbers(plan: WorldPlan) -> Iterator[tuple[str, str]]:
    for _school, staff in plan.staff():
        for member in staff:
            if member.username:
                yield member.person.personal_number or "", member.username
    waiting = {one.username for one in (*PARENTS, *CHILDREN, *CHOOSERS) if one.username}
    _group, households = next(plan.households())
    for house in households:
        family = [(guardian.person, guardian.username) for guardian in house.guardians]
        family += [(child.person, child.username) for child in house.children]
        for person, username in family:
            if username:
                waiting.remove(username)
                yield person.personal_number or "", username
        if not waiting:
            return


def _give_roles(
    offices: Mapping[str, str], member: CastMember, person: Person, *, actor: Actor, now: datetime
) -> None:
    code = PROVINCE_CODE if member.place == cast.PROVINCE else offices[member.place]
    unit, office = unit_by_code(code), unit_by_code(offices[member.place])
    held = Grant.objects.unscoped(because="a role is given to the cast once").filter(person=person)
    for role in Role.objects.filter(code__in=member.roles).exclude(pk__in=held.values("role_id")):
        with translation.override(settings.LANGUAGE_CODE):  # kept as text, for readers of the log
            give_grant(
                actor=actor,
                person=person,
                role=role,
                place=Place(unit.pk, worn_at_id=office.pk),
                starts_on=actor.today,
                reason=_("Cast of the demo"),
                now=now,
            )
