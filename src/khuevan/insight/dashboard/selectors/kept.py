"""Snapshots kept while nothing behind them has changed: officers of one unit share one count.

The key holds everything an answer depends on: the reach, the scope, and the number of the newest
version of each table counted. A version written before another one but committed after it could
hide behind it, so nothing is kept longer than `SECONDS`.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from typing import get_args

from khuevan.insight.dashboard.selectors.history import YearBefore, year_ago
from khuevan.insight.dashboard.selectors.snapshot import Scope, Snapshot, take_snapshot
from khuevan.kernel.actor import Actor, AnchorKind
from khuevan.kernel.memo import Memo
from khuevan.platform.accounts.api import Person
from khuevan.platform.audit.api import newest_versions
from khuevan.platform.organizations.api import OrgUnitVersion
from khuevan.registry.schools.api import HomeroomClass, School, SchoolVersion
from khuevan.registry.staff.api import VIEW_STAFF, Appointment
from khuevan.registry.students.api import COUNT_STUDENTS, ClassPlacement, Enrollment, Guardianship

SECONDS = 30
COUNTED = (
    Enrollment,
    ClassPlacement,
    Person,
    Guardianship,
    HomeroomClass,
    School,
    SchoolVersion,
    OrgUnitVersion,
    Appointment,
)
_snapshots: Memo[Snapshot] = Memo(size=16, seconds=SECONDS)
_years_before: Memo[YearBefore | None] = Memo(size=16, seconds=SECONDS)


def snapshot_now(*, actor: Actor, scope: Scope, now: datetime) -> Snapshot:
    """Return what is true of the scope: one query when nothing changed since the last count."""
    return _snapshots.get(
        _key(actor, scope), lambda: take_snapshot(actor=actor, scope=scope, now=now)
    )


def year_before_now(*, actor: Actor, snapshot: Snapshot) -> YearBefore | None:
    """Return `year_ago` of a snapshot, counted once for each."""
    key = (_key(actor, snapshot.scope), snapshot.taken_at)
    return _years_before.get(key, lambda: year_ago(actor=actor, snapshot=snapshot))


def forget_all() -> None:
    """Count anew from now on, in this process."""
    _snapshots.clear()
    _years_before.clear()


def _key(actor: Actor, scope: Scope) -> Hashable:
    reach = tuple(
        actor.reach(permission, kind)
        for permission in (COUNT_STUDENTS, VIEW_STAFF)
        for kind in get_args(AnchorKind)
    )
    return (reach, actor.today, scope, newest_versions(*COUNTED))
