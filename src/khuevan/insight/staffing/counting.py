"""From the facts of a school to its posts: what each needs, who is counted where, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from khuevan.insight.staffing.facts import SchoolFacts, Teacher, read_facts
from khuevan.insight.staffing.posts import NO_SUBJECT, Posts
from khuevan.insight.staffing.rules import Post, main_subject, quota
from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations.api import setting_in_force
from khuevan.registry.curriculum.api import (
    USUAL_ZONE,
    Circumstances,
    Held,
    NormUnknown,
    norm_for,
    reduction_of,
)
from khuevan.registry.staff.api import retires_on, title_level

Key = tuple[str, str]
"""Level and post."""
YEAR = timedelta(days=365)
TEACHER = "TEACHER"
_NURSERY = "NT"
_OWN_RATES = frozenset({"GIFTED", "ETHNIC_BOARDING", "ETHNIC_SEMI_BOARDING", "SPECIAL_NEEDS"})
"""Types of school with rates of their own: where the setting has none, the rate isn't known."""


@dataclass(slots=True)
class Placed:
    """A teacher with the post he or she is counted for."""

    one: Teacher
    key: Key
    cuts: int = 0
    retires: date | None = None
    is_leaving: bool = False


@dataclass(slots=True)
class LevelTold:
    """A level of a school: its classes, the head-count norm and its teachers."""

    classes: int = 0
    unplanned: int = 0
    quota: Decimal | None = None
    rates: list[tuple[int, Decimal | None]] = field(default_factory=list)
    heads: int = 0
    away: int = 0
    unknown: int = 0
    leaving: int = 0


@dataclass(slots=True)
class Counted:
    """What came of counting a school."""

    posts: dict[Key, Post]
    levels: dict[str, LevelTold]
    placed: list[Placed]
    shares: list[tuple[int, Key, str, int]]
    """Of subjects that others' teachers give: who, counted for which post, what, periods a year."""
    zone: int = USUAL_ZONE
    """In which zone the school lies."""


def count_now(on: date, schools: Sequence[int]) -> dict[int, Counted]:
    """Count some schools as they are on a day; the number of statements doesn't grow with them."""
    rates = _Rates(on)
    return {pk: _count(one, on, rates) for pk, one in read_facts(on, schools).items()}


def _count(facts: SchoolFacts, on: date, rates: _Rates) -> Counted:
    posts = Posts(on)
    levels = _levels(facts, rates)
    classes = sum(one.classes for one in levels.values())
    placed = [_place(one, facts, posts, on, classes) for one in facts.teachers.values()]
    place_of = {one.one.member: one.key for one in placed if one.key[1] != NO_SUBJECT}
    asked: defaultdict[Key, int] = defaultdict(int)
    for (level, subject), annual in facts.planned.items():
        asked[level, posts.of(level, subject)] += annual
    shares = []
    for member, level, subject, annual in facts.given:
        if member in place_of and posts.is_shared(level, subject):
            asked[level, subject] -= annual
            asked[place_of[member]] += annual
            shares.append((member, place_of[member], subject, annual))
    led, covered = _beside(facts, posts)
    crossed = _crossed(placed, posts)
    found: dict[Key, Post] = {}
    for key in {*asked, *crossed, *(one.key for one in placed)}:
        norm = _norm(key[0], facts.school_type, on) if levels[key[0]].classes else 0
        norm = 0 if key[1] == NO_SUBJECT or _is_planless(levels[key[0]]) else norm
        here = [one for one in placed if one.key == key]
        beside = Post(
            0, led=led.get(key, 0), covered=covered.get(key, 0), crossed=crossed.get(key, 0)
        )
        own = Post(norm, max(0, asked.get(key, 0))) + beside
        post = sum((_part(one) for one in here), own)
        if post != Post(norm):
            found[key] = post
    for one in placed:
        _tally(levels[one.key[0]], one)
    return Counted(found, levels, placed, shares, facts.zone)


def _beside(facts: SchoolFacts, posts: Posts) -> tuple[dict[Key, int], dict[Key, int]]:
    """Return the periods a year that leaders give, and those that are stood in for, by post."""
    led: defaultdict[Key, int] = defaultdict(int)
    for member, level, subject, annual in facts.given:
        if member in facts.leaders and member not in facts.teachers:
            led[level, posts.of(level, subject)] += annual
    covered: defaultdict[Key, int] = defaultdict(int)
    for (level, subject), annual in facts.stood_in.items():
        covered[level, posts.of(level, subject)] += annual
    return led, covered


def _crossed(placed: Iterable[Placed], posts: Posts) -> dict[Key, int]:
    """Return the periods a year given at another level than the teacher is counted at, by post."""
    found: defaultdict[Key, int] = defaultdict(int)
    for one in placed:
        if not one.one.is_main or one.one.is_away or one.key[1] == NO_SUBJECT:
            continue
        for (level, subject), annual in one.one.given.items():
            if level != one.key[0] and not posts.is_shared(level, subject):
                found[level, posts.of(level, subject)] += annual
                found[one.key] -= annual
    return found


