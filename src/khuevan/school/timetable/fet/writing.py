"""Writes a problem as a .fet file, so that FET itself can look for a timetable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from khuevan.school.timetable.core.values import Constraint, Lesson, StudentSet
from khuevan.school.timetable.fet.constraints import SECTION
from khuevan.school.timetable.fet.document import VERSION, Document, Key, Raw
from khuevan.school.timetable.fet.reading import SPACE_LIST, TIME_LIST, USUAL
from khuevan.school.timetable.fet.tags import TAGS, Field, Form, Tag, must_be_hard

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n\n'
MINIMUM = ("lessons_in_time", "lessons_in_rooms")
"""What FET takes no problem without."""


@dataclass(frozen=True, slots=True)
class Written:
    """A problem as text, and the wishes that FET has no words for."""

    text: str
    left_out: tuple[Constraint, ...]


def write_problem(document: Document) -> Written:
    """Return a problem as FET reads it; wishes it has no words for are named, not written.

    A soft wish of a kind that FET takes as hard alone is named too: with it FET would not begin.
    """
    writer = _Writer(document)
    root = Raw("fet", "", tuple(writer.parts()))
    return Written(HEAD + "".join(_lines(root, 0, document.version)), tuple(writer.left_out))


class _Writer:
    """Makes the elements of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problem = document.problem
        self.left_out: list[Constraint] = []

    def parts(self) -> Iterator[Raw]:
        """Yield the lists of a file in FET's order."""
        yield Raw("Institution_Name", self.document.name)
        yield Raw("Comments", self.document.comments)
        if self.problem.mode:
            yield Raw("Mode", self.problem.mode)
        yield self.names("Days_List", "Number_of_Days", "Day", self.problem.grid.days)
        yield self.names("Hours_List", "Number_of_Hours", "Hour", self.problem.grid.hours)
        yield self.kept("Subjects_List", self.subjects)
        yield self.kept("Activity_Tags_List", self.tags)
        yield Raw("Teachers_List", "", tuple(self.teachers()))
        yield Raw("Students_List", "", tuple(self.students(self.problem.students, ())))
        yield Raw("Activities_List", "", tuple(map(self.lesson, self.problem.lessons)))
        yield self.kept("Buildings_List", self.buildings)
        yield Raw("Rooms_List", "", tuple(self.rooms()))
        time, space = self.constraints()
        yield Raw(TIME_LIST, "", time)
        yield Raw(SPACE_LIST, "", space)
        yield from (one for one in self.document.sections if one.tag not in USUAL)

    def rest(self, *key: str) -> tuple[Raw, ...]:
        """Return what was kept of something."""
        return self.document.rest.get(key, ())

    def kept(self, tag: str, make: Callable[[], Iterator[Raw]]) -> Raw:
        """Return a list as it stood, or made anew where the problem came from no file."""
        return self.document.section(tag) or Raw(tag, "", tuple(make()))

    def names(self, section: str, count: str, tag: str, names: tuple[str, ...]) -> Raw:
        """Return the days or hours."""
        items = (Raw(tag, "", (Raw("Name", one), *self.rest(tag, one))) for one in names)
        return Raw(section, "", (Raw(count, str(len(names))), *items))

    def subjects(self) -> Iterator[Raw]:
        """Yield the subjects of the lessons."""
        names = dict.fromkeys(one.subject for one in self.problem.lessons)
        return (Raw("Subject", "", (Raw("Name", name),)) for name in names)

    def tags(self) -> Iterator[Raw]:
        """Yield the tags of the lessons."""
        names = dict.fromkeys(tag for one in self.problem.lessons for tag in one.tags)
        return (Raw("Activity_Tag", "", (Raw("Name", name),)) for name in names)

    def buildings(self) -> Iterator[Raw]:
        """Yield the buildings of the rooms."""
        names = dict.fromkeys(one.building for one in self.problem.rooms if one.building)
        return (Raw("Building", "", (Raw("Name", name),)) for name in names)

    def teachers(self) -> Iterator[Raw]:
        """Yield the teachers."""
        for one in self.problem.teachers:
            yield Raw("Teacher", "", (Raw("Name", one.name), *self.rest("Teacher", one.name)))

    def students(self, sets: Iterable[StudentSet], above: Key) -> Iterator[Raw]:
        """Yield years, in them their groups, in them their subgroups."""
        tag = ("Year", "Group", "Subgroup")[min(len(above), 2)]
        for one in sets:
            path = (*above, one.name)
            facts = (Raw("Name", one.name), Raw("Number_of_Students", str(one.size)))
            yield Raw(
                tag,
                "",
                (*facts, *self.rest("Students", *path), *self.students(one.parts, path)),
            )

    def lesson(self, one: Lesson) -> Raw:
        """Return an activity."""
        sizes = [] if one.size is None else [Raw("Number_Of_Students", str(one.size))]
        parts = [
            *(Raw("Teacher", name) for name in one.teachers),
            Raw("Subject", one.subject),
            *(Raw("Activity_Tag", name) for name in one.tags),
            *(Raw("Students", name) for name in one.students),
            Raw("Duration", str(one.duration)),
            Raw("Total_Duration", str(one.total_duration or one.duration)),
            Raw("Id", str(one.id)),
            Raw("Activity_Group_Id", str(one.split_of)),
            *sizes,
            Raw("Active", _flag(one.is_active)),
            *self.rest("Activity", str(one.id)),
        ]
        return Raw("Activity", "", tuple(parts))

    def rooms(self) -> Iterator[Raw]:
        """Yield the rooms."""
        for one in self.problem.rooms:
            facts = (
                Raw("Name", one.name),
                Raw("Building", one.building),
                Raw("Capacity", str(one.capacity)),
                Raw("Virtual", _flag(one.is_virtual)),
            )
            yield Raw("Room", "", (*facts, *self.rest("Room", one.name)))

    def constraints(self) -> tuple[tuple[Raw, ...], tuple[Raw, ...]]:
        """Return the constraints of time and those of space; leave out what FET lacks."""
        lists: dict[str, list[Raw]] = {TIME_LIST: [], SPACE_LIST: []}
        given = {one.kind for one in self.problem.constraints}
        missing = tuple(Constraint(kind) for kind in MINIMUM if kind not in given)
        for at, one in enumerate((*self.problem.constraints, *missing)):
            found = self.constraint(one, str(at))
            if found is None:
                self.left_out.append(one)
            else:
                lists[found[0]].append(found[1])
        return tuple(lists[TIME_LIST]), tuple(lists[SPACE_LIST])

    def constraint(self, one: Constraint, key: str) -> tuple[str, Raw] | None:
        """Return a constraint with the list it belongs to, None where FET has no such kind."""
        rest = self.rest("Constraint", key)
        section = one.text(SECTION)
        if section:
            return section, Raw(one.kind, "", (_weight(one), *rest, _active(one)))
        tag = _tag(one)
        if tag is None:
            return None
        parts = (_weight(one), *_whom(one, tag), *self.parameters(one, tag), _active(one), *rest)
        return (SPACE_LIST if tag.is_space else TIME_LIST), Raw(tag.tag, "", parts)

    def parameters(self, one: Constraint, tag: Tag) -> Iterator[Raw]:
        """Yield a constraint's parameters."""
        for field in tag.fields:
            yield from self.parameter(one, field)

    def parameter(self, one: Constraint, field: Field) -> Iterator[Raw]:
        """Yield the elements of one parameter, in the form FET gives it."""
        grid, tag = self.problem.grid, field.tags[0]
        match field.form:
            case Form.NUMBER:
                yield Raw(tag, str(one.parameters.get(field.name, "")))
            case Form.TEXT:
                yield Raw(tag, one.text(field.name))
            case Form.FLAG:
                yield Raw(tag, _flag(one.flag(field.name)))
            case Form.HOUR:
                hour = one.number(field.name, len(grid.hours))
                yield Raw(tag, grid.hours[hour] if hour < len(grid.hours) else "")
            case Form.SLOT:
                day, hour = one.slots(field.name)[0]
                yield Raw(field.tags[0], grid.days[day])
                yield Raw(field.tags[1], grid.hours[hour])
            case Form.SLOTS:
                yield from self.slots(one, field)
            case _:
                yield from _row(one, field)

    def slots(self, one: Constraint, field: Field) -> Iterator[Raw]:
        """Yield a counted row of slots."""
        grid, slots = self.problem.grid, one.slots(field.name)
        yield Raw(field.counted_by, str(len(slots)))
        for day, hour in slots:
            parts = (Raw(field.inner[0], grid.days[day]), Raw(field.inner[1], grid.hours[hour]))
            yield Raw(field.tags[0], "", parts)


