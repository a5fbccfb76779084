"""The same rules as far as FET has words for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from khuevan.school.timetable.asked.values import Facts
from khuevan.school.timetable.core.values import Constraint, On, Slot

Made = Iterator[Constraint]


def fet_constraints(facts: Facts, constraints: Iterable[Constraint]) -> Made:
    """Yield constraints as FET can say them; what it can't stays as it is and is named."""
    for one in constraints:
        said = SAID.get((one.kind, one.on))
        if said is None:
            yield one
        else:
            yield from said(facts, one)


def _each(_facts: Facts, one: Constraint) -> Made:
    """Say of each alone what FET says of one or all."""
    if len(one.names) < 2:
        yield one
    for name in one.names if len(one.names) > 1 else ():
        yield replace(one, names=(name,))


def _closed(facts: Facts, one: Constraint) -> Made:
    """Say the sessions a class has as times at which it isn't there."""
    allowed = {
        hour for at in one.numbers("sessions") for hour in range(*facts.grid.day_sessions[at])
    }
    slots = tuple(slot for slot in facts.grid.slots() if slot[1] not in allowed)
    for name in one.names if slots else ():
        yield _other(one, "not_available", On.STUDENTS, (name,), slots=slots)


def _no_gaps(facts: Facts, one: Constraint) -> Made:
    """Say that there are no gaps: of students from the first period on."""
    names = one.names
    if one.on is On.STUDENTS:
        for name in names or ("",):
            whom = (name,) if name else ()
            yield _other(one, "max_gaps_per_week", On.STUDENTS, whom, most=0)
            yield _other(one, "begins_early", On.STUDENTS, whom, most=0)
        return
    yield from _each(facts, _other(one, "max_gaps_per_week", On.TEACHERS, names, most=0))


def _apart(facts: Facts, one: Constraint) -> Made:
    """Say that lessons of a subject of a class are on different days, where that is asked."""
    most, rooms = one.number("most"), set(one.names)
    is_spread = one.kind == "spread"
    subject, but = one.text("subject"), set(one.texts("but"))
    if not is_spread and most > 1:
        yield from _not_too_often(facts, one)
        return
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    names = {room.pk: room.name for room in facts.classes}
    for lesson in facts.lessons:
        name = names[lesson.classes[0]]
        if (not rooms or name in rooms) and (
            lesson.subject == subject if subject else lesson.subject not in but
        ):
            found[name, lesson.subject].append(lesson.pk)
    parts = {lesson.pk for lesson in facts.lessons if not lesson.is_whole}
    for (name, _subject), lessons in list(found.items()):
        if parts.intersection(lessons):  # groups of a block stand together, on one day
            del found[name, _subject]
            yield replace(one, names=(name,))
    for lessons in found.values():
        few = len(lessons) <= one.number("up_to", 3) if is_spread else True
        if len(lessons) > 1 and few:
            yield _other(
                one,
                "min_days_between",
                On.LESSONS,
                (),
                lessons=tuple(lessons),
                least=2 if is_spread else 1,
                together_if_same_day=False,
            )


