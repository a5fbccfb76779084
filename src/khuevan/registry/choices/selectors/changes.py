"""Reading changes of combination."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.registry.choices.models import ChangeState, CombinationChange
from khuevan.registry.choices.permissions import VIEW_CHOICES
from khuevan.registry.choices.selectors.combinations import learning_on
from khuevan.registry.schools.api import School
from khuevan.registry.students.api import Student


def waiting_changes(*, actor: Actor, school: School) -> list[CombinationChange]:
    """Return the changes of a school that wait for the principal, the oldest first."""
    rows = CombinationChange.objects.visible_to(actor, VIEW_CHOICES).filter(
        school=school, state=ChangeState.ASKED
    )
    return list(rows.select_related("student", "person", "before", "after").order_by("on", "pk"))


def get_change_for(actor: Actor, uuid: UUID) -> CombinationChange:
    """Return a change with this uuid, or raise `NotFound`."""
    rows = CombinationChange.objects.visible_to(actor, VIEW_CHOICES)
    return rows.select_related("student").one(uuid)


def full_for(changes: Sequence[CombinationChange], on: date) -> set[int]:
    """Return which of these changes ask for a combination that has no place left: one query."""
    asked = {one.after_id: one.after.capacity for one in changes}
    taken = learning_on(asked, on)
    return {one.pk for one in changes if taken[one.after_id] >= asked[one.after_id]}


def changes_of(*, actor: Actor, student: Student) -> list[CombinationChange]:
    """Return the changes of a pupil, the newest first."""
    rows = CombinationChange.objects.visible_to(actor, VIEW_CHOICES).filter(student=student)
    return list(rows.select_related("before", "after", "decided_by").order_by("-pk"))
