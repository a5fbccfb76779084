"""The rows behind a post of a school: who is counted for it, which classes ask for it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from django.db.models import Count

from khuevan.insight.staffing.counting import Counted, Placed
from khuevan.insight.staffing.permissions import VIEW_STAFFING
from khuevan.insight.staffing.posts import Posts
from khuevan.insight.staffing.rules import WEEKS
from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.curriculum.api import ClassSubject, Giver, givers_of
from khuevan.registry.schools.api import School, academic_year_on
from khuevan.registry.staff.api import VIEW_RECORDS, VIEW_STAFF, StaffMember
from khuevan.registry.students.api import ClassPlacement


def pupils_by_level(school: School, on: date) -> dict[str, int]:
    """Return how many pupils sit in the classes of a school on a day, by level: one query."""
    rows = ClassPlacement.objects.unscoped(because="how many pupils a school in reach has").filter(
        in_force(on), homeroom_class__school=school
    )
    by_level = rows.values_list("homeroom_class__grade_level__level").order_by()
    return dict(by_level.annotate(Count("student_id", distinct=True)))


@dataclass(frozen=True, slots=True)
class TeacherRow:
    """A teacher counted for a post, as far as the actor may see who that is."""

    placed: Placed
    member: StaffMember | None
    sees_record: bool

    @property
    def uuid(self) -> UUID | None:
        """Return whose row it is, for who may see that."""
        return self.member.uuid if self.member else None

    @property
    def given(self) -> Fraction:
        """Return the periods a week given at the school, as a mean of the year."""
        return Fraction(sum(self.placed.one.given.values()), WEEKS)


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A subject of a class that a post must give, and who gives it."""

    row: ClassSubject
    givers: Sequence[Giver]

    @property
    def weekly(self) -> Fraction:
        """Return its periods a week, as a mean of the year."""
        return Fraction(self.row.annual, WEEKS)


def teachers_of(
    *, actor: Actor, school: School, counted: Counted, level: str, post: str
) -> list[TeacherRow]:
    """Return who is counted for a post, by name where the actor may see names: one query."""
    placed = [one for one in counted.placed if one.key == (level, post)]
    members = _members(actor, school, [one.one.member for one in placed])
    sees = school.pk in actor.reach(VIEW_RECORDS, "school")
    rows = [
        TeacherRow(one, members.get(one.one.member), sees and one.one.member in members)
        for one in placed
    ]
    return sorted(rows, key=_by_name)


def classes_of(*, actor: Actor, school: School, on: date, level: str, post: str) -> list[ClassRow]:
    """Return the subjects of classes that a post must give, by class: three queries."""
    year = academic_year_on(on)
    names = Posts(on).subjects_of(level, post) or (post,)
    rows = (
        ClassSubject.objects.visible_to(actor, VIEW_STAFFING)
        .filter(
            school=school,
            subject_name__in=names,
            homeroom_class__academic_year=year,
            homeroom_class__grade_level__level=level,
        )
        .exclude(homeroom_class__closed_on__lte=on)
        .select_related("homeroom_class")
        .order_by("homeroom_class__sort_key", "pk")
    )
    givers = givers_of(rows, on=on)
    return [ClassRow(row, givers.get(row.pk, ())) for row in rows]


def _members(actor: Actor, school: School, ids: Collection[int]) -> dict[int, StaffMember]:
    if school.pk not in actor.reach(VIEW_STAFF, "school"):
        return {}
    rows = StaffMember.objects.visible_to(actor, VIEW_STAFF).filter(pk__in=ids)
    return {row.pk: row for row in rows.select_related("person")}


def _by_name(row: TeacherRow) -> tuple[str, int]:
    return (row.member.person.sort_key if row.member else "~", row.placed.one.member)
