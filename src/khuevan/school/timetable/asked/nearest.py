"""Which of a school's words on a rule counts for whom: the nearest one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from khuevan.school.timetable.asked.terms import TERMS, usual_params
from khuevan.school.timetable.asked.values import ClassFact, Facts, Said
from khuevan.school.timetable.core.rulebook import RULES

NEARNESS = {"ALL": 0, "DEPARTMENT": 1, "GRADE": 1, "SUBJECT": 2, "TEACHER": 3, "CLASS": 3}


class Book:
    """What a school says of the rules, with the usual where it says nothing."""

    def __init__(self, said: Iterable[Said] = ()) -> None:
        self.said: dict[str, list[Said]] = {}
        for one in said:
            self.said.setdefault(one.code, []).append(one)

    def all(self, code: str) -> Said:
        """Return what holds for everybody."""
        found = [one for one in self.said.get(code, ()) if one.scope == "ALL"]
        return max(found, key=_nearness) if found else usual(code)

    def of(self, code: str, *scopes: str) -> list[Said]:
        """Return what is said for some of one kind, nearest last."""
        found = [one for one in self.said.get(code, ()) if one.scope in scopes]
        return sorted(found, key=_nearness)

    def is_on(self, code: str) -> bool:
        """Tell whether a rule holds for everybody."""
        return self.all(code).is_on

    def for_classes(
        self, code: str, classes: Sequence[ClassFact]
    ) -> Iterator[tuple[Said, tuple[ClassFact, ...]]]:
        """Yield what is said, with the classes for which it is the nearest; what is off is left."""
        near: dict[int, tuple[Said, list[ClassFact]]] = {}
        for room in classes:
            keys = {"CLASS": room.pk, "GRADE": room.grade, "ALL": 0}
            one = self._nearest(code, keys)
            near.setdefault(id(one), (one, []))[1].append(room)
        return ((one, tuple(rooms)) for one, rooms in near.values() if one.is_on)

    def for_teachers(self, code: str, facts: Facts) -> Iterator[tuple[Said, tuple[str, ...]]]:
        """Yield what is said, with the teachers for whom it is the nearest."""
        near: dict[int, tuple[Said, list[str]]] = {}
        for pk, name in facts.teachers.items():
            mine = [one for one in self.of(code, "DEPARTMENT") if pk in _members(facts, one)]
            own = [one for one in self.of(code, "TEACHER") if one.whom == pk]
            one = (own or mine or [self.all(code)])[-1]
            near.setdefault(id(one), (one, []))[1].append(name)
        return ((one, tuple(names)) for one, names in near.values() if one.is_on)

    def for_subjects(self, code: str, room: ClassFact) -> dict[str, Said]:
        """Return what is said of single subjects of a class: for its grade before for all."""
        found: dict[str, Said] = {}
        for one in sorted(self.of(code, "SUBJECT"), key=lambda one: (bool(one.grade),)):
            if one.grade in (0, room.grade):
                found[str(one.whom)] = one
        return found

    def _nearest(self, code: str, keys: dict[str, int]) -> Said:
        said = (one for one in self.said.get(code, ()) if one.scope in keys)
        found = [one for one in said if one.whom == keys[one.scope]]
        return max(found, key=_nearness) if found else usual(code)


_usual: dict[str, Said] = {}


def usual(code: str) -> Said:
    """Return what holds where a school said nothing."""
    if code not in _usual:
        _usual[code] = Said(code, RULES[code].weight, usual_params(code))
    return _usual[code]


def _members(facts: Facts, one: Said) -> set[int]:
    return set(facts.departments.get(int(one.whom), ()))


def _nearness(one: Said) -> tuple[int, bool]:
    return NEARNESS[one.scope], one.of_timetable


assert set(TERMS) == set(RULES)  # noqa: S101 - a rule that nobody can set, or one unknown
