"""How lessons stand to each other: apart, together, one after the other, in few rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.choosing import chosen_lessons
from khuevan.school.timetable.core.engine import Sentence, Violation, broken, group_kind
from khuevan.school.timetable.core.occupancy import Occupancy
from khuevan.school.timetable.core.values import HARD, Constraint, Placement, Slot

TOO_CLOSE = _("Lessons %(lessons)s are %(found)s days too close: %(when)s and %(then)s")
APART_ON_DAY = _(
    "Lessons %(lessons)s are on one day without following each other: %(when)s, %(then)s"
)
OTHER_DAY = _("Lessons %(lessons)s are not on one day: %(when)s and %(then)s")
OTHER_HOUR = _("Lessons %(lessons)s do not begin at one hour: %(when)s and %(then)s")
OTHER_TIME = _("Lessons %(lessons)s do not begin together: %(when)s and %(then)s")
OVERLAP = _("Lessons %(lessons)s are at the same time: %(when)s and %(then)s")
WRONG_ORDER = _("Lessons %(lessons)s are not in this order: %(when)s and %(then)s")
NOT_NEXT = _("Lessons %(lessons)s do not follow each other: %(when)s and %(then)s")
AT_ONCE = _("%(found)s lessons of %(subject)s at once on %(when)s, at most %(most)s")
NOT_AT_ONCE = _("Lessons %(lessons)s of a block are not all at the same times")
MANY_ROOMS = _("Lessons %(lessons)s are in %(found)s rooms, at most %(most)s were wanted")

Pair = tuple[Placement, Placement]


def pairs(occupancy: Occupancy, constraint: Constraint) -> Iterator[Pair]:
    """Yield every two of a constraint's lessons that are both placed."""
    lessons = chosen_lessons(occupancy.problem, constraint)
    places = [occupancy.places[one.id] for one in lessons if one.id in occupancy.places]
    return combinations(places, 2)


def of_pair(
    occupancy: Occupancy,
    constraint: Constraint,
    sentence: Sentence,
    pair: Pair,
    *,
    count: int = 1,
    weight: float | None = None,
) -> Violation:
    """Return what is wrong with two lessons."""
    one, other = pair
    name = occupancy.problem.grid.name
    facts = {"when": name(one.slot), "then": name(other.slot), "found": count}
    lessons = (one.lesson, other.lesson)
    return broken(constraint, sentence, facts, count=count, lessons=lessons, weight=weight)


