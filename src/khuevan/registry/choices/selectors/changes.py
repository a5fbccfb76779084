"""Reading changes of combination."""

from __future__ import annotations

from khuevan.kernel.actor import Actor
from khuevan.registry.choices.models import ChangeState, CombinationChange
from khuevan.registry.choices.permissions import VIEW_CHOICES
from khuevan.registry.schools.api import School
from khuevan.registry.students.api import Student


def waiting_changes(*, actor: Actor, school: School) -> list[CombinationChange]:
    """Return the changes of a school that wait for the principal, the oldest first."""
    rows = CombinationChange.objects.visible_to(actor, VIEW_CHOICES).filter(
        school=school, state=ChangeState.ASKED
    )
    return list(rows.select_related("student", "person", "before", "after").order_by("on", "pk"))


def changes_of(*, actor: Actor, student: Student) -> list[CombinationChange]:
    """Return the changes of a pupil, the newest first."""
    rows = CombinationChange.objects.visible_to(actor, VIEW_CHOICES).filter(student=student)
    return list(rows.select_related("before", "after", "decided_by").order_by("-pk"))
