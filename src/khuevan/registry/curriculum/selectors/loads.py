"""Reading how much the teachers of a school owe and do, in a term, as on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.curriculum.errors import NormUnknown
from khuevan.registry.curriculum.load_rules import Load, Taught, load_of
from khuevan.registry.curriculum.norms import Circumstances, Held, norm_for, reduction_of
from khuevan.registry.curriculum.permissions import VIEW_LOADS
from khuevan.registry.curriculum.selectors.circumstances import circumstances_of, levels_owed
from khuevan.registry.curriculum.selectors.duties import duties_by_member
from khuevan.registry.curriculum.selectors.elsewhere import taught_elsewhere
from khuevan.registry.curriculum.selectors.groups import Group, teaching_groups
from khuevan.registry.curriculum.selectors.owed import TEACH
from khuevan.registry.curriculum.selectors.plans import (
    USUAL_TERMS,
    ClassPlan,
    class_plans,
    terms_of,
)
from khuevan.registry.curriculum.selectors.works import weekly_works
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.registry.staff.api import (
    Appointment,
    DutyKind,
    Position,
    StaffLeave,
    StaffMember,
    Substitution,
)

BECAUSE = "the staff of a school whose loads the actor sees"


@dataclass(slots=True)
class TeacherLoad:
    """One teacher: what for, with how many periods in which classes, and the load it makes."""

    member: StaffMember
    position: str
    load: Load | None
    """None where no norm is known for the level."""
    lessons: dict[str, list[str]] = field(default_factory=dict)
    """Subject to the classes."""
    away_until: date | None = None
    """The first day back of who is on leave."""
    counts_elsewhere: bool = False
    """Whether another school is the main one, where the total counts."""
    where: Circumstances | None = None
    """The level, classes and zone by which the norm is read."""
    is_by_title: bool = False
    """Whether the level is that of the professional title; else of most lessons."""


def teacher_loads(
    *, actor: Actor, school: School, year: AcademicYear, on: date, term: int
) -> list[TeacherLoad]:
    """Return the load of everybody who teaches at a school in a term (0 or 1), by name.

    A group is counted once, however many classes are in it. Work that counts as lessons, lessons
    of other schools, leaves and who stands in are in it. The count of queries doesn't grow with
    the teachers.
    """
    groups = teaching_groups(actor=actor, school=school, year=year, on=on, permission=VIEW_LOADS)
    plans = class_plans(actor=actor, school=school, year=year, on=on, permission=VIEW_LOADS)
    work, lessons = _work(plans, term, groups, _covers(school, on))
    return loads_with(
        actor=actor,
        school=school,
        on=on,
        work=work,
        levels=_levels(plans),
        classes=len(plans),
        lessons=lessons,
        term=term,
    )


def loads_with(
    *,
    actor: Actor,
    school: School,
    on: date,
    work: Mapping[int, Sequence[Taught]],
    levels: Mapping[int, str],
    classes: int,
    lessons: Mapping[int, dict[str, list[str]]] | None = None,
    term: int = 0,
) -> list[TeacherLoad]:
    """Return the loads that some work makes, of everybody who teaches at a school, by name.

    Work and levels are by staff member; the school has so many classes.
    """
    staff = _staff(actor, school, on, set(work))
    members = [member.pk for member, _position in staff]
    duties = duties_by_member(actor, school, on)
    beside, away = weekly_works(school.pk, on), _away(school, on)
    others = taught_elsewhere(school.pk, members, on=on, term=term, weeks=USUAL_TERMS)
    where = circumstances_of(school, on, {*levels.values()}, classes=classes)
    owed = levels_owed(where, levels, members, on)
    told = []
    for member, position in staff:
        other = others.get(member.pk, [])
        taught = [
            *work.get(member.pk, []),
            *beside.get(member.pk, []),
            *(one.as_taught for one in other),
        ]
        level, is_by_title = owed.get(member.pk, ("", False))
        at = where.get(level, where[""])
        load = _load(
            position,
            at,
            duties.get(member.pk, []),
            taught,
            on,
            is_away=member.pk in away,
        )
        told.append(
            TeacherLoad(
                member,
                position,
                load,
                (lessons or {}).get(member.pk, {}),
                away_until=away.get(member.pk),
                counts_elsewhere=any(one.is_main for one in other),
                where=at,
                is_by_title=is_by_title,
            )
        )
    return told


def _load(
    position: str,
    where: Circumstances,
    duties: Sequence[Held],
    taught: Sequence[Taught],
    on: date,
    *,
    is_away: bool,
) -> Load | None:
    try:
        norm = norm_for(position, where, on=on)
    except NormUnknown:
        return None
    found = [reduction_of(one, where, on=on) for one in duties]
    cuts = [one for one in found if one is not None]
    return load_of(norm, cuts, taught, is_away=is_away)


Covers = Mapping[tuple[int, int, str], StaffMember]


def _covers(school: School, on: date) -> Covers:
    """Return who gives whose lessons on a day, by the one on leave, class and subject."""
    rows = Substitution.objects.unscoped(because=BECAUSE).filter(
        in_force(on), school_id=school.pk, duty=DutyKind.TEACHING
    )
    return {
        (row.leave.staff_member_id, row.homeroom_class_id, row.subject_name): row.staff_member
        for row in rows.select_related("leave", "staff_member")
    }


def _away(school: School, on: date) -> dict[int, date]:
    """Return who is on leave on a day, with the first day back."""
    rows = StaffLeave.objects.unscoped(because=BECAUSE).filter(in_force(on), school_id=school.pk)
    return dict(rows.values_list("staff_member_id", "ends_on"))


def _work(
    plans: Sequence[ClassPlan], term: int, groups: Sequence[Group], covers: Covers
) -> tuple[dict[int, list[Taught]], dict[int, dict[str, list[str]]]]:
    """Return what each teaches in a term, and in which classes, by staff member."""
    periods: defaultdict[int, defaultdict[str, Fraction]] = defaultdict(
        lambda: defaultdict(Fraction)
    )
    lessons: defaultdict[int, dict[str, list[str]]] = defaultdict(dict)

    def count(member: int, name: str, weeks: Sequence[int], where: str) -> None:
        periods[member][name] += Fraction(sum(weeks), len(weeks))
        lessons[member].setdefault(name, []).append(where)

    counted = {
        (one.staff_member_id, room_id, one.subject_name, one.kind)
        for one in groups
        for room_id in one.class_ids
    }
    for plan in plans:
        for subject in plan.subjects:
            part = _part(subject.terms, term)
            row = subject.row
            for giver in subject.givers:
                member = giver.teaching.staff_member_id
                if (member, plan.room.pk, row.subject_name, row.kind) in counted:
                    continue
                key, name = (member, plan.room.pk, row.subject_name), row.subject_label
                if key in covers:
                    member = covers[key].pk
                    name = _("%(subject)s, standing in") % {"subject": name}
                count(member, name, giver.weeks[part], plan.room.name)
    terms = {plan.room.pk: terms_of(plan.frame) for plan in plans}
    for one in groups:
        if one.staff_member_id and one.weeks and one.class_ids[0] in terms:
            part = _part(terms[one.class_ids[0]], term)
            count(one.staff_member_id, one.subject_label, one.weeks[part], one.name)
    work = {
        member: [Taught(name, count) for name, count in by_name.items()]
        for member, by_name in periods.items()
    }
    return work, dict(lessons)


def _part(terms: Sequence[int], term: int) -> slice:
    """Return which weeks of the year a term has."""
    first = sum(terms[:term])
    return slice(first, first + terms[term])


def _staff(
    actor: Actor, school: School, on: date, teaching: Collection[int]
) -> list[tuple[StaffMember, str]]:
    """Return who teaches at a school on a day, with the position held there, by name."""
    rows = (
        Appointment.objects.visible_to(actor, VIEW_LOADS)
        .filter(in_force(on), unit_id=school.pk)
        .select_related("staff_member__person")
        .order_by("person__sort_key", "pk")
    )
    found: dict[int, tuple[StaffMember, str]] = {}
    for row in rows:
        teaches = row.position in TEACH or row.staff_member_id in teaching
        if teaches and row.staff_member_id not in found:
            position = row.position if row.position in TEACH else Position.TEACHER
            found[row.staff_member_id] = (row.staff_member, position)
    return list(found.values())


def _levels(plans: Sequence[ClassPlan]) -> dict[int, str]:
    """Return at which level each teaches most periods, by staff member."""
    count: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for plan in plans:
        for subject in plan.subjects:
            for giver in subject.givers:
                level = plan.room.grade_level.level
                count[giver.teaching.staff_member_id][level] += sum(giver.weeks)
    return {member: max(by, key=lambda one: by[one]) for member, by in count.items()}
