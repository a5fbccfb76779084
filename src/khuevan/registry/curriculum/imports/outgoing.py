"""A school's lessons as the rows of the lists in which they come in, one's own and vnEdu's."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.vietnamese import match_key
from khuevan.platform.sheets.api import SheetToWrite, matches_of
from khuevan.registry.curriculum.giving_rules import Told, told_as
from khuevan.registry.curriculum.imports.cells import ClassPeriods, write_classes
from khuevan.registry.curriculum.imports.layouts import CODE
from khuevan.registry.curriculum.imports.names import CLASS, SUBJECT
from khuevan.registry.curriculum.imports.plan import first_day
from khuevan.registry.curriculum.imports.standing import Standing, standing_at
from khuevan.registry.schools.api import HomeroomClass, academic_year_on
from khuevan.registry.staff.api import StaffMember, subjects_of

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Given:
    """A lesson as it goes out."""

    member: StaffMember
    subject: str
    room: HomeroomClass
    told: Told
    now: int
    answers: bool
    """Whether this one of several was named to answer for the marks."""

    @property
    def of_now(self) -> int | None:
        """Return the periods of the term it is."""
        return self.told.terms[self.now] if self.told.terms else self.told.weekly


def flat_rows(actor: Actor, unit_id: int, on: date) -> Iterator[Row]:
    """Yield a row for each lesson of a school in the year of a day, by teacher."""
    for number, one in enumerate(_lessons(actor, unit_id, on), start=1):
        first, second = one.told.terms or ("", "")
        yield {
            "ordinal": str(number),
            "teacher_code": one.member.moet_code or "",
            "teacher": one.member.person.full_name,
            "subject": one.subject,
            "classes": one.room.name,
            "periods": "" if one.told.weekly is None else str(one.told.weekly),
            "first_term": str(first),
            "second_term": str(second),
            "answers": "x" if one.answers else "",
        }


def vnedu_rows(actor: Actor, unit_id: int, on: date) -> Iterator[Row]:
    """Yield a row for each teacher and subject, with the classes and their periods of the term."""
    found: defaultdict[tuple[int, str], list[Given]] = defaultdict(list)
    for one in _lessons(actor, unit_id, on):
        if one.of_now != 0:  # nothing of it in this term
            found[one.member.pk, one.subject].append(one)
    members = {lessons[0].member.pk: lessons[0].member for lessons in found.values()}
    named = Counter(match_key(one.person.full_name) for one in members.values())
    for lessons in found.values():
        member = lessons[0].member
        name = member.person.full_name
        if named[match_key(name)] > 1 and member.moet_code:
            name = f"{name} ({member.moet_code})"
        yield {
            "teacher": name,
            "subject": lessons[0].subject,
            "classes": write_classes(ClassPeriods(one.room.name, one.of_now) for one in lessons),
        }


def vnedu_lists(actor: Actor, unit_id: int, on: date) -> Sequence[SheetToWrite]:
    """Return the code lists beside: names here and in vnEdu, where a list said what they are."""
    lessons = list(_lessons(actor, unit_id, on))
    matched = matches_of(unit_id, CODE)
    subjects = _others(matched.get(SUBJECT, {}))
    rooms = _others(matched.get(CLASS, {}))
    taught = dict.fromkeys(one.subject for one in lessons)
    classes = sorted({one.room.pk: one.room for one in lessons}.values(), key=_place)
    return [
        SheetToWrite(
            "MONVNEDU", ["MonTKB", "MonVNEDU"], [[one, subjects.get(one, one)] for one in taught]
        ),
        SheetToWrite(
            "LOPVNEDU",
            ["LopVNEDU", "LopTKB"],
            [[rooms.get(one.name, one.name), one.name] for one in classes],
        ),
    ]


def _others(matched: Mapping[str, str]) -> dict[str, str]:
    """Return by what else each thing is called in the lists of the school."""
    return {meaning: word for word, meaning in matched.items()}


def _lessons(actor: Actor, unit_id: int, on: date) -> Iterator[Given]:
    year = academic_year_on(on)
    if year is None:
        return
    standing = standing_at(actor, unit_id, year, first_day(year, on))
    order = {name: place for place, name in enumerate(subjects_of())}
    rooms = {pk: place for place, pk in enumerate(standing.rooms)}
    members = {pk: place for place, pk in enumerate(standing.members)}
    found = [
        (members[member], order.get(subject, len(order)), subject, rooms[room_id], room_id, member)
        for (room_id, subject), held in standing.given.items()
        for member in held
        if member in members
    ]
    for *_order, subject, _room, room_id, member in sorted(found):
        yield _given(standing, room_id, subject, member)


def _given(standing: Standing, room_id: int, subject: str, member: int) -> Given:
    weeks = standing.given[room_id, subject][member]
    now = standing.now(room_id)
    told = told_as(weeks, standing.terms(room_id), now) if weeks else Told()
    answers = standing.answers.get((room_id, subject)) == member
    return Given(standing.members[member], subject, standing.rooms[room_id], told, now, answers)


def _place(room: HomeroomClass) -> tuple[str, int]:
    return room.sort_key, room.pk
