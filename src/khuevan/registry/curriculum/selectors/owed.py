"""Reading what the teachers of a school owe week by week: positions, duties, leaves, by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from khuevan.kernel.periods import holds
from khuevan.registry.curriculum.errors import NormUnknown
from khuevan.registry.curriculum.load_rules import Load, load_of
from khuevan.registry.curriculum.models import TeachingDuty
from khuevan.registry.curriculum.norms import Circumstances, Held, norm_for, reduction_of
from khuevan.registry.curriculum.selectors.circumstances import circumstances_of, levels_owed
from khuevan.registry.curriculum.selectors.duties import held_of
from khuevan.registry.schools.api import School
from khuevan.registry.staff.api import (
    Appointment,
    HomeroomAssignment,
    Position,
    StaffLeave,
    StaffMember,
)

TEACH = (Position.TEACHER, Position.PRINCIPAL, Position.VICE_PRINCIPAL, Position.YOUTH_LEADER)
BECAUSE = "of a school that the caller reached, or the reader's own"
TO_THURSDAY, WEEK = timedelta(days=3), timedelta(days=7)


@dataclass(slots=True)
class Serving:
    """Somebody at a school during some weeks: the positions held there, what each week asks."""

    member: StaffMember
    posts: list[Appointment] = field(default_factory=list)
    leaves: list[StaffLeave] = field(default_factory=list)
    weeks: dict[date, Load | None] = field(default_factory=dict)
    """By Monday the load without lessons; None where no norm is known."""

    @property
    def is_main(self) -> bool:
        """Whether this is the school that counts what is given at all schools."""
        return any(one.is_primary for one in self.posts)

    def is_there(self, on: date) -> bool:
        """Return whether somebody holds a position here and is not on leave."""
        away = any(holds(one, on) for one in self.leaves)
        return not away and any(holds(one, on) for one in self.posts)


def serving_in(
    school: School,
    mondays: Sequence[date],
    *,
    levels: Mapping[int, str],
    person_id: int | None = None,
) -> list[Serving]:
    """Return who teaches at a school in some weeks, by name, with what each week asks of them.

    `levels` says at which level each teaches who gives lessons there: who is in it serves whatever
    the position. Of one person alone where named. Nine queries at a school of several levels, else
    eight, however many teach and however many weeks.
    """
    first, last = mondays[0], mondays[-1] + WEEK - timedelta(days=1)
    found = _people(school, first, last, levels.keys(), person_id)
    for leave in _rows(StaffLeave, school, first, last).filter(staff_member_id__in=found):
        found[leave.staff_member_id].leaves.append(leave)
    duties = _duties(school, first, last)
    where = circumstances_of(school, last, set(levels.values()))
    owed = levels_owed(where, levels, found.keys(), last)
    for member_id, one in found.items():
        level, _is_by_title = owed.get(member_id, ("", False))
        at = where.get(level, where[""])
        for monday in mondays:
            one.weeks[monday] = _asked(one, duties.get(member_id, []), at, monday)
    return list(found.values())


def _asked(
    one: Serving, duties: Iterable[tuple[Any, Held]], where: Circumstances, monday: date
) -> Load | None:
    """Return the load of a week without its lessons, as the week's Thursday has it."""
    thursday = monday + TO_THURSDAY
    posts = [post for post in one.posts if _touches(post, monday)]
    post = next((post for post in posts if holds(post, thursday)), posts[0] if posts else None)
    if post is None:
        return None
    who = post.position if post.position in TEACH else Position.TEACHER
    try:
        norm = norm_for(who, where, on=thursday)
    except NormUnknown:
        return None
    cuts = [
        reduction_of(held, where, on=thursday) for span, held in duties if holds(span, thursday)
    ]
    found = {(cut.code, cut.label): cut for cut in cuts if cut is not None}
    return load_of(norm, found.values(), ())


def _touches(post: Appointment, monday: date) -> bool:
    return post.starts_on < monday + WEEK and (post.ends_on is None or post.ends_on > monday)


def _people(
    school: School, first: date, last: date, teaching: Collection[int], person_id: int | None
) -> dict[int, Serving]:
    rows = (
        Appointment.objects.unscoped(because=BECAUSE)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gt=first), unit_id=school.pk)
        .filter(starts_on__lte=last)
        .select_related("staff_member__person")
        .order_by("person__sort_key", "staff_member_id", "-is_primary", "starts_on")
    )
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    found: dict[int, Serving] = {}
    for row in rows:
        if row.position in TEACH or row.staff_member_id in teaching:
            serving = found.setdefault(row.staff_member_id, Serving(row.staff_member))
            serving.posts.append(row)
    return found


def _duties(school: School, first: date, last: date) -> dict[int, list[tuple[Any, Held]]]:
    """Return the duties of the staff in a span, with the time they are held."""
    found: defaultdict[int, list[tuple[Any, Held]]] = defaultdict(list)
    for room in _rows(HomeroomAssignment, school, first, last):
        found[room.staff_member_id].append((room, Held("HOMEROOM")))
    for duty in _rows(TeachingDuty, school, first, last).order_by("starts_on", "pk"):
        found[duty.staff_member_id].append((duty, held_of(duty)))
    return found


def _rows(model: Any, school: School, first: date, last: date) -> Any:
    return model.objects.unscoped(because=BECAUSE).filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=first), school_id=school.pk, starts_on__lte=last
    )
