"""Reading what a school says of the rules of its timetables, and whom they may speak of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.registry.curriculum.api import ClassSubject
from khuevan.registry.schools.api import (
    AcademicYear,
    HomeroomClass,
    Room,
    School,
)
from khuevan.registry.staff.api import StaffMember, TeachingAssignment, subject_label
from khuevan.school.timetable.actions.rules import Whom
from khuevan.school.timetable.models import Timetable
from khuevan.school.timetable.permissions import MANAGE_TIMETABLES
from khuevan.school.timetable.rule_models import Department, RuleSetting, Scope
from khuevan.ui.formats import day


@dataclass(frozen=True)
class Place:
    """Of which year and school, and perhaps of which one timetable, rules are set."""

    school: School
    year: AcademicYear
    timetable: Timetable | None = None

    @property
    def on(self) -> date:
        """Return the day whose facts count."""
        return self.timetable.starts_on if self.timetable else self.year.starts_on

    @property
    def timetable_id(self) -> int | None:
        """Return the number of the one timetable, if it is about one."""
        return self.timetable.pk if self.timetable else None


def settings_of(actor: Actor, place: Place) -> list[RuleSetting]:
    """Return what was said, for the year and for the timetable, as it was said."""
    rows = rules_said(actor, place.school, place.year)
    return [row for row in rows if row.timetable_id in (None, place.timetable_id)]


def rules_said(actor: Actor, school: School, year: AcademicYear) -> list[RuleSetting]:
    """Return all that was said of rules in a year, for all timetables and for single ones."""
    rows = RuleSetting.objects.visible_to(actor, MANAGE_TIMETABLES)
    return list(
        rows.filter(school=school, academic_year=year)
        .select_related(
            "grade_level", "homeroom_class", "staff_member__person", "department", "timetable"
        )
        .order_by("pk")
    )


def departments_of(actor: Actor, place: Place) -> list[Department]:
    """Return the departments of a school in a year."""
    rows = Department.objects.visible_to(actor, MANAGE_TIMETABLES)
    return list(rows.filter(school=place.school, academic_year=place.year).order_by("name", "pk"))


def classes_of(
    actor: Actor, place: Place, permission: Permission = MANAGE_TIMETABLES
) -> list[HomeroomClass]:
    """Return the classes of the year."""
    rows = HomeroomClass.objects.visible_to(actor, permission).filter(
        school=place.school, academic_year=place.year, closed_on__isnull=True
    )
    return list(rows.select_related("grade_level").order_by("sort_key", "pk"))


def subjects_taught(actor: Actor, place: Place) -> list[str]:
    """Return the subjects that classes of the year learn."""
    rows = ClassSubject.objects.visible_to(actor, MANAGE_TIMETABLES).filter(
        homeroom_class__school=place.school, homeroom_class__academic_year=place.year
    )
    names = rows.order_by("subject_name").values_list("subject_name", flat=True).distinct()
    return sorted(names, key=subject_label)


def teachers_of(actor: Actor, place: Place, on: date) -> list[StaffMember]:
    """Return who teaches classes of the year."""
    teaching = TeachingAssignment.objects.visible_to(actor, MANAGE_TIMETABLES).filter(
        in_force(on), homeroom_class__school=place.school, homeroom_class__academic_year=place.year
    )
    rows = StaffMember.objects.unscoped(because="who teaches classes the actor reached").filter(
        pk__in=teaching.values("staff_member_id")
    )
    return list(rows.select_related("person").order_by("person__sort_key", "pk"))


def rooms_of(actor: Actor, place: Place, on: date) -> list[Room]:
    """Return the rooms of the school."""
    rows = Room.objects.visible_to(actor, MANAGE_TIMETABLES).filter(
        in_force(on), school=place.school
    )
    return list(rows.order_by("sort_key", "pk"))


def whom_choices(
    actor: Actor, place: Place, scopes: Sequence[str], on: date
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return whom a rule may speak of, by kind; several of a kind have distinct keys."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    rooms = classes_of(actor, place) if {Scope.GRADE, Scope.CLASS} & {*scopes} else []
    grades = {room.grade_level_id: room.grade_level for room in rooms}
    for scope in scopes:
        if scope == Scope.GRADE:
            options = [(f"GRADE:{one.code}", one.label) for one in grades.values()]
        elif scope == Scope.CLASS:
            options = [(f"CLASS:{one.uuid}", one.name) for one in rooms]
        elif scope == Scope.SUBJECT:
            names = subjects_taught(actor, place)
            options = [(f"SUBJECT:{name}", subject_label(name)) for name in names]
        elif scope == Scope.TEACHER:
            people = teachers_of(actor, place, on)
            options = [(f"TEACHER:{one.uuid}", one.person.full_name) for one in people]
        else:
            rows = departments_of(actor, place)
            options = [(f"DEPARTMENT:{one.uuid}", one.name) for one in rows]
        if options:
            found.append((str(Scope(scope).label), options))
    return found


def read_whom(actor: Actor, place: Place, text: str, on: date) -> Whom:
    """Return whom a key of a form names, or raise `NotFound`."""
    kind, _sep, key = text.partition(":")
    if kind == Scope.SUBJECT:
        return Whom(subject=key)
    rows: dict[str, list[Any]] = {
        Scope.GRADE: [room.grade_level for room in classes_of(actor, place)],
        Scope.CLASS: classes_of(actor, place),
        Scope.TEACHER: teachers_of(actor, place, on),
        Scope.DEPARTMENT: departments_of(actor, place),
    }
    keyed = {str(getattr(one, "uuid", "") or one.code): one for one in rows.get(kind, ())}
    found = keyed.get(key)
    if found is None:
        raise NotFound
    names = {
        Scope.GRADE: "grade", Scope.CLASS: "room", Scope.TEACHER: "member",
        Scope.DEPARTMENT: "department",
    }  # fmt: skip
    return Whom(**{names[Scope(kind)]: found})


def until_words(row: RuleSetting, year: AcademicYear) -> str:
    """Return from when to when a word holds, where it is not the whole year."""
    words = []
    if row.starts_on != year.starts_on:
        words.append(_("from %(day)s") % {"day": day(row.starts_on)})
    if row.ends_on:
        words.append(_("before %(day)s") % {"day": day(row.ends_on)})
    return ", ".join(words)
