"""What is commented on: a class in a gradebook's subject, or a class as a whole."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import in_force
from khuevan.registry.schools.api import AcademicYear, EducationLevel, HomeroomClass, term_on
from khuevan.registry.staff.api import HomeroomAssignment, subject_label
from khuevan.school.gradebooks.api import BookForm, Gradebook, Shut, period_of, period_shut, teaches
from khuevan.school.remarks.models import RemarkSheet

BECAUSE = "of a class that the actor reached"
TERMS = (1, 2)
WITH_TERMS = {
    EducationLevel.LOWER_SECONDARY,
    EducationLevel.UPPER_SECONDARY,
    EducationLevel.CONTINUING,
}
"""Primary classes are commented on as a whole by qualities and competencies, a gradebook."""


@dataclass(frozen=True, slots=True)
class Target:
    """A class and, unless it is commented on as a whole, one of its gradebooks."""

    room: HomeroomClass
    book: Gradebook | None = None

    @property
    def uuid(self) -> UUID:
        """Return by what addresses name it."""
        return self.book.uuid if self.book else self.room.uuid

    @property
    def form(self) -> str:
        """Return the gradebook's form; nothing for the class as a whole."""
        return self.book.form if self.book else ""

    @property
    def subject_name(self) -> str:
        """Return the subject; nothing for qualities and for the whole."""
        return self.book.subject_name if self.book else ""

    @property
    def title(self) -> str:
        """Return what is commented on, in words."""
        if self.book is None:
            return _("The pupil as a whole")
        if self.book.form in {BookForm.TRAITS, BookForm.DEVELOPMENT}:
            return _("Qualities and competencies")
        return subject_label(self.book.subject_name)

    @property
    def periods(self) -> list[int]:
        """Return its periods: two terms, or a primary school's four."""
        if self.book is None:
            return list(TERMS)
        return sorted({period_of(one) for one in self.book.slots})

    @property
    def year(self) -> int:
        """Return the calendar year in which the school year begins."""
        return self.room.academic_year.starts_on.year

    @property
    def last_day(self) -> date:
        """Return the last day of the school year."""
        return self.room.academic_year.ends_on - timedelta(days=1)

    @property
    def academic_year(self) -> AcademicYear:
        """Return the school year."""
        return self.room.academic_year


def get_target_for(actor: Actor, uuid: UUID, permission: Permission) -> Target:
    """Return the gradebook or class with this uuid as something to comment on.

    :raises NotFound: when it is out of reach, or a class that has no comments as a whole
    """
    book = (
        Gradebook.objects.visible_to(actor, permission)
        .filter(uuid=uuid)
        .select_related("homeroom_class__grade_level", "homeroom_class__school")
        .select_related("homeroom_class__academic_year")
        .first()
    )
    if book is not None:
        return Target(book.homeroom_class, book)
    room = (
        HomeroomClass.objects.visible_to(actor, permission)
        .select_related("grade_level", "school", "academic_year")
        .one(uuid)
    )
    if room.grade_level.level not in WITH_TERMS:
        raise NotFound
    return Target(room)


def writes(actor: Actor, target: Target) -> bool:
    """Return whether the actor comments there today: who teaches the subject, or has the class."""
    if target.book is not None:
        return teaches(actor, target.book)
    rows = HomeroomAssignment.objects.unscoped(because=BECAUSE).filter(
        in_force(actor.today), person_id=actor.person_id or 0, homeroom_class=target.room
    )
    return rows.exists()


def shut_because(target: Target, period: int, actor: Actor) -> Shut | None:
    """Return why nothing is written for a period, None while it is open."""
    return period_shut(target.room, period, actor.today, book=target.book)


def sheet_of(target: Target) -> RemarkSheet | None:
    """Return the sheet of something the actor reached, None while nothing was written."""
    rows = RemarkSheet.objects.unscoped(because=BECAUSE)
    return rows.filter(homeroom_class=target.room, gradebook=target.book).first()


def period_now(target: Target, on: date) -> int:
    """Return the period in which a day lies: a term, or one of a primary school's four."""
    return periods_now({target.room.grade_level.level}, on)[target.room.grade_level.level]


def periods_now(levels: Collection[str], on: date) -> dict[str, int]:
    """Return the period in which a day lies, for each of some levels."""
    found: dict[str, int] = {}
    for level in levels:
        term = term_on(on, level=level)
        number = 2 if term is not None and term.number > 1 else 1
        if level in WITH_TERMS:
            found[level] = number
            continue
        is_late = term is not None and on >= term.starts_on + (term.ends_on - term.starts_on) / 2
        found[level] = number * 2 if is_late else number * 2 - 1
    return found