def _not_too_often(facts: Facts, one: Constraint) -> Made:
    """Say of subjects that could be too often on a day how often at most: their tag is their name.

    As in the rule itself, a subject has as many a day as its week asks, unless it was named.
    """
    subject, but = one.text("subject"), set(one.texts("but"))
    for room in facts.classes:
        if one.names and room.name not in one.names:
            continue
        for name, lessons in facts.of_class.get(room.pk, {}).items():
            if name != subject if subject else name in but:
                continue
            periods = sum(lesson.length for lesson in lessons)
            most = max(one.number("most"), 0 if subject else -(-periods // facts.week.days))
            if periods > most:
                whom = (room.name,)
                yield _other(one, "max_tag_hours_daily", On.STUDENTS, whom, tag=name, most=most)


def _elsewhere(facts: Facts, one: Constraint) -> Made:
    """Say hours that are ruled out for a subject as the times inside which it may lie."""
    ruled_out = set(one.numbers("hours"))
    slots = tuple(slot for slot in facts.grid.slots() if slot[1] not in ruled_out)
    given = {name: one.text(name) for name in ("subject", "students") if one.text(name)}
    yield _other(one, "preferred_slots", On.LESSONS, (), slots=slots, **given)


def _starts(facts: Facts, one: Constraint) -> Made:
    """Say of the flag ceremony when it begins: of the lesson that stands there, else the first."""
    yield from _fixed(facts, one, one.slots("slots"), at=0)


def _fixed(facts: Facts, one: Constraint, slots: tuple[Slot, ...], at: int) -> Made:
    lessons = [lesson for lesson in facts.lessons if lesson.pk in one.numbers("lessons")]
    standing = [lesson for lesson in lessons if lesson.slot in slots]
    chosen = standing[0] if standing else sorted(lessons, key=lambda each: each.pk)[at]
    yield _other(one, "preferred_starts", On.LESSONS, (), lessons=(chosen.pk,), slots=slots)


def _paired(_facts: Facts, one: Constraint) -> Made:
    """Say of the lessons of a block, one by one, that they begin together."""
    lessons, first = one.numbers("lessons"), one.number("first")
    for pair in zip(lessons[:first], lessons[first:], strict=False):
        yield _other(one, "same_starting_time", On.LESSONS, (), lessons=pair)


def _last_of_week(facts: Facts, one: Constraint) -> Made:
    """Say of the class meeting that it begins the last period of the week."""
    slots: tuple[Slot, ...] = one.slots("or_slots")
    if slots:
        yield from _fixed(facts, one, slots, at=-1)
    else:
        yield one


def _where_they_were(_facts: Facts, one: Constraint) -> Made:
    """Say of each lesson where it stood before."""
    for lesson, slot in zip(one.numbers("lessons"), one.slots("slots"), strict=True):
        yield _other(one, "preferred_starts", On.LESSONS, (), lessons=(lesson,), slots=(slot,))


def _special_rooms(facts: Facts, one: Constraint) -> Made:
    """Say of a subject with rooms of its own that it is in one of them."""
    subject = one.text("subject")
    rooms = tuple(room.name for room in facts.rooms if subject in room.subjects)
    most = sum(room.classes for room in facts.rooms if subject in room.subjects)
    if rooms and most == len(rooms) == one.number("most"):
        yield _other(one, "preferred_rooms", On.LESSONS, (), subject=subject, rooms=rooms)
    else:
        yield one


def _away(facts: Facts, one: Constraint) -> Made:
    """Say when teachers aren't there, without the reason."""
    slots = one.slots("slots")
    yield from _each(facts, _other(one, "not_available", On.TEACHERS, one.names, slots=slots))


def _free_days(facts: Facts, one: Constraint) -> Made:
    """Say free days as days at most."""
    most = max(0, facts.week.days - one.number("days"))
    yield from _each(facts, _other(one, "max_days_per_week", On.TEACHERS, one.names, most=most))


def _by_teacher(_facts: Facts, _one: Constraint) -> Made:
    """Say nothing: who gives a lesson stands in the lesson itself."""
    return iter(())


def _sole_session(facts: Facts, one: Constraint) -> Made:
    """Say nothing of sessions where none is longer than what is asked."""
    longest = max(after - first for first, after in facts.grid.day_sessions)
    if longest > one.number("most"):
        yield one


def _other(
    one: Constraint, kind: str, on: On, names: tuple[str, ...], **parameters: object
) -> Constraint:
    return Constraint(kind, on, names, one.weight, parameters, source=one.source)  # type: ignore[arg-type]  # numbers, names and slots


Say = Callable[[Facts, Constraint], Made]
T, S, L = On.TEACHERS, On.STUDENTS, On.LESSONS
SAID: dict[tuple[str, On], Say] = {
    ("weekly_periods", S): _by_teacher,
    ("taught_by", L): _by_teacher,
    ("taught_together", L): _by_teacher,
    ("only_in_sessions", S): _closed,
    ("max_hours_per_session", S): _sole_session,
    ("max_hours_per_session", T): _sole_session,
    ("max_hours_daily", S): _each,
    ("max_hours_daily", T): _each,
    ("one_stands", L): _starts,
    ("one_ends_week", L): _last_of_week,
    ("same_times", L): _paired,
    ("unmoved", L): _where_they_were,
    ("max_at_once", L): _special_rooms,
    ("not_available", T): _away,
    ("meeting", T): _away,
    ("max_subject_daily", S): _apart,
    ("spread", S): _apart,
    ("forbidden_hours", L): _elsewhere,
    ("no_holes", S): _no_gaps,
    ("session_gaps", T): _no_gaps,
    ("free_days", T): _free_days,
    ("max_hours_in_a_row", T): _each,
}
"""How FET says each kind; a soft one that it takes as hard alone is left out when it is written."""
