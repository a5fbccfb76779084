"""A unit's schools, and a school's classes, as the rows of the lists in which they come in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.areas.api import areas_on
from khuevan.platform.organizations.api import UnitKind, units_under, versions_on
from khuevan.registry.schools.facts import SchoolFacts, facts_of
from khuevan.registry.schools.homerooms import homerooms
from khuevan.registry.schools.imports.class_plan import written
from khuevan.registry.schools.imports.school_plan import shown
from khuevan.registry.schools.imports.school_words import manager_label
from khuevan.registry.schools.models import Campus, HomeroomClass
from khuevan.registry.schools.permissions import VIEW_CLASSES, VIEW_SCHOOLS
from khuevan.registry.schools.selectors import academic_year_on, further_grades, schools

FACTS = ("levels", "school_type", "ownership", "boarding", "is_disadvantaged", "national_standard")


def school_rows(actor: Actor, unit_id: int, on: date) -> Iterator[Mapping[str, str]]:
    """Yield the schools of an office and of those below it, or one school, by name."""
    below = units_under([unit_id], on=on)
    found = list(schools(actor=actor, on=on, permission=VIEW_SCHOOLS).filter(pk__in=below))
    facts = facts_of([one.pk for one in found], on=on)
    areas = {one.code: one for one in areas_on(on)}
    ids = [one.pk for one in found]
    leaders = {pk: name for told in homerooms for pk, name in told.principals(ids, on).items()}
    managed, places = _managers(ids, on), _campuses(ids, on)
    for number, one in enumerate(found, start=1):
        area = areas.get(one.area_code or "")
        above = areas.get(area.parent_code) if area else None
        yield {
            "ordinal": str(number),
            "code": one.code,
            "name": one.name,
            "short_name": one.short_name,
            **_facts(facts[one.pk]),
            "province": above.full_name if above else "",
            "commune": area.full_name if area else "",
            "manager": managed.get(one.pk, ""),
            "campuses": "; ".join(places[one.pk]),
            "principal": leaders.get(one.pk, ""),
            "address": one.address,
            "phone": one.phone,
            "website": one.website,
            "founded": str(one.founded_on.year) if one.founded_on else "",
        }


def _managers(school_ids: Sequence[int], on: date) -> dict[int, str]:
    """Return the office over each school in the words of the list; nothing for another kind."""
    rows = versions_on(on).filter(unit_id__in=school_ids).select_related("parent")
    above = {row.unit_id: row.parent for row in rows if row.parent}
    communes = versions_on(on).filter(unit_id__in={one.pk for one in above.values()})
    areas = {row.unit_id: row.area for row in communes.select_related("area")}
    told = {}
    for pk, office in above.items():
        area = areas.get(office.pk)
        if office.kind == UnitKind.DEPARTMENT:
            told[pk] = manager_label(None)
        elif office.kind == UnitKind.COMMUNE and area is not None:
            told[pk] = manager_label(area)
    return told


def _campuses(school_ids: Sequence[int], on: date) -> dict[int, list[str]]:
    """Return the places of each school beside its main one."""
    rows = Campus.objects.unscoped(because="places of schools reached through a scope").filter(
        in_force(on), school_id__in=school_ids, is_main=False
    )
    named: dict[int, list[str]] = defaultdict(list)
    for school_id, name in rows.order_by("pk").values_list("school_id", "name"):
        named[school_id].append(name)
    return named


def _facts(facts: SchoolFacts) -> dict[str, str]:
    return {name: shown(name, getattr(facts, name)) for name in FACTS}


def class_rows(actor: Actor, unit_id: int, on: date) -> Iterator[Mapping[str, str]]:
    """Yield the open classes of a school in the year of a day, by grade and name."""
    year = academic_year_on(on)
    rows = HomeroomClass.objects.visible_to(actor, VIEW_CLASSES).filter(
        school_id=unit_id, academic_year=year, closed_on=None
    )
    found = list(rows.select_related("grade_level", "campus").order_by("sort_key", "pk"))
    ids = [one.pk for one in found]
    further = further_grades(ids)
    heads = {pk: one for told in homerooms for pk, one in told.in_charge(ids, on).items()}
    for number, one in enumerate(found, start=1):
        head = heads.get(one.pk)
        yield {
            "ordinal": str(number),
            "grade": one.grade_level.name,
            "name": one.name,
            "teacher": head.full_name if head else "",
            "teacher_code": head.moet_code if head else "",
            "campus": one.campus.name if one.campus else "",
            "further_grades": written("further_grades", further.get(one.pk, [])),
            **{name: _told(one, name) for name in CLASS_FACTS},
        }


CLASS_FACTS = (
    "session",
    "sessions_a_week",
    "is_gifted",
    "is_inclusive",
    "subject_combination",
)


def _told(room: Any, name: str) -> str:
    return written(name, getattr(room, name))
