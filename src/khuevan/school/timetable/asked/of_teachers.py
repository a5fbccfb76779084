"""The rules about teachers (TT-H07, H13 to H16, S01, S05 to S09, S11) as constraints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from khuevan.school.timetable.asked.nearest import Book
from khuevan.school.timetable.asked.of_classes import per_session_and_day
from khuevan.school.timetable.asked.values import Facts, slots_of
from khuevan.school.timetable.core.rulebook import of_rule
from khuevan.school.timetable.core.values import Constraint, Parameter

Made = Iterator[Constraint]
AWAY = ("TT-H07", "TT-H15", "TT-H16")


def away(facts: Facts, book: Book) -> Made:
    """Yield when teachers are not there: by their wishes, by meetings of all (TT-H07, 15, 16)."""
    for wish in facts.wishes:
        said = book.all(wish.code)
        slots = slots_of(wish.spots, facts.week)
        if wish.code in AWAY and said.is_on and slots and wish.teacher in facts.teachers:
            yield from of_rule(
                wish.code,
                facts.teachers[wish.teacher],
                weight=said.weight,
                slots=slots,
                reason=wish.reason,
            )
    for said in book.of("TT-H07", "ALL", "DEPARTMENT"):
        slots = said.slots(facts.week)
        names = _members(facts, int(said.whom)) if said.scope == "DEPARTMENT" else ()
        if said.is_on and slots and (names or said.scope == "ALL"):
            names = names or tuple(facts.teachers.values())
            yield from of_rule("TT-H07", *names, weight=said.weight, slots=slots)


def free(facts: Facts, book: Book) -> Made:
    """Yield when teachers would like to be free (TT-S05)."""
    said = book.all("TT-S05")
    for wish in facts.wishes if said.is_on else ():
        if wish.code != "TT-S05" or wish.teacher not in facts.teachers:
            continue
        given: dict[str, Parameter] = {}
        if wish.free_days:
            given["days"] = wish.free_days
        if wish.free_sessions:
            given["sessions"] = wish.free_sessions
        slots = slots_of(wish.spots, facts.week)
        if slots:
            given["slots"] = slots
        if given:
            name = facts.teachers[wish.teacher]
            yield from of_rule("TT-S05", name, weight=said.weight, only="", **given)


def meetings(facts: Facts, book: Book) -> Made:
    """Yield that members of a department are free while it meets (TT-S06)."""
    for said in book.of("TT-S06", "DEPARTMENT"):
        names, slots = _members(facts, int(said.whom)), said.slots(facts.week)
        if said.is_on and names and slots and book.is_on("TT-S06"):
            yield from of_rule("TT-S06", *names, weight=said.weight, slots=slots)


def ways(facts: Facts, book: Book) -> Made:
    """Yield that there is time for the way between campuses (TT-H13)."""
    if not facts.ways:
        return
    for said, names in book.for_teachers("TT-H13", facts):
        far = tuple(way.name for way in facts.ways if way.km >= said.number("km"))
        slow = tuple(f"{way.name}|{way.minutes}" for way in facts.ways if way.minutes)
        least = said.number("least")
        yield from of_rule("TT-H13", *names, weight=said.weight, least=least, far=far, slow=slow)


def full_days(facts: Facts, book: Book) -> Made:
    """Yield how many periods a teacher has in a session and a day (TT-H14)."""
    for said, names in book.for_teachers("TT-H14", facts):
        yield from per_session_and_day("TT-H14", names, said)


def gaps(facts: Facts, book: Book) -> Made:
    """Yield that teachers have few gaps (TT-S01)."""
    for said, names in book.for_teachers("TT-S01", facts):
        yield from of_rule("TT-S01", *names, weight=said.weight)


def even_days(facts: Facts, book: Book) -> Made:
    """Yield that a teacher's days are alike (TT-S07)."""
    for said, names in book.for_teachers("TT-S07", facts):
        least, most = said.number("least"), said.number("most")
        yield from of_rule("TT-S07", *names, weight=said.weight, least=least, most=most)


def in_a_row(facts: Facts, book: Book) -> Made:
    """Yield how many periods in a row a teacher has (TT-S11)."""
    for said, names in book.for_teachers("TT-S11", facts):
        yield from of_rule("TT-S11", *names, weight=said.weight, most=said.number("most"))


def sees_class(facts: Facts, book: Book) -> Made:
    """Yield that homeroom teachers see their class on Monday and at the week's end (TT-S08)."""
    days = tuple(sorted({0, facts.week.days - 1}))
    for said, rooms in book.for_classes("TT-S08", facts.classes):
        for room in rooms:
            if room.in_charge:
                yield from of_rule(
                    "TT-S08", room.in_charge, weight=said.weight, students=room.name, days=days
                )


def in_step(facts: Facts, book: Book) -> Made:
    """Yield that parallel classes of a teacher go through a subject in step (TT-S09)."""
    grades = {one.pk: one for one in facts.classes}
    found: defaultdict[tuple[int, str, int], dict[str, int]] = defaultdict(dict)
    for lesson in facts.lessons:
        for teacher in lesson.teachers if len(lesson.classes) == 1 else ():
            room = grades[lesson.classes[0]]
            rows = found[teacher, lesson.subject, room.grade]
            rows[room.name] = rows.get(room.name, 0) + lesson.length
    said_of = {name: said for said, names in book.for_teachers("TT-S09", facts) for name in names}
    for (teacher, subject, _grade), rooms in found.items():
        said = said_of.get(facts.teachers.get(teacher, ""))
        if said is not None and len(rooms) > 1 and min(rooms.values()) > 1:
            yield from of_rule(
                "TT-S09",
                facts.teachers[teacher],
                weight=said.weight,
                subject=subject,
                classes=tuple(sorted(rooms)),
            )


def _members(facts: Facts, department: int) -> tuple[str, ...]:
    members = facts.departments.get(department, ())
    return tuple(facts.teachers[pk] for pk in members if pk in facts.teachers)
