"""What a file of FET may name: a name that nothing bears is refused where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from khuevan.school.timetable.core.values import Problem
from khuevan.school.timetable.fet.tree import Node

NO_TEACHER = _("there is no teacher “%(name)s”")

NO_STUDENTS = _("there are no students “%(name)s”")
NO_ROOM = _("there is no room “%(name)s”")
NO_DAY = _("there is no day “%(name)s”")
NO_HOUR = _("there is no hour “%(name)s”")


class Names:
    """The names of one problem."""

    def __init__(self, problem: Problem) -> None:
        self.days = {name: at for at, name in enumerate(problem.grid.days)}
        self.hours = {name: at for at, name in enumerate(problem.grid.hours)}
        self._teachers = {one.name: one.name for one in problem.teachers}
        self._students = {name: name for name in problem.sizes}
        self._rooms = {name: name for name in problem.rooms_by_name}
        self.lessons = {lesson.id for lesson in problem.lessons}

    def teacher(self, node: Node, name: str) -> str:
        """Return a teacher's name."""
        return str(_known(self._teachers, node, name, NO_TEACHER))

    def students(self, node: Node, name: str) -> str:
        """Return a student set's name."""
        return str(_known(self._students, node, name, NO_STUDENTS))

    def room(self, node: Node, name: str) -> str:
        """Return a room's name."""
        return str(_known(self._rooms, node, name, NO_ROOM))

    def day(self, node: Node, name: str) -> int:
        """Return which day a name means."""
        return int(_known(self.days, node, name, NO_DAY))

    def hour(self, node: Node, name: str) -> int:
        """Return which hour a name means."""
        return int(_known(self.hours, node, name, NO_HOUR))

    def lesson(self, node: Node) -> int:
        """Return the id of an activity."""
        number = node.as_number()
        if number not in self.lessons:
            raise node.refused(gettext("there is no activity %(id)d") % {"id": number})
        return number


def _known(where: Mapping[str, Any], node: Node, name: str, refusal: Promise) -> Any:
    if name not in where:
        raise node.refused(str(refusal) % {"name": name[:60]})
    return where[name]
