"""The rules about classes and their subjects (TT-H02 to H12, H17, S02 to S04) as constraints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khuevan.school.timetable.asked.nearest import Book
from khuevan.school.timetable.asked.terms import SPORT
from khuevan.school.timetable.asked.values import ClassFact, Facts, LessonFact, Said
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import Constraint, Parameter, Slot
from khuevan.school.timetable.models import Half

Made = Iterator[Constraint]
FLAG = ("Sinh hoạt dưới cờ", "Chào cờ")
MEETING = ("Sinh hoạt lớp",)
WITH_CLASS = ("Hoạt động trải nghiệm", "Hoạt động trải nghiệm, hướng nghiệp")
"""Subjects whose first lesson of a week is under the flag, the last with the own class."""


def weekly_periods(facts: Facts, book: Book) -> Made:
    """Yield that each class has what its plan says (TT-H02)."""
    said = book.all("TT-H02")
    if not said.is_on:
        return
    rooms = {one.pk: one for one in facts.classes}
    for (pk, subject), planned in facts.planned.items():
        lessons = facts.of_class.get(pk, {}).get(subject, ())
        has = facts.periods(pk, subject)
        shared = len({one for lesson in lessons for one in lesson.teachers}) > 1
        is_told = has <= planned or not shared  # who shares a subject may take turns by week
        if pk in rooms and lessons and is_told and all(one.is_whole for one in lessons):
            yield from of_rule(
                "TT-H02",
                rooms[pk].name,
                weight=said.weight,
                subject=subject,
                periods=planned,
                differs=has != planned,
            )


def main_session(facts: Facts, book: Book) -> Made:
    """Yield that a class of one half-day learns in it alone (TT-H03)."""
    for said, rooms in book.for_classes("TT-H03", facts.classes):
        for half in Half.values:
            names = tuple(one.name for one in rooms if one.half == half)
            if names and half in facts.week.halves:
                sessions = (facts.week.halves.index(half),)
                yield from of_rule("TT-H03", *names, weight=said.weight, sessions=sessions)


def full_days(facts: Facts, book: Book) -> Made:
    """Yield how many periods a class has in a session and a day (TT-H04)."""
    for said, rooms in book.for_classes("TT-H04", facts.classes):
        yield from per_session_and_day("TT-H04", tuple(one.name for one in rooms), said)


def per_session_and_day(code: str, names: Sequence[str], said: Said) -> Made:
    """Yield both parts of a rule about the periods of a session and of a day."""
    for kind, number in (("max_hours_per_session", "session"), ("max_hours_daily", "day")):
        yield from of_rule(code, *names, weight=said.weight, only=kind, most=said.number(number))


def flag_ceremony(facts: Facts, book: Book) -> Made:
    """Yield when the flag ceremony of each class is, and with whom (TT-H05)."""
    for said, rooms in book.for_classes("TT-H05", facts.classes):
        for room in rooms:
            slots, lessons = _flag_slots(facts, room, said), _with_class(facts, room, FLAG)
            if lessons and slots:
                given = _given(room, lessons)
                yield from of_rule(
                    "TT-H05", weight=said.weight, only="one_stands", slots=slots, **given
                )
                yield from _by_homeroom("TT-H05", facts, room, lessons, said)


def class_meeting(facts: Facts, book: Book) -> Made:
    """Yield that the class meeting ends the week of each class, with whom (TT-H06)."""
    for said, rooms in book.for_classes("TT-H06", facts.classes):
        for room in rooms:
            last, lessons = _last_slots(facts, room), _with_class(facts, room, MEETING)
            if lessons:
                given = _given(room, lessons)
                yield from of_rule(
                    "TT-H06", weight=said.weight, only="one_ends_week", or_slots=last, **given
                )
                yield from _by_homeroom("TT-H06", facts, room, lessons, said)


def _given(room: ClassFact, lessons: Sequence[LessonFact]) -> dict[str, Parameter]:
    numbers = tuple(one.pk for one in lessons)
    return {"subject": lessons[0].subject, "students": room.name, "lessons": numbers}


def _by_homeroom(
    code: str, facts: Facts, room: ClassFact, lessons: Sequence[LessonFact], said: Said
) -> Made:
    """Yield that the homeroom teacher is there, where none of the lessons is with them."""
    if room.in_charge and room.in_charge not in _names(facts, lessons[0]):
        given = {**_given(room, lessons[:1]), "by": room.in_charge}
        yield from of_rule(code, weight=said.weight, only="taught_by", **given)


def _with_class(facts: Facts, room: ClassFact, names: Sequence[str]) -> list[LessonFact]:
    """Return which lessons of a class may be meant, those of its homeroom teacher if there are."""
    taught = facts.of_class.get(room.pk, {})
    found = [one for name in names for one in taught.get(name, ())]
    if not found:
        found = [one for name in WITH_CLASS for one in taught.get(name, ())]
        if len(found) < 2:
            return []
    own = [one for one in found if room.in_charge in _names(facts, one)]
    return sorted(own or found, key=lambda one: one.pk)


def _names(facts: Facts, lesson: LessonFact) -> set[str]:
    return {facts.teachers.get(pk, "") for pk in lesson.teachers}


def _flag_slots(facts: Facts, room: ClassFact, said: Said) -> tuple[Slot, ...]:
    """Return the period of the main session; of an afternoon its first and its last."""
    half = room.half or Half.MORNING
    bells = [(hour, bell) for hour, bell in enumerate(facts.week.bells) if bell.half == half]
    hours = {hour for hour, bell in bells if bell.number == said.number("period")}
    if half == Half.AFTERNOON and bells and said.number("period") == 1:
        hours.add(bells[-1][0])
    day = said.number("weekday") - 2
    return tuple((day, hour) for hour in sorted(hours)) if day < facts.week.days else ()


def _last_slots(facts: Facts, room: ClassFact) -> tuple[Slot, ...]:
    """Return the last period of the last day: of the main session, else of any."""
    day = facts.week.days - 1
    hours = [
        hour
        for hour, bell in enumerate(facts.week.bells)
        if bell.half == (room.half or Half.MORNING)
    ]
    return ((day, hours[-1]),) if hours else ()


def at_once(facts: Facts, book: Book) -> Made:
    """Yield what rooms hold, and how many classes special rooms take at once (TT-H08)."""
    said = book.all("TT-H08")
    if said.is_on:
        yield from of_rule("TT-H08", weight=said.weight)
    taught = set(facts.subjects)
    own = {str(one.whom): one for one in book.of("TT-H08", "SUBJECT")}
    for subject in sorted(taught & own.keys()):
        if own[subject].is_on:
            yield from _own_rooms(facts, own[subject])
    if not said.is_on:
        return
    scarce = {one.subject for one in scarce_rooms(facts, book)}
    for subject in sorted(taught - own.keys() - scarce):
        count = _room_for(facts, subject)
        if count:
            yield from of_rule(
                "TT-H08", only="max_at_once", weight=said.weight, subject=subject, most=count
            )


@dataclass(frozen=True, slots=True)
class ScarceRooms:
    """A subject with more periods a week than its special rooms can hold."""

    subject: str
    periods: int
    held: int


def scarce_rooms(facts: Facts, book: Book) -> Iterator[ScarceRooms]:
    """Yield the subjects whose rooms cannot be meant for every lesson (TT-H08).

    Where the school said nothing of a subject, a laboratory for thirty periods of sixty-eight is
    for some of them: which, is chosen lesson by lesson.
    """
    if not book.all("TT-H08").is_on:
        return
    own = {str(one.whom) for one in book.of("TT-H08", "SUBJECT")}
    half_of = {one.pk: one.half for one in facts.classes}
    slots = Counter(bell.half for bell in facts.week.bells for _day in range(facts.week.days))
    for subject in facts.subjects:
        count = _room_for(facts, subject)
        if not count or subject in own:
            continue
        needed: Counter[str] = Counter()
        for one in facts.lessons:
            if one.subject == subject:
                needed[half_of.get(one.classes[0], "") if one.classes else ""] += one.length
        open_halves = slots if needed[""] else {half: slots[half] for half in needed if half}
        held = count * sum(open_halves.values())
        if needed.total() > held or any(needed[half] > count * slots[half] for half in slots):
            yield ScarceRooms(subject, needed.total(), held)


def _room_for(facts: Facts, subject: str) -> int:
    """Return how many classes the special rooms of a subject take at once."""
    return sum(room.classes for room in facts.rooms if subject in room.subjects)


def _own_rooms(facts: Facts, said: Said) -> Made:
    """Yield that a subject is in certain rooms, or that so many classes have it at once."""
    chosen = [one for one in facts.rooms if one.uuid in said.texts("rooms")]
    rooms = tuple(one.name for one in chosen)
    subject, each = str(said.whom), said.number("classes")
    most = sum(max(each, one.classes) for one in chosen) or each
    yield from of_rule("TT-H08", only="max_at_once", weight=said.weight, subject=subject, most=most)
    if rooms:
        yield from of_rule(
            "TT-H08", only="preferred_rooms", weight=said.weight, subject=subject, rooms=rooms
        )


def option_blocks(facts: Facts, book: Book) -> Made:
    """Yield that classes of a block have its lessons at the same times (TT-H09)."""
    for said in book.of("TT-H09", "ALL"):
        rows = []
        for room in _named(facts, said) if said.is_on else ():
            taught = facts.of_class.get(room.pk, {})
            lessons = (one.pk for name in said.texts("subjects") for one in taught.get(name, ()))
            rows.append(tuple(sorted(lessons)))
        for first, other in zip(rows, rows[1:], strict=False):
            apart = tuple(one for one in other if one not in first)
            own = tuple(one for one in first if one not in other)
            if own and apart:
                yield from of_rule(
                    "TT-H09",
                    weight=said.weight,
                    only="same_times",
                    lessons=(*own, *apart),
                    first=len(own),
                )


def combined(facts: Facts, book: Book) -> Made:
    """Yield that combined classes learn a subject together (TT-H10)."""
    for said in book.of("TT-H10", "ALL"):
        names = tuple(one.name for one in _named(facts, said))
        for subject in said.texts("subjects") if said.is_on and len(names) > 1 else ():
            yield from of_rule("TT-H10", weight=said.weight, subject=subject, classes=names)


def _named(facts: Facts, said: Said) -> list[ClassFact]:
    wanted = set(said.texts("classes"))
    return [one for one in facts.classes if one.uuid in wanted]


def once_or_twice(facts: Facts, book: Book) -> Made:
    """Yield how often a class has one subject on a day (TT-H11)."""
    yield from _by_subject(facts, book, "TT-H11", "most")


def spread(facts: Facts, book: Book) -> Made:
    """Yield that a subject of few periods isn't on days that follow on (TT-S03)."""
    yield from _by_subject(facts, book, "TT-S03", "up_to")


