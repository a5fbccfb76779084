"""Reading schools and classes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.memo import memo
from khuevan.kernel.periods import in_force
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import text_sort_key
from khuevan.platform.audit.api import AuditEntry, entries
from khuevan.platform.organizations.api import Handed, UnitSuccession
from khuevan.registry.schools.errors import AlreadyClosed
from khuevan.registry.schools.errors_of_founding import OpensLater
from khuevan.registry.schools.facts import had_code, told_in, with_facts
from khuevan.registry.schools.models import (
    AcademicYear,
    ClassGrade,
    GradeLevel,
    HomeroomClass,
    School,
    SchoolType,
    SchoolVersion,
    Term,
)
from khuevan.registry.schools.permissions import VIEW_CLASSES, VIEW_SCHOOLS
from khuevan.ui.formats import day as written


@memo(seconds=15)
def academic_year_on(on: date) -> AcademicYear | None:
    """Return the academic year a day falls in, else the latest one that has begun."""
    return AcademicYear.objects.filter(starts_on__lte=on).order_by("-starts_on").first()


@memo(seconds=15)
def term_on(on: date, *, level: str) -> Term | None:
    """Return a level's term on a day, else the latest one that has begun."""
    return (
        Term.objects.filter(level=level, starts_on__lte=on)
        .select_related("academic_year")
        .order_by("-starts_on")
        .first()
    )


def further_grades(class_ids: Collection[int]) -> dict[int, list[GradeLevel]]:
    """Return the grades that classes of several grades teach beside their own, by age."""
    rows = ClassGrade.objects.unscoped(because="which grades classes teach is no secret of anybody")
    pairs = list(
        rows.filter(homeroom_class_id__in=class_ids)
        .values_list("homeroom_class_id", "grade_level_id")
        .order_by("grade_level__position", "pk")
    )
    known = {one.pk: one for one in _grade_levels()} if pairs else {}
    found: dict[int, list[GradeLevel]] = {}
    for class_id, grade_id in pairs:
        found.setdefault(class_id, []).append(known[grade_id])
    return found


def grade_levels(levels: list[str] | None = None) -> list[GradeLevel]:
    """Return the grades, of some levels only when given, by age."""
    return [grade for grade in _grade_levels() if not levels or grade.level in levels]


@memo(seconds=15)
def _grade_levels() -> tuple[GradeLevel, ...]:
    return tuple(GradeLevel.objects.order_by("position"))


def forget_calendar() -> None:
    """Drop what this process has kept of years, terms and grades; for whoever writes them."""
    for kept in (academic_year_on, term_on, _grade_levels):
        kept.forget()


def schools(
    *, actor: Actor, on: date, permission: Permission = VIEW_SCHOOLS
) -> ScopedQuerySet[Any]:
    """Return the schools in reach with name, place and parent as they were on a date."""
    rows = with_facts(School.objects.visible_to(actor, permission), on=on)
    is_open = Q(closed_on__isnull=True) | Q(closed_on__gt=on)
    return _named(rows.filter(is_open), in_force(on, "unit__versions"))


def closed_schools(
    *, actor: Actor, on: date, permission: Permission = VIEW_SCHOOLS
) -> ScopedQuerySet[Any]:
    """Return the schools that have closed, as they were at the end, for whoever keeps their place.

    A closed school stands nowhere in the tree: it is reached with the unit that managed it last,
    or with one that took over from that unit.
    """
    rows = School.objects.unscoped(because="reached with the unit that managed it last")
    rows = _named(
        with_facts(rows.filter(closed_on__lte=on), on=None),
        Q(unit__versions__ends_on=F("closed_on")),
    )
    reach = actor.reach(permission, "school")
    if reach.everything:
        return rows
    heirs = UnitSuccession.objects.filter(successor_id__in=reach.ids, handed=Handed.SCHOOLS)
    return rows.filter(Q(parent_id__in=reach.ids) | Q(parent_id__in=heirs.values("unit_id")))


def coming_schools(
    *, actor: Actor, on: date, permission: Permission = VIEW_SCHOOLS
) -> ScopedQuerySet[Any]:
    """Return the schools that open after a day, as they will begin, with `opens_on`.

    A coming school stands nowhere in the tree yet: it is reached with the unit it will stand under.
    """
    own = SchoolVersion.objects.unscoped(because="reached with the unit it will stand under")
    own = own.filter(school_id=OuterRef("pk")).order_by("starts_on")
    rows = School.objects.unscoped(because="reached with the unit it will stand under")
    first = Subquery(own.values("starts_on")[:1])
    told = told_in(rows, Q(versions__starts_on__gt=on)).filter(fact__starts_on=first)
    told = told.annotate(opens_on=F("fact__starts_on"))
    named = _named(told, Q(unit__versions__starts_on__gt=on))
    named = named.filter(version__starts_on=F("opens_on"))
    reach = actor.reach(permission, "school")
    return named if reach.everything else named.filter(parent_id__in=reach.ids)