@group_kind("min_days_between", _("At least %(least)s days between lessons %(lessons)s"))
def min_days_between(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons of a subject too close to each other; on one day they may have to be double."""
    least, together = constraint.number("least"), constraint.flag("together_if_same_day")
    for one, other in pairs(occupancy, constraint):
        found = least - abs(one.day - other.day)
        if found > 0:
            yield of_pair(occupancy, constraint, TOO_CLOSE, (one, other), count=found)
            if together and one.day == other.day and not follow(occupancy, one, other):
                # However little the distance is worth, this part is always hard, as in FET.
                yield of_pair(occupancy, constraint, APART_ON_DAY, (one, other), weight=HARD)


def follow(occupancy: Occupancy, one: Placement, other: Placement) -> bool:
    """Tell whether one of two lessons of a day begins where the other ends."""
    return occupancy.end_of(one) == other.hour or occupancy.end_of(other) == one.hour


@group_kind("same_starting_day", _("Lessons %(lessons)s are on one day"))
def same_day(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons that should be on one day and are not."""
    for one, other in pairs(occupancy, constraint):
        if one.day != other.day:
            yield of_pair(occupancy, constraint, OTHER_DAY, (one, other))


@group_kind("same_starting_hour", _("Lessons %(lessons)s begin at one hour"))
def same_hour(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons that should begin at the same hour of whatever day."""
    for one, other in pairs(occupancy, constraint):
        if one.hour != other.hour:
            yield of_pair(occupancy, constraint, OTHER_HOUR, (one, other))


@group_kind("same_starting_time", _("Lessons %(lessons)s begin together"))
def same_time(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons that should begin together, such as those of an option block."""
    for one, other in pairs(occupancy, constraint):
        if one.slot != other.slot:
            yield of_pair(occupancy, constraint, OTHER_TIME, (one, other))


@group_kind("not_overlapping", _("No two of lessons %(lessons)s are at the same time"))
def not_overlapping(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons at the same time that should not be."""
    for one, other in pairs(occupancy, constraint):
        ends = min(occupancy.end_of(one), occupancy.end_of(other))
        found = ends - max(one.hour, other.hour)
        if one.day == other.day and found > 0:
            yield of_pair(occupancy, constraint, OVERLAP, (one, other), count=found)


@group_kind("ordered", _("Lesson %(first)s is before lesson %(second)s in the week"))
def ordered(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find a lesson that begins before the one it should come after has ended."""
    for one, other in pairs(occupancy, constraint):
        if (one.day, occupancy.end_of(one)) > other.slot:
            yield of_pair(occupancy, constraint, WRONG_ORDER, (one, other))


@group_kind("consecutive", _("Lesson %(second)s follows lesson %(first)s directly"))
def consecutive(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find a second lesson that does not follow the first; a break between is passed over."""
    for one, other in pairs(occupancy, constraint):
        if not _next(occupancy, one, other):
            yield of_pair(occupancy, constraint, NOT_NEXT, (one, other))


@group_kind("grouped", _("Lessons %(lessons)s follow each other directly"))
def grouped(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find two lessons that do not follow each other, whichever is first."""
    for one, other in pairs(occupancy, constraint):
        if not (_next(occupancy, one, other) or _next(occupancy, other, one)):
            yield of_pair(occupancy, constraint, NOT_NEXT, (one, other))


def _next(occupancy: Occupancy, one: Placement, other: Placement) -> bool:
    hour = occupancy.end_of(one)
    while (one.day, hour) in occupancy.breaks:
        hour += 1
    return (one.day, hour) == other.slot


@group_kind("max_rooms", _("Lessons %(lessons)s are in at most %(most)s rooms"))
def max_rooms(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons that are held in too many different rooms."""
    lessons = [one.id for one in chosen_lessons(occupancy.problem, constraint)]
    placed = [occupancy.places[one] for one in lessons if one in occupancy.places]
    found, most = len({one.room for one in placed if one.room}), constraint.number("most")
    if found > most:
        facts = {"found": found, "most": most}
        yield broken(constraint, MANY_ROOMS, facts, count=found - most, lessons=lessons)


@group_kind("max_at_once", _("At most %(most)s lessons of %(subject)s at once"))
def max_at_once(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find times at which more lessons of a subject are held than there are rooms for them."""
    held: defaultdict[Slot, list[int]] = defaultdict(list)
    for lesson in chosen_lessons(occupancy.problem, constraint):
        placement = occupancy.places.get(lesson.id)
        if placement is not None:
            for hour in occupancy.hours_in(placement):
                held[placement.day, hour].append(lesson.id)
    most = constraint.number("most")
    for slot, lessons in sorted(held.items()):
        found = len(lessons)
        if found > most:
            when, subject = occupancy.problem.grid.name(slot), constraint.text("subject")
            facts = {"found": found, "most": most, "when": when, "subject": subject}
            yield broken(constraint, AT_ONCE, facts, count=found - most, lessons=lessons)


@group_kind("same_times", _("Lessons %(lessons)s of a block are at the same times"))
def same_times(occupancy: Occupancy, constraint: Constraint) -> Iterator[Violation]:
    """Find lessons of a block at a time when its other class has none of it.

    The first `first` lessons are those of one class, the others another's; what has no place yet
    may still come to the time that lacks it.
    """
    lessons, first = constraint.numbers("lessons"), constraint.number("first")
    one, other = (
        [occupancy.places[at].slot for at in part if at in occupancy.places]
        for part in (lessons[:first], lessons[first:])
    )
    for slot in list(one):
        if slot in other:
            one.remove(slot)
            other.remove(slot)
    waiting = len(lessons) - sum(at in occupancy.places for at in lessons)
    count = max(len(one), len(other)) - waiting
    if count > 0:
        yield broken(constraint, NOT_AT_ONCE, {}, count=count, lessons=lessons)
