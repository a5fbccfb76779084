"""The marks that a pupil brings along from a former class or school of the same year."""

from __future__ import annotations

from dataclasses import dataclass

from khuevan.kernel.actor import Actor
from khuevan.registry.schools.api import AcademicYear
from khuevan.registry.students.api import ClassPlacement, Student
from khuevan.school.gradebooks.carried_rules import Carried, carried
from khuevan.school.gradebooks.models import BroughtAverage, Gradebook, Mark
from khuevan.school.gradebooks.selectors.arrangements import books_of_pupil
from khuevan.school.gradebooks.slots import Slot, Word

BECAUSE = "a pupil whom the actor's school received: own marks of this year alone"
ONLY_EMPTY = (Word.CLEARED, Word.MAKE_UP_DUE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What of a former gradebook fits the gradebook of the same subject in the class of today."""

    book: Gradebook
    former: Gradebook
    fit: Carried


def proposals_for(*, actor: Actor, student: Student, year: AcademicYear) -> list[Proposal]:
    """Return what a pupil's former gradebooks of this year offer to those of the class of today.

    Only of a pupil whose class the actor keeps gradebooks of, and only of classes in which the
    pupil was before. The former school's marks stay as they are. Six queries.
    """
    books = books_of_pupil(actor=actor, student=student, year=year)
    if not books:
        return []
    here = books[0].homeroom_class_id
    rooms = ClassPlacement.objects.unscoped(because=BECAUSE).filter(
        student=student, homeroom_class__academic_year=year
    )
    rows = Gradebook.objects.unscoped(because=BECAUSE).filter(
        homeroom_class__in=rooms.exclude(homeroom_class_id=here).values("homeroom_class"),
        subject_name__in=[one.subject_name for one in books],
    )
    former = list(rows.select_related("homeroom_class", "school").order_by("-pk"))
    cells = _cells(student, year, [*books, *former])
    found = []
    for book in books:
        for old in former:
            if (old.subject_name, old.form) != (book.subject_name, book.form):
                continue
            values = {
                slot: value
                for slot, value in cells.get(old.pk, {}).items()
                if value not in ONLY_EMPTY
            }
            taken = {
                slot for slot, value in cells.get(book.pk, {}).items() if value != Word.CLEARED
            }
            fit = carried(values, book.slots, taken)
            if fit.fits:
                found.append(Proposal(book, old, fit))
                break
    return found


def _cells(
    student: Student, year: AcademicYear, books: list[Gradebook]
) -> dict[int, dict[Slot, int]]:
    rows = Mark.objects.unscoped(because=BECAUSE).filter(
        student_id=student.pk,
        year=year.starts_on.year,
        gradebook_id__in=[one.pk for one in books],
    )
    found: dict[int, dict[Slot, int]] = {}
    for book, slot, value in rows.values_list("gradebook_id", "slot", "value"):
        found.setdefault(book, {})[slot] = value
    return found


def brought_by(student: Student, books: list[Gradebook]) -> dict[int, BroughtAverage]:
    """Return the averages of term I that a pupil brought along, by reached gradebook."""
    rows = BroughtAverage.objects.unscoped(because=BECAUSE).filter(
        student=student, gradebook__in=books
    )
    return {one.gradebook_id: one for one in rows.select_related("recorded_by")}