def _is_planless(level: LevelTold) -> bool:
    """Return whether nothing says what a level needs: none of its classes has a plan."""
    return level.unplanned == level.classes


def _part(one: Placed) -> Post:
    """Return what a teacher adds to a post."""
    teacher = one.one
    if not teacher.is_main:
        return Post(0, borrowed=0 if teacher.is_away else teacher.weekly)
    lent = 0 if teacher.is_away else teacher.lent
    return Post(
        0, cuts=one.cuts, heads=1, away=int(teacher.is_away), lent=lent, leaving=int(one.is_leaving)
    )


def _tally(level: LevelTold, one: Placed) -> None:
    if one.one.is_main:
        level.heads += 1
        level.away += one.one.is_away
        level.unknown += one.key[1] == NO_SUBJECT
        level.leaving += one.is_leaving


def _place(one: Teacher, facts: SchoolFacts, posts: Posts, on: date, classes: int) -> Placed:
    level = _level_of(one, facts)
    given: defaultdict[str, int] = defaultdict(int)
    for (at, subject), annual in one.given.items():
        if not posts.is_shared(at, subject):
            given[subject] += annual
    main = main_subject(one.teaches, one.trained, given)
    name = NO_SUBJECT if main is None else posts.of(level, main)
    placed = Placed(one, (level, name))
    if one.is_main:
        where = Circumstances(level, facts.school_type, classes, facts.zone)
        placed.cuts = sum(_cut(held, where, on) for held in dict.fromkeys(one.duties))
        if one.birth_date is not None and one.sex:
            placed.retires = retires_on(one.sex, one.birth_date)
            placed.is_leaving = placed.retires <= on + YEAR
    return placed


def _level_of(one: Teacher, facts: SchoolFacts) -> str:
    """Return the level somebody teaches at: where most lessons are, else where the subject is.

    At a school of several levels the level of the professional title goes first (article 3.4);
    what is given at another level is counted there. A teacher without lessons and without a
    subject planned here is counted at the highest level.
    """
    appointed = title_level(one.title)
    if len(facts.levels) > 1 and appointed in facts.levels:
        return appointed
    by: defaultdict[str, int] = defaultdict(int)
    for (level, _subject), annual in one.given.items():
        by[level] += annual
    if by:
        return max(sorted(by), key=lambda level: by[level])
    recorded = {*one.teaches} or {*one.trained}
    planned = [level for level, subject in facts.planned if subject in recorded]
    taught = [level for level in facts.levels if level in planned]
    return (taught or list(facts.levels) or [""])[-1]


def _levels(facts: SchoolFacts, rates: _Rates) -> dict[str, LevelTold]:
    found: defaultdict[str, LevelTold] = defaultdict(LevelTold)
    for level in facts.levels:
        found[level].classes = 0
    for level, grade, session, classes, unplanned in facts.classes:
        told = found[level]
        told.classes += classes
        told.unplanned += unplanned
        told.rates.append((classes, rates.of(level, grade, session, facts.school_type)))
    for told in found.values():
        told.quota = quota(told.rates) if told.rates else None
    return found


@lru_cache(maxsize=4096)
def _norm(level: str, school_type: str, on: date) -> int:
    try:
        return norm_for(TEACHER, Circumstances(level, school_type), on=on).periods
    except NormUnknown:
        return 0


@lru_cache(maxsize=4096)
def _cut(held: Held, where: Circumstances, on: date) -> int:
    found = reduction_of(held, where, on=on)
    return found.periods if found else 0


class _Rates:
    """Teachers for each class by the head-count norm of a day."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._known: dict[str, Mapping[str, Any]] = {}

    def of(self, level: str, grade: str, session: str, school_type: str) -> Decimal | None:
        """Return the rate of a class; None where no text gives one."""
        said = self._setting(level)
        if school_type in _OWN_RATES and level != "MN":
            return _read(said, (school_type.lower(),))
        if level == "MN":
            return _read(said, ("nursery" if grade == _NURSERY else "kindergarten",))
        return _read(said, ("two_sessions" if session == "FULL_DAY" else "one_session", "rate"))

    def _setting(self, level: str) -> Mapping[str, Any]:
        if level not in self._known:
            try:
                value: Any = setting_in_force("TEACHERS_PER_CLASS", level, self._on).value
            except NotFound:
                value = {}
            self._known[level] = value
        return self._known[level]


def _read(said: Mapping[str, Any], names: Iterable[str]) -> Decimal | None:
    return next((Decimal(said[name]) for name in names if name in said), None)
