"""Keeping the counts: what schools need and have is counted anew and replaces what stood there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.db import connection, transaction

from khuevan.insight.staffing.counting import Counted, count_now
from khuevan.insight.staffing.models import EXACT, LevelCount, PostCount
from khuevan.insight.staffing.rules import Post
from khuevan.registry.schools.api import School

AT_ONCE = 100
BECAUSE = "the system counts the teachers of every school"
_LOCK = 7_310_884
"""Of two counts of a school one waits; a number that no other advisory lock of ours has."""
_LOCKED = "SELECT pg_advisory_xact_lock(%(lock)s, pk::int) FROM unnest(%(schools)s) pk ORDER BY pk"

Tell = Callable[[int, int], None]


def refresh(*, on: date, now: datetime, tell: Tell = lambda _done, _total: None) -> int:
    """Count every open school anew, a hundred at a time; return how many schools those were."""
    rows = School.objects.unscoped(because=BECAUSE)
    schools = sorted(rows.exclude(closed_on__lte=on).values_list("pk", flat=True))
    for done in range(0, len(schools), AT_ONCE):
        write_counts(schools[done : done + AT_ONCE], on=on, now=now)
        tell(min(done + AT_ONCE, len(schools)), len(schools))
    _forget_closed(on)
    return len(schools)


@transaction.atomic
def write_counts(schools: Sequence[int], *, on: date, now: datetime) -> None:
    """Count some schools anew and write what came of it, as of a day."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCKED, {"lock": _LOCK, "schools": list(schools)})
    found = count_now(on, schools)
    for model in (PostCount, LevelCount):
        model.objects.unscoped(because=BECAUSE).filter(school_id__in=schools).delete()
    PostCount.objects.bulk_create(
        _post(pk, level, post, told)
        for pk, one in found.items()
        for (level, post), told in one.posts.items()
    )
    LevelCount.objects.bulk_create(
        row for pk, one in found.items() for row in _levels(pk, one, on, now)
    )


def _post(school: int, level: str, name: str, post: Post) -> PostCount:
    needed = post.needed
    return PostCount(
        school_id=school,
        level=level,
        post=name,
        norm=post.norm,
        annual=post.annual,
        cuts=post.cuts,
        heads=post.heads,
        away=post.away,
        borrowed=post.borrowed,
        lent=post.lent,
        leaving=post.leaving,
        needed=None if needed is None else _written(needed),
        available=_written(post.available),
    )


def _levels(school: int, one: Counted, on: date, now: datetime) -> list[LevelCount]:
    return [
        LevelCount(
            school_id=school,
            level=level,
            classes=told.classes,
            unplanned=told.unplanned,
            quota=told.quota,
            heads=told.heads,
            away=told.away,
            unknown=told.unknown,
            leaving=told.leaving,
            on=on,
            counted_at=now,
        )
        for level, told in one.levels.items()
        if told.classes or told.heads
    ]


def _written(value: Fraction) -> Decimal:
    """Return a fraction as the tables keep it."""
    places = EXACT["decimal_places"]
    return Decimal(round(value * 10**places)).scaleb(-places)


def _forget_closed(on: date) -> None:
    """Drop the counts of schools that have closed since."""
    closed = School.objects.unscoped(because=BECAUSE).filter(closed_on__lte=on)
    for model in (PostCount, LevelCount):
        rows = model.objects.unscoped(because=BECAUSE)
        rows.filter(school_id__in=closed.values("pk")).delete()
