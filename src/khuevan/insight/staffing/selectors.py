"""Reading what was counted within somebody's reach: a few statements, however many schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Greatest

from khuevan.insight.rollup.api import Place, places_on
from khuevan.insight.staffing.models import LevelCount, PostCount
from khuevan.insight.staffing.permissions import VIEW_STAFFING
from khuevan.insight.staffing.posts import NO_SUBJECT
from khuevan.insight.staffing.rules import HALF, Word, word_of
from khuevan.kernel.actor import Actor

NOTHING = Decimal(0)
_HALF = Decimal(HALF.numerator) / HALF.denominator
_OFF = F("available") - F("needed")
_SUMS = {
    "sum_needed": Sum("needed"),
    "sum_available": Sum("available", filter=Q(needed__isnull=False)),
    "sum_missing": Sum(Greatest(F("needed") - F("available"), NOTHING)),
    "sum_spare": Sum(Greatest(_OFF, NOTHING)),
    "sum_leaving": Sum("leaving"),
    "short": Count("pk", filter=Q(needed__gte=F("available") + _HALF)),
    "over": Count("pk", filter=Q(available__gte=F("needed") + _HALF)),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: a level, a post, a commune; empty for all."""

    level: str = ""
    post: str = ""
    commune: str = ""


@dataclass(frozen=True, slots=True)
class Balance:
    """Needed against present, added up: what lacks in one place isn't filled by another's."""

    needed: Decimal = NOTHING
    available: Decimal = NOTHING
    missing: Decimal = NOTHING
    """Teachers missing, post by post and school by school."""
    spare: Decimal = NOTHING
    """Teachers too many, post by post and school by school."""
    leaving: int = 0
    short: int = 0
    """Posts of schools that miss half a teacher or more."""
    over: int = 0

    @property
    def difference(self) -> Decimal:
        """Return by how many there are more than needed, were they all in one place."""
        return self.available - self.needed

    @property
    def word(self) -> Word:
        """Return whether that is too many, too few or neither."""
        return word_of(self.difference)

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            self.needed + other.needed,
            self.available + other.available,
            self.missing + other.missing,
            self.spare + other.spare,
            self.leaving + other.leaving,
            self.short + other.short,
            self.over + other.over,
        )


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: a post of a level, a commune or a school."""

    code: str
    name: str
    sort_key: str
    sums: Balance
    level: str = ""
    post: str = ""
    commune: str = ""
    schools: int = 1


@dataclass(frozen=True, slots=True)
class Overall:
    """What stands beside the posts: classes, the head-count norm, what isn't known."""

    schools: int
    classes: int
    unplanned: int
    quota: Decimal
    unrated: int
    """Classes of which no text gives a rate."""
    heads: int
    away: int
    unknown: int
    leaving: int
    counted_at: datetime | None


def by_post(*, actor: Actor, on: date, asked: Asked) -> list[Line]:
    """Return each post of a level in reach, what is missing most first."""
    places = _places(actor, on)
    rows = _rows(actor, asked, places).values_list("level", "post").annotate(**_SUMS)
    lines = [
        Line(post, post, post, _balance(sums), level=level)
        for level, post, *sums in rows.order_by()
    ]
    return worst_first(lines)


def by_school(*, actor: Actor, on: date, asked: Asked) -> list[Line]:
    """Return each school in reach with posts counted, what is missing most first."""
    places = _places(actor, on)
    rows = _rows(actor, asked, places).values_list("school_id").annotate(**_SUMS)
    lines = []
    for pk, *sums in rows.order_by():
        if pk in places:
            place = places[pk]
            lines.append(
                Line(place.code, place.name, place.sort_key, _balance(sums), commune=place.unit)
            )
    return worst_first(lines)


def by_commune(*, actor: Actor, on: date, asked: Asked) -> list[Line]:
    """Return each commune in reach, what is missing most first."""
    places = _places(actor, on)
    rows = _rows(actor, asked, places).values_list("school_id").annotate(**_SUMS)
    of_commune: defaultdict[tuple[str, str, str], list[Balance]] = defaultdict(list)
    for pk, *sums in rows.order_by():
        if pk in places:
            place = places[pk]
            of_commune[place.unit_code, place.unit, place.unit_sort].append(_balance(sums))
    lines = [
        Line(code, name, key, total(some), schools=len(some))
        for (code, name, key), some in of_commune.items()
    ]
    return worst_first(lines)


def total(sums: Iterable[Balance]) -> Balance:
    """Return the sum of several."""
    return sum(sums, Balance())


def worst_first(lines: Iterable[Line]) -> list[Line]:
    """Return what misses most teachers first, then what has most too many."""
    return sorted(lines, key=_how_bad)


