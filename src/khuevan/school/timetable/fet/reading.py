"""Reads a FET problem, of FET 5 and 6; what makes no sense is refused with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from khuevan.school.timetable.core.values import (
    MANY,
    Constraint,
    Grid,
    Lesson,
    Problem,
    Room,
    StudentSet,
    Teacher,
)
from khuevan.school.timetable.fet.constraints import read_constraints
from khuevan.school.timetable.fet.document import Document, Key, Raw, raw
from khuevan.school.timetable.fet.names import Names
from khuevan.school.timetable.fet.tree import Node, parse, read_tree

TIME_LIST, SPACE_LIST = "Time_Constraints_List", "Space_Constraints_List"
KNOWN = {
    "Institution_Name",
    "Comments",
    "Mode",
    "Days_List",
    "Hours_List",
    "Teachers_List",
    "Students_List",
    "Activities_List",
    "Rooms_List",
    TIME_LIST,
    SPACE_LIST,
}
USUAL = ("Subjects_List", "Activity_Tags_List", "Buildings_List")
MOST_SLOTS = 60
"""Days of a week and hours of a day: FET itself takes no more."""

T = TypeVar("T")
Rest = dict[Key, tuple[Raw, ...]]


def read_problem(path: Path) -> Document:
    """Read a .fet file.

    :raises UnreadableFile: when it is not there or too big
    :raises FileRefused: with the line, when it is no problem of FET's or contradicts itself
    """
    return Reader(read_tree(path)).document()


def problem_in(content: bytes, file: str) -> Document:
    """Read the bytes of a .fet file.

    :raises UnreadableFile: when it is an archive, or nothing
    :raises FileRefused: with the line, when it is no problem of FET's or contradicts itself
    """
    return Reader(parse(content, file)).document()


class Reader:
    """Reads one tree; what it does not know it keeps."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.rest: Rest = {}
        if root.tag != "fet":
            raise root.refused(_("this is no file of FET"))

    def document(self) -> Document:
        """Return everything that stands in the file."""
        problem = self.problem()
        return Document(
            problem,
            self.root.attributes.get("version", ""),
            self.root.value("Institution_Name"),
            self.root.value("Comments"),
            tuple(sorted(self.sections(), key=_place)),
            self.rest,
        )

    def sections(self) -> Iterator[Raw]:
        """Yield the lists that mean nothing here; an empty one is as good as none."""
        for node in self.root.children:
            if node.tag not in KNOWN and (node.children or node.text):
                yield raw(node)

    def problem(self) -> Problem:
        """Return the problem, its constraints last, as they name all the rest."""
        bare = Problem(
            Grid(self.names("Days_List", "Day"), self.names("Hours_List", "Hour")),
            self.unique("Teacher", self.teacher, "Teachers_List"),
            tuple(self.students(node, ()) for node in self.items("Students_List", "Year")),
            self.unique("Room", self.room, "Rooms_List"),
            mode=self.mode,
        )
        with_lessons = replace(bare, lessons=self.lessons(Names(bare)))
        return replace(with_lessons, constraints=tuple(self.constraints(Names(with_lessons))))

    @property
    def mode(self) -> str:
        """The kind of week; files before the choice are of the official one."""
        return self.root.value("Mode", default="Official")

    def items(self, section: str, tag: str) -> Iterator[Node]:
        """Yield the elements of a list, none where there is no list."""
        found = self.root.first(section)
        return found.all(tag) if found else iter(())

    def names(self, section: str, tag: str) -> tuple[str, ...]:
        """Return the names of days or hours; old files write them without a frame."""
        found = self.root.first(section)
        if found is None:
            raise self.root.refused(_("%(tag)s is missing") % {"tag": section})
        nodes = [
            (child.first("Name") or child) if child.tag == tag else child
            for child in found.all(tag, "Name")
        ]
        names = tuple(node.text for node in nodes)
        if not 0 < len(names) <= MOST_SLOTS:
            said = _("between 1 and %(most)d are needed, here are %(found)d")
            raise found.refused(said % {"most": MOST_SLOTS, "found": len(names)})
        for at, node in enumerate(nodes):
            if node.text in names[:at]:
                raise node.refused(_("“%(name)s” stands twice") % {"name": node.text})
        for node in found.all(tag):
            self.keep(node, (tag, node.value("Name")), "Name")
        return names

    def unique(self, tag: str, read: Callable[[Node], T], section: str) -> tuple[T, ...]:
        """Return the things of a list; one that stands there twice is one, if it is the same."""
        found: dict[str, T] = {}
        for node in self.items(section, tag):
            name, thing = node.value("Name"), read(node)
            if found.setdefault(name, thing) != thing:
                raise node.refused(_("“%(name)s” stands twice, and differently") % {"name": name})
        return tuple(found.values())

    def teacher(self, node: Node) -> Teacher:
        """Return a teacher."""
        self.keep(node, ("Teacher", node.value("Name")), "Name")
        return Teacher(node.value("Name"))

    def students(self, node: Node, above: Key) -> StudentSet:
        """Return a year, group or subgroup with its parts."""
        name = node.value("Name")
        path = (*above, name)
        self.keep(node, ("Students", *path), "Name", "Number_of_Students", "Group", "Subgroup")
        parts = tuple(self.students(part, path) for part in node.all("Group", "Subgroup"))
        return StudentSet(name, node.number("Number_of_Students", default=0), parts)

    def room(self, node: Node) -> Room:
        """Return a room."""
        self.keep(node, ("Room", node.value("Name")), "Name", "Capacity", "Building", "Virtual")
        return Room(
            node.value("Name"),
            node.number("Capacity", default=MANY),
            node.value("Building"),
            is_virtual=node.value("Virtual") == "true",
        )

    def lessons(self, names: Names) -> tuple[Lesson, ...]:
        """Return the activities, each of another id."""
        found: dict[int, Lesson] = {}
        for node in self.items("Activities_List", "Activity"):
            lesson = self.lesson(node, names)
            if lesson.id in found:
                raise node.refused(_("activity %(id)d stands twice") % {"id": lesson.id})
            found[lesson.id] = lesson
        return tuple(found.values())

    def lesson(self, node: Node, names: Names) -> Lesson:
        """Return an activity."""
        number, duration = node.number("Id"), node.number("Duration", default=1)
        if duration < 1:
            raise node.refused(_("activity %(id)d lasts no hour") % {"id": number})
        size = node.number("Number_Of_Students", "Number_of_Students", default=-1)
        self.keep(node, ("Activity", str(number)), *OF_LESSON)
        return Lesson(
            number,
            tuple(names.teacher(child, child.text) for child in node.all("Teacher")),
            node.value("Subject"),
            tuple(names.students(child, child.text) for child in node.all("Students")),
            duration,
            tuple(child.text for child in node.all("Activity_Tag") if child.text),
            node.number("Activity_Group_Id", default=0),
            node.number("Total_Duration", default=0),
            size if size >= 0 else None,
            node.value("Active", default="true") == "true",
        )

    def constraints(self, names: Names) -> Iterator[Constraint]:
        """Yield the constraints, those of time first."""
        at = 0
        for section in (TIME_LIST, SPACE_LIST):
            found = self.root.first(section)
            for constraint, left in read_constraints(found, names) if found else ():
                if left:
                    self.rest["Constraint", str(at)] = left
                at += 1
                yield constraint

    def keep(self, node: Node, key: Key, *known: str) -> None:
        """Keep what else is said of something."""
        left = tuple(raw(child) for child in node.children if child.tag not in known)
        if left:
            self.rest[key] = left


def _place(section: Raw) -> int:
    """Return where a list is written: those of FET first, then others as they came."""
    return USUAL.index(section.tag) if section.tag in USUAL else len(USUAL)


OF_LESSON = (
    "Teacher",
    "Subject",
    "Students",
    "Activity_Tag",
    "Duration",
    "Total_Duration",
    "Id",
    "Activity_Group_Id",
    "Number_Of_Students",
    "Number_of_Students",
    "Active",
)