def _named(rows: ScopedQuerySet[Any], held: Q) -> ScopedQuerySet[Any]:
    """Tell the name, place and parent of schools in a period."""
    named: ScopedQuerySet[Any] = (
        rows.alias(version=FilteredRelation("unit__versions", condition=held))
        .annotate(
            name=F("version__name"),
            short_name=F("version__short_name"),
            sort_key=F("version__sort_key"),
            search_name=F("version__search_name"),
            area_name=F("version__area__full_name"),
            area_code=F("version__area__code"),
            parent_id=F("version__parent_id"),
        )
        .order_by("sort_key", "pk")
    )
    return named


def facilities(*, actor: Actor, on: date) -> ScopedQuerySet[Any]:
    """Return the independent preschool facilities in reach, with `license` and `licensed_on`.

    The license is the decision by which each first became one.
    """
    first = SchoolVersion.objects.unscoped(because="facts of schools already in scope").filter(
        school_id=OuterRef("pk"), school_type=SchoolType.INDEPENDENT_PRESCHOOL
    )
    first = first.order_by("starts_on")
    return (
        schools(actor=actor, on=on)
        .filter(school_type=SchoolType.INDEPENDENT_PRESCHOOL)
        .annotate(
            license=Subquery(first.values("decision")[:1]),
            licensed_on=Subquery(first.values("starts_on")[:1]),
        )
    )


def get_school_for(
    actor: Actor, code: str, permission: Permission = VIEW_SCHOOLS, *, on: date | None = None
) -> School:
    """Return the school with this code, named as on a date, or raise `NotFound`.

    A code the school had before finds it too.
    """
    found = schools(actor=actor, on=on or actor.today, permission=permission)
    school: School | None = found.filter(code=code).first() or found.filter(had_code(code)).first()
    if school is None:
        raise NotFound
    return school


def get_known_school_for(actor: Actor, code: str, permission: Permission = VIEW_SCHOOLS) -> School:
    """Return the school with this code: one that has closed as it was, one that opens as it will.

    :raises NotFound: when there is none in reach
    """
    for reading in (schools, closed_schools, coming_schools):
        found = reading(actor=actor, on=actor.today, permission=permission)
        school: School | None = (
            found.filter(code=code).first() or found.filter(had_code(code)).first()
        )
        if school is not None:
            return school
    raise NotFound


def get_open_school_for(actor: Actor, code: str, permission: Permission) -> School:
    """Return the school with this code, to be closed.

    :raises NotFound: when there is none in reach
    :raises AlreadyClosed, OpensLater: when it isn't open
    """
    school = get_known_school_for(actor, code, permission)
    opens_on = getattr(school, "opens_on", None)
    if opens_on is not None and opens_on > actor.today:
        raise OpensLater(on=written(opens_on))
    if school.closed_on is not None and school.closed_on <= actor.today:
        raise AlreadyClosed(on=written(school.closed_on))
    return school


def open_on(on: date) -> Q:
    """Return the condition that a class is not closed on a day."""
    return Q(closed_on__isnull=True) | Q(closed_on__gt=on)


def class_names(
    *,
    actor: Actor,
    year: AcademicYear,
    on: date | None = None,
    permission: Permission = VIEW_CLASSES,
) -> ScopedQuerySet[HomeroomClass]:
    """Return the classes in reach that are open in a year, by grade and name, counting nobody."""
    return (
        HomeroomClass.objects.visible_to(actor, permission)
        .filter(open_on(on or actor.today), academic_year=year)
        .order_by("sort_key", "pk")
    )


def classes(
    *,
    actor: Actor,
    year: AcademicYear,
    on: date | None = None,
    permission: Permission = VIEW_CLASSES,
) -> ScopedQuerySet[Any]:
    """Return the classes in reach in a year, with `size` and `girls` on a day, by grade, name."""
    day = on or actor.today
    sitting = in_force(day, "placements")
    return (
        class_names(actor=actor, year=year, on=day, permission=permission)
        .select_related("grade_level", "school")
        .annotate(
            size=Count("placements", filter=sitting),
            girls=Count("placements", filter=sitting & Q(placements__person__sex="FEMALE")),
        )
    )


def class_counts(actor: Actor, school_ids: Collection[int] | None, on: date) -> dict[int, int]:
    """Return how many classes each school in reach has in the year of a day."""
    year = academic_year_on(on)
    rows = HomeroomClass.objects.visible_to(actor, VIEW_SCHOOLS).filter(
        open_on(on), academic_year=year
    )
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    return dict(rows.values_list("school_id").annotate(Count("pk")).order_by("school_id"))


def get_class_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_CLASSES) -> HomeroomClass:
    """Return the class with this uuid or raise `NotFound`."""
    return (
        HomeroomClass.objects.visible_to(actor, permission)
        .select_related("grade_level", "school", "academic_year")
        .annotate(school_code=F("school__code"))
        .one(uuid)
    )


def areas_of(rows: QuerySet[Any]) -> list[tuple[str, str]]:
    """Return code and name of the communes these schools stand in, in Vietnamese order."""
    places = rows.order_by().values_list("area_code", "area_name").distinct()
    return sorted(
        ((code, name) for code, name in places if code), key=lambda one: text_sort_key(one[1])
    )


def history_of(*, actor: Actor, school: School) -> QuerySet[AuditEntry]:
    """Return what was done in a school, newest first."""
    return entries(actor=actor).filter(unit_id=school.pk)
