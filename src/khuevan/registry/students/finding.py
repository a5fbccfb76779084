"""Pupils and classes in the search box: the same scope as their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from heapq import nsmallest
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.personal_number import check_format
from khuevan.kernel.words import name_has
from khuevan.platform.organizations.api import versions_on
from khuevan.platform.search.api import SearchHit
from khuevan.registry.people.api import (
    MOST_SEARCHED,
    bearers,
    bearers_once,
    former_names,
    once_coded,
)
from khuevan.registry.schools.api import academic_year_on, class_match_name, classes
from khuevan.registry.students.models import Enrollment
from khuevan.registry.students.permissions import VIEW_STUDENTS
from khuevan.registry.students.selectors import enrolled, on_roll
from khuevan.ui.formats import day, masked


def find_students(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return pupils by name, also a former one, by number or code; what begins so comes first."""
    found = _found(actor, words, limit * 3)
    ranked = sorted(found, key=lambda row: not _ends_with(row.person.search_name, words))
    units = versions_on(actor.today).filter(unit_id__in={row.school_id for row in ranked})
    names = {one.unit_id: one.short_name for one in units}
    former = former_names([row.person_id for row in ranked], words)
    namesakes = Counter((row.person.full_name, row.person.birth_date) for row in ranked[:limit])
    for row in ranked[:limit]:
        before = former.get(row.person_id, "")
        once = _("formerly %(name)s") % {"name": before} if before else ""
        room = _room_of(row)
        person = row.person
        is_one_of_many = namesakes[person.full_name, person.birth_date] > 1
        apart = _told_apart(row) if is_one_of_many else ""
        parts = (once, room, names.get(row.school_id, ""), day(person.birth_date), apart)
        yield SearchHit(
            label=row.person.full_name,
            url=reverse("students:record", args=[row.student.uuid]),
            detail=" · ".join(part for part in parts if part),
            icon="users",
        )


def _room_of(row: Any) -> str:
    """Return the class in words; of the one at the main school a second school is not told."""
    if not row.is_primary:
        return _("studies here beside the main school")
    return row.placement.homeroom_class.name if row.placement else _("no class yet")


def _found(actor: Actor, words: str, most: int) -> list[Any]:
    """Return the first pupils by name, each once, at the main school where that is in reach."""
    found = sorted(_rows_found(actor, words, most), key=lambda row: (not row.is_primary, row.pk))
    once = {row.student_id: row for row in reversed(found)}
    return sorted(once.values(), key=lambda row: (row.sort_key, row.pk))[:most]


def _rows_found(actor: Actor, words: str, most: int) -> list[Any]:
    """Return enrollments; each way of finding is a query that an index answers."""
    beside = actor.reach(VIEW_STUDENTS, "school").ids
    rows = on_roll(actor=actor, on=actor.today, beside=beside).order_by("sort_key", "pk")
    checked = check_format(words)
    if checked.is_valid:
        return list(rows.filter(person__personal_number=checked.digits)[:most])
    if any(char.isdigit() for char in words):
        held = list(once_coded(words).values_list("person_id", flat=True)[:most])
        ways = [Q(student__moet_code=words), *([Q(person_id__in=held)] if held else [])]
    else:
        ways = [Q(pk__in=_bearing(actor, words, most)), Q(person_id__in=bearers_once(words))]
    return list({row.pk: row for way in ways for row in rows.filter(way)[:most]}.values())


def _bearing(actor: Actor, words: str, most: int) -> list[int]:
    """Return the enrollments of the first pupils by name; of a very common name any will do.

    Unordered, for the planner would walk the list of a province by name.
    """
    beside = actor.reach(VIEW_STUDENTS, "school").ids
    rows = enrolled(actor=actor, on=actor.today, beside=beside)
    found = bearers(words, most=MOST_SEARCHED)
    if found is None:
        common = rows.filter(name_has(words, field="person__search_name")).order_by("pk")
        return list(common.values_list("pk", flat=True)[:most])
    keys = rows.filter(person_id__in=found).order_by().values_list("sort_key", "pk")
    return [pk for _key, pk in nsmallest(most, keys)]


def _told_apart(row: Enrollment) -> str:
    """Return what tells a pupil from one of the same name and birth date: a number, masked."""
    number = row.person.personal_number
    return masked(number) if number else row.student.moet_code or _("no number yet")


def find_classes(actor: Actor, words: str, limit: int) -> Iterable[SearchHit]:
    """Return this year's classes by name: 6a, 6 A and lớp 6A are one."""
    year = academic_year_on(actor.today)
    wanted = class_match_name(words.removeprefix("lop "))
    if year is None or not wanted:
        return
    rows = classes(actor=actor, year=year).filter(
        Q(match_name=wanted) | Q(match_name__startswith=wanted)
    )
    found = list(rows[:limit])
    units = versions_on(actor.today).filter(unit_id__in={row.school_id for row in found})
    names = {one.unit_id: one.short_name for one in units}
    for row in found:
        yield SearchHit(
            label=_("Class %(name)s") % {"name": row.name},
            url=reverse("students:class", args=[row.school.code, row.uuid]),
            detail=names.get(row.school_id, ""),
            icon="door-open",
        )


def _ends_with(name: str, words: str) -> bool:
    """Return whether the last word of the name, the given name, begins with the last one asked."""
    return name.split(" ")[-1].startswith(words.split(" ")[-1])