def _by_subject(facts: Facts, book: Book, code: str, number: str) -> Made:
    """Yield a rule about all subjects of classes, those apart of which something else is said."""
    own = {str(one.whom): one for one in book.of(code, "SUBJECT") if not one.grade}
    apart = tuple(sorted(set(own) & set(facts.subjects)))
    for said, rooms in book.for_classes(code, facts.classes):
        given: dict[str, Parameter] = {number: said.number(number)}
        if apart:
            given["but"] = apart
        names = (one.name for one in rooms)
        yield from of_rule(code, *names, weight=said.weight, only="", **given)
    for subject in apart:
        said = own[subject]
        if said.is_on:
            given = {number: said.number(number), "subject": subject}
            yield from of_rule(code, weight=said.weight, only="", **given)


def sport(facts: Facts, book: Book) -> Made:
    """Yield how often and when there is physical education (TT-H12)."""
    for said, rooms in book.for_classes("TT-H12", facts.classes):
        hours = _hot_hours(facts, said)
        names = tuple(one.name for one in rooms)
        for subject in said.texts("subjects") or SPORT:
            if subject not in facts.subjects:
                continue
            yield from of_rule(
                "TT-H12",
                *names,
                weight=said.weight,
                only="max_subject_daily",
                subject=subject,
                most=said.number("most"),
            )
            for name in names if hours else ():
                yield from of_rule(
                    "TT-H12",
                    weight=said.weight,
                    only="forbidden_hours",
                    subject=subject,
                    hours=hours,
                    students=name,
                )


