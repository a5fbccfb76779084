"""How many comments are approved: of a teacher's classes, and of a school's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import AcademicYear, HomeroomClass, School
from khuevan.registry.staff.api import HomeroomAssignment, TeachingAssignment
from khuevan.registry.students.api import ClassPlacement
from khuevan.school.gradebooks.api import BookForm, Gradebook
from khuevan.school.remarks.models import Remark, State
from khuevan.school.remarks.permissions import VIEW_REMARKS, WRITE_REMARKS
from khuevan.school.remarks.selectors.targets import WITH_TERMS, Target, periods_now

BECAUSE = "of classes that the actor reached"
Key = tuple[int, int | None]
"""A class, and a gradebook of it or none."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many comments of a class are approved in a period, of how many pupils."""

    target: Target
    period: int
    approved: int
    pupils: int

    @property
    def is_whole(self) -> bool:
        """Return whether none is missing."""
        return self.approved >= self.pupils > 0


def own_targets(*, actor: Actor, year: AcademicYear) -> list[Target]:
    """Return what the actor comments on today: subjects taught, and the own class."""
    if actor.person_id is None:
        return []
    given = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(actor.today), person_id=actor.person_id
    )
    taught = set(given.values_list("homeroom_class_id", "subject_name"))
    charge = HomeroomAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(actor.today), person_id=actor.person_id
    )
    own = set(charge.values_list("homeroom_class_id", flat=True))
    rooms = {room for room, _subject in taught} | own
    return [one for one in _targets(actor, WRITE_REMARKS, rooms, year) if _is_own(one, taught, own)]


def _is_own(one: Target, taught: Collection[tuple[int, str]], own: Collection[int]) -> bool:
    if one.book is None or one.book.form in {BookForm.TRAITS, BookForm.DEVELOPMENT}:
        return one.room.pk in own
    return any((one.room.pk, part) in taught for part in one.book.parts)


def targets_of_school(*, actor: Actor, school: School, year: AcademicYear) -> list[Target]:
    """Return everything that is commented on at a school in a year, by class."""
    rooms = HomeroomClass.objects.visible_to(actor, VIEW_REMARKS).filter(
        school=school, academic_year=year
    )
    return _targets(actor, VIEW_REMARKS, set(rooms.values_list("pk", flat=True)), year)


def _targets(
    actor: Actor, permission: Permission, asked: Collection[int], year: AcademicYear
) -> list[Target]:
    classes = list(
        HomeroomClass.objects.visible_to(actor, permission)
        .filter(pk__in=asked, academic_year=year)
        .select_related("grade_level", "school", "academic_year")
        .order_by("sort_key", "pk")
    )
    books: dict[int, list[Gradebook]] = {}
    rows = Gradebook.objects.unscoped(because=BECAUSE).filter(homeroom_class__in=classes)
    for book in rows.order_by("pk"):
        books.setdefault(book.homeroom_class_id, []).append(book)
    found: list[Target] = []
    for room in classes:
        if room.grade_level.level in WITH_TERMS and room.pk in books:
            found.append(Target(room))
        found += [Target(room, book) for book in books.get(room.pk, ())]
    return found


def progress_of(targets: Sequence[Target], period: int | None, actor: Actor) -> list[Progress]:
    """Return how far the comments of some classes are: two queries.

    Without a period each is asked for the one that the day lies in.
    """
    rooms = {one.room.pk for one in targets}
    counted = (
        Remark.objects.unscoped(because=BECAUSE)
        .filter(
            sheet__homeroom_class_id__in=rooms,
            year__in={one.year for one in targets},
            state=State.APPROVED,
        )
        .values_list("sheet__homeroom_class_id", "sheet__gradebook_id", "period")
        .annotate(n=Count("student_id"))
    )
    approved = {(room, book, of): count for room, book, of, count in counted}
    seats = (
        ClassPlacement.objects.unscoped(because=BECAUSE)
        .filter(in_force(actor.today), homeroom_class_id__in=rooms)
        .values_list("homeroom_class_id")
        .annotate(n=Count("pk"))
    )
    sizes = dict(seats)
    levels = {one.room.grade_level.level for one in targets}
    now = periods_now(levels, actor.today) if period is None else {}
    found: list[Progress] = []
    for one in targets:
        of = period or now[one.room.grade_level.level]
        if of in one.periods:
            key = (one.room.pk, one.book.pk if one.book else None, of)
            found.append(Progress(one, of, approved.get(key, 0), sizes.get(one.room.pk, 0)))
    return found
