"""Which gradebooks somebody reaches, those one teaches, and how far each is filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.registry.schools.api import AcademicYear, School, Term, term_on
from khuevan.registry.staff.api import (
    DutyKind,
    HomeroomAssignment,
    Substitution,
    TeachingAssignment,
)
from khuevan.school.gradebooks.averages import TERMS
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.permissions import ENTER_MARKS, VIEW_MARKS
from khuevan.school.gradebooks.selectors.progress import counts_of
from khuevan.school.gradebooks.slots import BookForm, period_of

OF_A_CLASS = (BookForm.TRAITS, BookForm.DEVELOPMENT)
"""Gradebooks of no subject, which the teacher in charge of the class keeps."""


@dataclass(frozen=True, slots=True)
class Filled:
    """How many cells of a period hold something, of how many."""

    given: int
    cells: int

    @property
    def percent(self) -> int:
        """Return it in whole percent, 100 only when none is missing."""
        return min(self.given, self.cells) * 100 // self.cells if self.cells else 0

    @property
    def is_whole(self) -> bool:
        """Return whether nothing is missing."""
        return self.given >= self.cells > 0


def get_book_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_MARKS) -> Gradebook:
    """Return a gradebook with its class and school, or raise `NotFound`."""
    rows = Gradebook.objects.visible_to(actor, permission)
    return rows.select_related(
        "homeroom_class__grade_level", "homeroom_class__school", "school", "academic_year"
    ).one(uuid)


def own_books(*, actor: Actor, year: AcademicYear) -> list[Gradebook]:
    """Return the gradebooks in which the actor enters marks today: four queries."""
    if actor.person_id is None:
        return []
    why = "one's own assignments"
    mine = {"person_id": actor.person_id}
    today = in_force(actor.today)
    given = TeachingAssignment.objects.unscoped(because=why).filter(today, **mine)
    charge = HomeroomAssignment.objects.unscoped(because=why).filter(today, **mine)
    instead = Substitution.objects.unscoped(because=why).filter(today, **mine)
    taught = set(given.values_list("homeroom_class_id", "subject_name"))
    own = set(charge.values_list("homeroom_class_id", flat=True))
    for room, subject, duty in instead.values_list("homeroom_class_id", "subject_name", "duty"):
        if duty == DutyKind.HOMEROOM:
            own.add(room)
        else:
            taught.add((room, subject))
    rows = _books(Gradebook.objects.visible_to(actor, ENTER_MARKS), year).filter(
        homeroom_class_id__in={room for room, _subject in taught} | own
    )
    return [
        book
        for book in rows
        if any((book.homeroom_class_id, part) in taught for part in book.parts)
        or (book.form in OF_A_CLASS and book.homeroom_class_id in own)
    ]


def books_of_school(*, actor: Actor, school: School, year: AcademicYear) -> list[Gradebook]:
    """Return the gradebooks of a school's year in reach: one query."""
    rows = Gradebook.objects.visible_to(actor, VIEW_MARKS).filter(school=school)
    return list(_books(rows, year))


def _books(rows: ScopedQuerySet[Gradebook], year: AcademicYear) -> ScopedQuerySet[Gradebook]:
    return (
        rows.filter(academic_year=year)
        .select_related("homeroom_class__grade_level")
        .order_by("homeroom_class__sort_key", "homeroom_class_id", "pk")
    )


def periods_of(book: Gradebook) -> list[int]:
    """Return the periods of a gradebook: two terms, or a primary school's four."""
    return sorted({period_of(one) for one in book.slots})


def period_now(book: Gradebook, on: date) -> int:
    """Return the period of a gradebook in which a day lies: a term, or one of primary's four."""
    return periods_now([book], on)[book.pk]


def periods_now(books: Sequence[Gradebook], on: date) -> dict[int, int]:
    """Return the same for many gradebooks: a query for each level, where it is not known yet."""
    levels = {one.homeroom_class.grade_level.level for one in books}
    terms = {level: term_on(on, level=level) for level in levels}
    return {
        one.pk: _period_in(one, terms[one.homeroom_class.grade_level.level], on) for one in books
    }


def _period_in(book: Gradebook, term: Term | None, on: date) -> int:
    number = 2 if term is not None and term.number > 1 else 1
    if len(periods_of(book)) <= len(TERMS):
        return min(number, max(periods_of(book), default=1))
    is_late = term is not None and on >= term.starts_on + (term.ends_on - term.starts_on) / 2
    return number * 2 if is_late else number * 2 - 1


def filled(books: Sequence[Gradebook], on: date) -> dict[int, Filled]:
    """Return how far gradebooks are filled in the period of a day: a query for each period."""
    periods: defaultdict[int, list[Gradebook]] = defaultdict(list)
    now = periods_now(books, on)
    for book in books:
        periods[now[book.pk]].append(book)
    found = {book.pk: Filled(0, 0) for book in books}
    for period, some in periods.items():
        for pk, counted in counts_of(some, period, on).items():
            found[pk] = Filled(counted.filled, counted.required)
    return found