def _hot_hours(facts: Facts, said: Said) -> tuple[int, ...]:
    late, early = said.number("not_from"), said.number("not_until")
    return tuple(
        hour
        for hour, bell in enumerate(facts.week.bells)
        if (bell.half == Half.MORNING and 0 < late <= bell.number)
        or (bell.half == Half.AFTERNOON and bell.number <= early)
    )


def no_holes(facts: Facts, book: Book) -> Made:
    """Yield that classes learn without gaps (TT-H17)."""
    for said, rooms in book.for_classes("TT-H17", facts.classes):
        yield from of_rule("TT-H17", *(one.name for one in rooms), weight=said.weight)


def double_periods(facts: Facts, book: Book) -> Made:
    """Yield how many double periods a class has of a subject (TT-S02)."""
    base = book.all("TT-S02")
    for room in facts.classes:
        own = book.for_subjects("TT-S02", room)
        for subject in facts.of_class.get(room.pk, {}):
            said = own.get(subject)
            if said is None:
                enough = facts.periods(room.pk, subject) >= base.number("from")
                said = base if subject in base.texts("subjects") and enough else None
            if said is not None and said.is_on:
                yield from of_rule(
                    "TT-S02",
                    room.name,
                    weight=said.weight,
                    subject=subject,
                    pairs=said.number("pairs"),
                    across_long_break=bool(said.params.get("across_long_break")),
                )


def heavy_subjects(facts: Facts, book: Book) -> Made:
    """Yield that heavy subjects are not always last (TT-S04)."""
    for said, rooms in book.for_classes("TT-S04", facts.classes):
        heavy = tuple(one for one in said.texts("subjects") if one in facts.subjects)
        if heavy:
            names = (one.name for one in rooms)
            yield from of_rule("TT-S04", *names, weight=said.weight, subjects=heavy)