def _tag(one: Constraint) -> Tag | None:
    """Return what a constraint is called at FET: as it came, or the first that can say it."""
    if one.source in TAGS:
        return TAGS[one.source]
    if not one.is_hard and must_be_hard(one.kind, one.on):
        return None
    return next((tag for tag in TAGS.values() if _can_say(tag, one)), None)


def _can_say(tag: Tag, one: Constraint) -> bool:
    """Tell whether a kind of FET says all of a constraint that came from no file of FET's."""
    if tag.kind != one.kind or tag.on is not one.on or len(one.names) != bool(tag.who):
        return False
    said = {*(field.name for field in tag.fields), *(name for name, _ in tag.fixed)}
    return set(one.parameters) <= said and all(_fits(one, field) for field in tag.fields)


def _fits(one: Constraint, field: Field) -> bool:
    """Tell whether a parameter has as many values as its place in a file has room for."""
    match field.form:
        case Form.LESSON:
            return len(one.numbers(field.name)) == len(field.tags)
        case Form.SLOT:
            return len(one.slots(field.name)) == 1
        case Form.ROOM:
            return len(one.texts(field.name)) == 1
        case Form.LESSONS:
            return bool(one.numbers(field.name))
        case _:
            return not field.is_needed or field.name in one.parameters


def _whom(one: Constraint, tag: Tag) -> Iterator[Raw]:
    return (Raw(tag.who[0], name) for name in one.names) if tag.who else iter(())


def _row(one: Constraint, field: Field) -> Iterator[Raw]:
    values: list[str] = [*one.texts(field.name), *map(str, one.numbers(field.name))]
    if field.counted_by:
        yield Raw(field.counted_by, str(len(values)))
        yield from (Raw(field.tags[0], value) for value in values)
    else:
        yield from (Raw(tag, value) for tag, value in zip(field.tags, values, strict=False))


def _weight(one: Constraint) -> Raw:
    return Raw("Weight_Percentage", f"{one.weight:.12g}")


def _active(one: Constraint) -> Raw:
    return Raw("Active", _flag(one.is_active))


def _flag(value: bool) -> str:  # noqa: FBT001
    return "true" if value else "false"


def _lines(one: Raw, depth: int, version: str = "") -> Iterator[str]:
    """Yield an element as lines, indented as FET does."""
    tabs = "\t" * max(0, depth - 1)
    opening = f'{one.tag} version="{escape(version or VERSION)}"' if depth == 0 else one.tag
    if one.children:
        yield f"{tabs}<{opening}>\n"
        for child in one.children:
            yield from _lines(child, depth + 1)
        yield f"{tabs}</{one.tag}>\n"
    else:
        yield f"{tabs}<{opening}>{escape(one.text)}</{one.tag}>\n"
