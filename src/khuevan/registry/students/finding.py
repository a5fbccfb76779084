"""Pupils and classes in the search box: the same scope as their pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from khuevan.kernel.actor import Actor
from khuevan.kernel.personal_number import check_format
from khuevan.platform.organizations.api import versions_on
from khuevan.platform.search.api import SearchHit
from khuevan.registry.people.api import bearers_once, former_names, name_has, once_coded
from khuevan.registry.schools.api import academic_year_on, class_match_name, classes
from khuevan.registry.students.models import Enrollment
from khuevan.registry.students.selectors import on_roll
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
        room = row.placement.homeroom_class.name if row.placement else _("no class yet")
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


def _found(actor: Actor, words: str, most: int) -> list[Any]:
    """Return the first pupils by name; each way of finding is a query that an index answers."""
    rows = on_roll(actor=actor, on=actor.today).order_by("sort_key", "pk")
    checked = check_format(words)
    if checked.is_valid:
        return list(rows.filter(person__personal_number=checked.digits)[:most])
    if any(char.isdigit() for char in words):
        held = list(once_coded(words).values_list("person_id", flat=True)[:most])
        ways = [Q(student__moet_code=words), *([Q(person_id__in=held)] if held else [])]
    else:
        once = bearers_once(words)
        ways = [
            name_has(words, field="person__search_name"),
            *([Q(person_id__in=once)] if once else []),
        ]
    found = {row.pk: row for way in ways for row in rows.filter(way)[:most]}
    return sorted(found.values(), key=lambda row: (row.sort_key, row.pk))[:most]


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
