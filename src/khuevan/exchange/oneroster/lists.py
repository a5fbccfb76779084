"""From a package to lists of our own: staff, classes and pupils of each school, in this order.

Staff come before classes, whose homeroom teachers they are; pupils come last, into the classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khuevan.exchange.oneroster.enrollments import Enrolled, enrolled_in
from khuevan.exchange.oneroster.errors import NothingInside
from khuevan.exchange.oneroster.posts import Posts
from khuevan.exchange.oneroster.reading import read_files
from khuevan.exchange.oneroster.rooms import Room, rooms_of
from khuevan.exchange.oneroster.rows import Told
from khuevan.exchange.oneroster.schools import Orgs, orgs_of
from khuevan.exchange.oneroster.users import (
    POSITIONS,
    STUDENT,
    WITHOUT_POST,
    Role,
    User,
    families_of,
    school_of,
    users_of,
)
from khuevan.kernel.actor import Actor
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.sheets.api import Made, Package, PackageList, Place, importers
from khuevan.registry.schools.api import academic_year_on

KINDS = {"staff": "staff.ministry_list", "classes": "schools.classes", "students": "students.list"}
RELATIONS = {"male": "father", "female": "mother"}
PARENT = "parent"


@dataclass(slots=True)
class Making:
    """One package on its way into lists."""

    orgs: Orgs
    rooms: dict[str, Room]
    users: dict[str, User]
    families: dict[str, list[User]]
    enrolled: Enrolled
    told: Told
    year: str
    posts: Posts

    def staff(self) -> Iterator[tuple[OrgUnit, Made]]:
        """Yield who works at a school, each at the first one they are named for."""
        for user in self.users.values():
            posts = [one for one in user.roles if one.word in (*POSITIONS, *WITHOUT_POST)]
            if not posts or STUDENT in user.words:
                continue
            first = next((one for one in posts if one.word in POSITIONS), None)
            if first is None:
                self.told.leave_out(posts[0].line, posts[0].column, "oneroster.role_without_post")
                continue
            unit = school_of(user, first, self.orgs, self.told)
            if unit is None:
                continue
            for other in posts:
                if other.org != first.org and other.org in self.orgs.by_id:
                    self.told.warn(other.line, other.org_column, "oneroster.other_school")
            texts, places = user.facts()
            texts["position"] = self._position(unit, texts, first)
            places["position"] = first.line.at(first.column)
            texts["phone"], places["phone"] = user.phone()
            yield unit, Made(texts, user.line.at("sourcedId"), places)

    def _position(self, unit: OrgUnit, texts: dict[str, str], role: Role) -> str:
        """Return the position a role means; who works there already keeps theirs."""
        meant, held = POSITIONS[role.word], self.posts.held(unit, texts)
        if held and held != meant:
            self.told.warn(role.line, role.column, "oneroster.position_stays", position=held)
        return held or meant

    def classes(self) -> Iterator[tuple[OrgUnit, Made]]:
        """Yield the homeroom classes of the year, with their homeroom teachers."""
        for key, room in self.rooms.items():
            line = room.line
            grades = room.grades
            texts = {
                "name": room.name,
                "grade": grades[0] if grades else "",
                "further_grades": "; ".join(grades[1:]),
            }
            places = {
                "name": line.at("title"),
                "grade": line.at("grades"),
                "further_grades": line.at("grades"),
            }
            if key in self.enrolled.teachers:
                enrollment, teacher = self.enrolled.teachers[key]
                facts, _places = teacher.facts()
                texts["teacher"] = teacher.full_name
                texts["teacher_code"] = facts.get("moet_code", "")
                place = enrollment.at("userSourcedId")
                places |= {"teacher": place, "teacher_code": place}
            yield room.unit, Made(texts, line.at("sourcedId"), places)

    def students(self) -> Iterator[tuple[OrgUnit, Made]]:
        """Yield the pupils, with their class and who answers for them."""
        for user in self.users.values():
            role = next((one for one in user.roles if one.word == STUDENT), None)
            if role is None:
                continue
            seat = self.enrolled.seats.get(user.key)
            unit = seat.room.unit if seat else school_of(user, role, self.orgs, self.told)
            if unit is None:
                continue
            if seat is None:
                self.told.refuse(user.line, "sourcedId", "oneroster.no_homeroom")
                continue
            texts, places = user.facts()
            texts["class_name"] = seat.room.name
            places["class_name"] = seat.line.at("classSourcedId")
            grades = user.line.many("grades")
            if grades and seat.room.grades[1:]:
                texts["grade_level"] = grades[0].lstrip("0")
                places["grade_level"] = user.line.at("grades")
            texts["pupil_phone"], places["pupil_phone"] = user.phone()
            self._add_family(user, texts, places)
            yield unit, Made(texts, user.line.at("sourcedId"), places)

    def _add_family(self, user: User, texts: dict[str, str], places: dict[str, Place]) -> None:
        for one in self.families.get(user.key, ()):
            is_parent = PARENT in one.words
            prefix = RELATIONS.get(one.sex.lower(), "guardian") if is_parent else "guardian"
            if f"{prefix}_name" in texts:
                name = one.full_name
                self.told.warn(user.line, "agentSourcedIds", "oneroster.guardian_left", who=name)
                continue
            texts[f"{prefix}_name"] = one.full_name
            places[f"{prefix}_name"] = one.line.at("familyName")
            texts[f"{prefix}_phone"], places[f"{prefix}_phone"] = one.phone()


def open_package(actor: Actor, path: Path, unit_id: int | None, on: date | None) -> Package:
    """Read a package and make lists of it; nothing is written.

    :raises DomainError: where the package is refused as a whole
    """
    files, told, day = read_files(path), Told(), on or actor.today
    if not files.of("classes") and not files.of("users"):
        raise NothingInside
    kinds = [importers.get(code) for code in KINDS.values()]
    year = academic_year_on(day)
    orgs = orgs_of(files, actor, kinds, unit_id, told)
    rooms = rooms_of(files, orgs, year, told)
    users = users_of(files, orgs, day, told)
    making = Making(
        orgs=orgs,
        rooms=rooms,
        users=users,
        families=families_of(users, told),
        enrolled=enrolled_in(files, rooms, users, day, told),
        told=told,
        year=year.code if year else "",
        posts=Posts(actor, importers.get(KINDS["staff"]), actor.today),
    )
    lists = list(_lists(making))
    remarks = [*files.remarks, *told.remarks]
    order = {name: place for place, name in enumerate(dict.fromkeys(r.place.file for r in remarks))}
    remarks.sort(key=lambda one: (order[one.place.file], one.place.row or 0))
    return Package(lists, remarks, told.refused)


def _lists(making: Making) -> Iterator[PackageList]:
    """Yield the lists, school by school."""
    found: dict[tuple[str, int], PackageList] = {}
    made = {"staff": making.staff(), "classes": making.classes(), "students": making.students()}
    for place, word in enumerate(KINDS):
        importer = importers.get(KINDS[word])
        for unit, row in made[word]:
            key = (unit.code, place)
            listed = found.setdefault(key, PackageList(importer, unit.pk, unit.code))
            listed.rows.append(row)
    for key in sorted(found):
        yield found[key]
