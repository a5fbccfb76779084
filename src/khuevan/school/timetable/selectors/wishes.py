"""Reading the wishes of teachers for the timetable: one's own, a school's."""

from __future__ import annotations

from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.organizations.api import names_on
from khuevan.registry.schools.api import AcademicYear, School
from khuevan.registry.staff.api import Appointment, Position, StaffMember
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_models import TeacherWish

TEACH = (Position.TEACHER, Position.VICE_PRINCIPAL, Position.PRINCIPAL)
BECAUSE = "of a school whose timetables the actor makes, or the actor's own"


def wishes_of(*, actor: Actor, school: School, year: AcademicYear) -> list[TeacherWish]:
    """Return the wishes of a school's teachers in a year, those that wait first."""
    rows = TeacherWish.objects.visible_to(actor, MANAGE_TIMETABLES)
    found = rows.filter(school=school, academic_year=year).select_related("person", "staff_member")
    return sorted(
        found.order_by("person__sort_key", "kind", "pk"), key=lambda row: row.state != "ASKED"
    )


def own_wishes(person_id: int, school: School, year: AcademicYear) -> dict[str, TeacherWish]:
    """Return one's own wishes at a school, by kind."""
    rows = TeacherWish.objects.unscoped(because=BECAUSE).filter(
        person_id=person_id, school=school, academic_year=year
    )
    return {row.kind: row for row in rows}


def own_schools(person_id: int, on: date) -> list[School]:
    """Return the schools where somebody works on a day, the main one first."""
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(in_force(on), person_id=person_id)
    ids = rows.order_by("-is_primary", "pk").values_list("unit_id", flat=True)
    known = {
        row.pk: row for row in School.objects.unscoped(because=BECAUSE).filter(pk__in=list(ids))
    }
    return [known[pk] for pk in dict.fromkeys(ids) if pk in known]


def members_of(*, actor: Actor, school: School, on: date) -> list[StaffMember]:
    """Return who works at a school on a day and may teach."""
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(in_force(on), unit_id=school.pk)
    if school.pk not in actor.reach(MANAGE_TIMETABLES, "school"):
        return []
    members = StaffMember.objects.unscoped(because=BECAUSE).filter(
        pk__in=rows.filter(position__in=TEACH).values("staff_member_id")
    )
    return list(members.select_related("person").order_by("person__sort_key", "pk"))


def also_elsewhere(members: list[StaffMember], school: School, on: date) -> dict[int, str]:
    """Return who of some also works at another school on a day, and where."""
    rows = Appointment.objects.unscoped(because=BECAUSE).filter(
        in_force(on), staff_member_id__in=[one.pk for one in members]
    )
    schools = School.objects.unscoped(because=BECAUSE)
    elsewhere = rows.exclude(unit_id=school.pk).filter(unit_id__in=schools.values("pk"))
    unit_of = dict(elsewhere.values_list("staff_member_id", "unit_id"))
    names = names_on(set(unit_of.values()), on)
    return {member: names.get(unit, "") for member, unit in unit_of.items()}
