"""Who gives the lessons of which a gradebook holds the marks."""

from __future__ import annotations

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.registry.staff.api import (
    DutyKind,
    HomeroomAssignment,
    Substitution,
    TeachingAssignment,
)
from khuevan.school.gradebooks.models import Gradebook
from khuevan.school.gradebooks.slots import BookForm

BECAUSE = "of a gradebook that the actor reached"


def teaches(actor: Actor, book: Gradebook) -> bool:
    """Return whether the actor gives the subject in the class, or stands in for who gives it.

    Where the gradebook is of no subject, it is who is in charge of the class.
    """
    mine = {"person_id": actor.person_id, "homeroom_class_id": book.homeroom_class_id}
    today = in_force(actor.today)
    standing_in = Substitution.objects.unscoped(because=BECAUSE).filter(today, **mine)
    if book.form in {BookForm.TRAITS, BookForm.DEVELOPMENT}:
        charge = HomeroomAssignment.objects.unscoped(because=BECAUSE).filter(today, **mine)
        return charge.exists() or standing_in.filter(duty=DutyKind.HOMEROOM).exists()
    given = TeachingAssignment.objects.unscoped(because=BECAUSE).filter(today, **mine)
    instead = standing_in.filter(duty=DutyKind.TEACHING, subject_name__in=book.parts)
    return given.filter(subject_name__in=book.parts).exists() or instead.exists()