def _how_bad(one: Line) -> tuple[Any, ...]:
    sums = one.sums
    return (-sums.missing, -sums.spare, one.sort_key, one.code, one.level, one.post)


def overall(*, actor: Actor, on: date, asked: Asked) -> Overall:
    """Return classes, the head-count norm and what isn't known, of the schools asked for."""
    rows = LevelCount.objects.visible_to(actor, VIEW_STAFFING)
    rows = _of_commune(rows, asked, _places(actor, on))
    if asked.level:
        rows = rows.filter(level=asked.level)
    no_preschool = ~Q(level="MN")  # where no class has a plan and no teacher a subject
    found = rows.aggregate(
        of_schools=Count("school_id", distinct=True),
        of_classes=Sum("classes", default=0),
        of_unplanned=Sum("unplanned", default=0, filter=no_preschool),
        of_quota=Sum("quota", default=NOTHING),
        of_unrated=Sum("classes", default=0, filter=Q(quota__isnull=True)),
        of_heads=Sum("heads", default=0),
        of_away=Sum("away", default=0),
        of_unknown=Sum("unknown", default=0, filter=no_preschool),
        of_leaving=Sum("leaving", default=0),
    )
    newest = rows.order_by("-counted_at").values_list("counted_at", flat=True).first()
    told = {name.removeprefix("of_"): value for name, value in found.items()}
    return Overall(**told, counted_at=newest)


def levels_counted(*, actor: Actor) -> list[str]:
    """Return the levels that have posts in reach."""
    rows = PostCount.objects.visible_to(actor, VIEW_STAFFING).filter(needed__isnull=False)
    return list(rows.order_by().values_list("level", flat=True).distinct())


@dataclass(frozen=True, slots=True)
class Helper:
    """A school of the same commune that has more teachers of a post than it needs."""

    place: Place
    spare: Decimal


def helpers_of(
    *, actor: Actor, on: date, school_id: int, level: str, post: str
) -> tuple[str, list[Helper]]:
    """Return the commune a school stands in, and who of it, in reach, has a surplus of a post."""
    places = _places(actor, on)
    here = places.get(school_id)
    if here is None:
        return "", []
    near = [pk for pk, one in places.items() if one.unit_code == here.unit_code and pk != school_id]
    rows = (
        PostCount.objects.visible_to(actor, VIEW_STAFFING)
        .filter(school_id__in=near, level=level, post=post, available__gte=F("needed") + _HALF)
        .annotate(spare=_OFF)
        .order_by("-spare", "school_id")
    )
    return here.unit, [
        Helper(places[pk], spare) for pk, spare in rows.values_list("school_id", "spare")
    ]


def place_of(*, actor: Actor, on: date, school_id: int) -> Place | None:
    """Return a school in reach with its commune."""
    return _places(actor, on).get(school_id)


def _places(actor: Actor, on: date) -> Mapping[int, Place]:
    return places_on(actor=actor, permission=VIEW_STAFFING, on=on, by_location=True)


def _rows(actor: Actor, asked: Asked, places: Mapping[int, Place]) -> Any:
    rows = PostCount.objects.visible_to(actor, VIEW_STAFFING)
    rows = rows.filter(needed__isnull=False).exclude(post=NO_SUBJECT)
    if asked.level:
        rows = rows.filter(level=asked.level)
    if asked.post:
        rows = rows.filter(post=asked.post)
    return _of_commune(rows, asked, places)


def _of_commune(rows: Any, asked: Asked, places: Mapping[int, Place]) -> Any:
    if not asked.commune:
        return rows
    return rows.filter(
        school_id__in=[pk for pk, one in places.items() if one.unit_code == asked.commune]
    )


def _balance(sums: Iterable[Any]) -> Balance:
    told: list[Any] = [NOTHING if one is None else one for one in sums]
    return Balance(*told)


def commune_name(*, actor: Actor, on: date, code: str) -> str:
    """Return what a commune with schools in reach is called; empty where there is none."""
    places = _places(actor, on).values()
    return next((one.unit for one in places if one.unit_code == code), "")


def by_post_of_school(*, actor: Actor, on: date, asked: Asked) -> list[Line]:
    """Return each post of each school in reach, what is missing most first."""
    places = _places(actor, on)
    rows = _rows(actor, asked, places).values_list("school_id", "level", "post").annotate(**_SUMS)
    lines = []
    for pk, level, post, *sums in rows.order_by():
        if pk in places:
            at = places[pk]
            told = (at.code, at.name, at.sort_key, _balance(sums))
            lines.append(Line(*told, level=level, post=post, commune=at.unit))
    return worst_first(lines)
