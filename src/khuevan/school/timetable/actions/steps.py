"""A step of the making of a timetable: what each lesson was and is, so that it is taken back.

A lesson that a step adds or takes away is kept whole in it, under its own number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.school.timetable.actions.versions import locked
from khuevan.school.timetable.errors import NoSuchSpot, OverlapsItself, PublishedStays
from khuevan.school.timetable.grids import Spot, Week
from khuevan.school.timetable.models import LESSON_FIELDS, EditStep, ScheduledLesson, Timetable
from khuevan.ui.errors import ChangedMeanwhile

WHOLE = ("uuid", *LESSON_FIELDS)
"""All that makes a lesson, beside its number and its timetable."""
BECAUSE = "of a timetable that the actor makes"
Values = Mapping[str, Any]


def open_draft(actor: Actor, uuid: UUID) -> Timetable:
    """Return a draft that the actor makes, locked.

    :raises PublishedStays:
    """
    timetable = locked(actor, uuid)
    if timetable.is_published:
        raise PublishedStays
    return timetable


def lessons_in(timetable: Timetable) -> Any:
    """Return the lessons of a timetable in hand."""
    return ScheduledLesson.objects.unscoped(because=BECAUSE).filter(timetable=timetable)


def steps_of(timetable: Timetable) -> Any:
    """Return the steps of a timetable in hand."""
    return EditStep.objects.unscoped(because=BECAUSE).filter(timetable=timetable)


def together(timetable: Timetable, lesson: UUID) -> list[ScheduledLesson]:
    """Return a lesson with all that is taught jointly with it."""
    row = lessons_in(timetable).filter(uuid=lesson).first()
    if row is None:
        raise NotFound
    if row.joint is None:
        return [row]
    return list(lessons_in(timetable).filter(joint=row.joint).order_by("pk"))


def require_unchanged(
    timetable: Timetable, rows: Sequence[ScheduledLesson], revision: int | None
) -> None:
    """Refuse a move by who has not seen that these lessons were moved by somebody else.

    Steps that moved other lessons meanwhile stand beside it.
    """
    if revision is None or revision >= timetable.revision:
        return
    missed = timetable.revision - revision
    ids = {row.pk for row in rows}
    for step in steps_of(timetable).order_by("-number")[:missed]:
        if ids & {one["lesson"] for one in step.changes}:
            raise ChangedMeanwhile


def require_seen(timetable: Timetable, step: EditStep, actor: Actor, revision: int | None) -> None:
    """Refuse to take back, or do again, another's step that who asks for it has not seen.

    :raises ChangedMeanwhile:
    """
    is_stale = revision is not None and revision < timetable.revision
    if is_stale and step.person_id != actor.person_id:
        raise ChangedMeanwhile


def require_room_in_day(week: Week, spot: Spot, length: int) -> None:
    """Refuse a spot that the week has not, or where so long a lesson would not end in time."""
    slot = week.slot(spot)
    if slot is None:
        raise NoSuchSpot
    if not week.holds(slot, length):
        raise OverlapsItself


def place_of(row: ScheduledLesson) -> dict[str, Any]:
    """Return where a lesson stands, as a step takes it."""
    return {"weekday": row.weekday, "half": row.half, "period": row.period}


def at_spot(spot: Spot | None) -> dict[str, Any]:
    """Return a spot as a step takes it; none takes a lesson off the timetable."""
    return {
        "weekday": spot.weekday if spot else None,
        "half": spot.half if spot else "",
        "period": spot.period if spot else None,
    }


def make_step(
    timetable: Timetable,
    actor: Actor,
    wanted: Mapping[int, Values],
    now: datetime,
    *,
    added: Iterable[ScheduledLesson] = (),
    removed: Iterable[int] = (),
) -> None:
    """Make a step of what really changes; what was taken back before it is forgotten."""
    gone = list(removed)
    rows = lessons_in(timetable).in_bulk([*wanted, *gone])
    changes: list[dict[str, Any]] = []
    for pk, values in wanted.items():
        after = _plain(values)
        before = _plain({name: getattr(rows[pk], name) for name in after})
        if after != before:
            changes.append({"lesson": pk, "before": before, "after": after})
    changes += [{"lesson": pk, "before": _whole(rows[pk]), "after": None} for pk in gone]
    new = ScheduledLesson.objects.unscoped(because=BECAUSE).bulk_create(added)
    changes += [{"lesson": row.pk, "before": None, "after": _whole(row)} for row in new]
    if not changes:
        return
    steps_of(timetable).filter(number__gt=timetable.position).delete()
    timetable.position += 1
    EditStep.objects.create(
        timetable=timetable,
        school_id=timetable.school_id,
        number=timetable.position,
        person_id=actor.person_id,
        made_at=now,
        changes=changes,
    )
    made = {row.pk for row in new}
    apply(timetable, {one["lesson"]: one["after"] for one in changes if one["lesson"] not in made})
    count_up(timetable)


def apply(timetable: Timetable, wanted: Mapping[int, Values | None]) -> None:
    """Let lessons be as a step says: changed, gone, or there again."""
    gone = [pk for pk, values in wanted.items() if values is None]
    if gone:
        lessons_in(timetable).filter(pk__in=gone).delete()
    rows = lessons_in(timetable).in_bulk([pk for pk, values in wanted.items() if values])
    names: set[str] = set()
    again = []
    for pk, values in wanted.items():
        if not values:
            continue
        if pk not in rows:
            again.append(
                ScheduledLesson(pk=pk, timetable=timetable, school_id=timetable.school_id, **values)
            )
            continue
        names.update(values)
        for name, value in values.items():
            setattr(rows[pk], name, value)
    doors = ScheduledLesson.objects.unscoped(because=BECAUSE)
    doors.bulk_create(again)
    if names:
        doors.bulk_update(rows.values(), sorted(names))


def count_up(timetable: Timetable) -> None:
    """Say that a timetable is otherwise than it was."""
    timetable.revision += 1
    timetable.save(update_fields=["revision", "position"])


def _whole(row: ScheduledLesson) -> dict[str, Any]:
    return _plain({name: getattr(row, name) for name in WHOLE})


def _plain(values: Values) -> dict[str, Any]:
    """Return values as JSON keeps them."""
    return {
        name: str(value) if isinstance(value, UUID) else value for name, value in values.items()
    }
