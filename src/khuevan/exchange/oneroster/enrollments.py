"""enrollments.csv: which pupil is in which homeroom class, and who is its homeroom teacher."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from khuevan.exchange.oneroster.reading import Files, Line
from khuevan.exchange.oneroster.rooms import Room
from khuevan.exchange.oneroster.rows import Told, holds_on, known_rows
from khuevan.exchange.oneroster.users import ROLES, STUDENT, User

TEACHER = "teacher"


@dataclass(frozen=True, slots=True)
class Seat:
    """A row that puts somebody into a class."""

    line: Line
    room: Room


@dataclass(slots=True)
class Enrolled:
    """Who is in which class."""

    seats: dict[str, Seat] = field(default_factory=dict)
    """By the id of the pupil."""
    teachers: dict[str, tuple[Line, User]] = field(default_factory=dict)
    """By the id of the class."""


def enrolled_in(
    files: Files, rooms: dict[str, Room], users: dict[str, User], on: date, told: Told
) -> Enrolled:
    """Return who is in which class on a day; what leads nowhere is told."""
    found = Enrolled()
    for line in known_rows(files.of("enrollments"), told):
        room = rooms.get(line["classSourcedId"])
        user = users.get(line["userSourcedId"])
        if room is None and told.is_left("classes.csv", line["classSourcedId"]):
            continue  # told at the class
        if room is None:
            told.dangling(line, "classSourcedId", "classes.csv", line["classSourcedId"])
        elif user is None:
            if not told.is_left("users.csv", line["userSourcedId"]):
                told.dangling(line, "userSourcedId", "users.csv", line["userSourcedId"])
        elif line["schoolSourcedId"] not in {"", room.line["schoolSourcedId"]}:
            told.refuse(line, "schoolSourcedId", "oneroster.class_elsewhere")
        elif holds_on(line, "beginDate", "endDate", on, told):
            _seat(found, line, room, user, told)
    return found


def _seat(found: Enrolled, line: Line, room: Room, user: User, told: Told) -> None:
    role = line["role"].lower()
    if role not in ROLES:
        told.refuse(line, "role", "oneroster.role_unknown")
    elif (role == STUDENT) != (STUDENT in user.words):
        role_word = ", ".join(sorted(user.words))
        told.refuse(line, "role", "oneroster.role_of_another", role=role_word)
    elif role == STUDENT:
        held = found.seats.setdefault(user.key, Seat(line, room))
        if held.room.line["sourcedId"] != room.line["sourcedId"]:
            told.refuse(line, "classSourcedId", "oneroster.second_homeroom", row=held.line.number)
    elif role == TEACHER:
        _teach(found, line, room, user, told)


def _teach(found: Enrolled, line: Line, room: Room, user: User, told: Told) -> None:
    """Take the primary teacher of a class, else the first."""
    key = room.line["sourcedId"]
    held = found.teachers.get(key)
    is_primary = line["primary"].lower() == "true"
    if held is None or is_primary and held[0]["primary"].lower() != "true":
        found.teachers[key] = line, user
    elif is_primary:
        told.warn(line, "primary", "oneroster.two_teachers", row=held[0].number)
