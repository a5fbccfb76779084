"""Numbers for those who keep the system: looks at records, actions, accounts, jobs, support."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import VIEW_USERS
from khuevan.platform.accounts.api import User
from khuevan.platform.audit.api import VIEW_RECORD_VIEWS, AuditEntry, RecordView, entries, in_words
from khuevan.platform.jobs.api import UNFINISHED, Job, JobState, unit_jobs


@dataclass(frozen=True, slots=True)
class ViewsByRole:
    """How often people of one role looked at records, and how many they were."""

    role: str
    views: int
    viewers: int


@dataclass(frozen=True, slots=True)
class LooksAtRecords:
    """Who looked at the records in reach since a day."""

    since: date
    views: int
    viewers: int
    people: int
    sensitive: int
    by_role: list[ViewsByRole]


def looks_at_records(*, actor: Actor, on: date) -> LooksAtRecords:
    """Return how often records in reach were opened this month, and by whom, by role."""
    since = on.replace(day=1)
    rows = RecordView.objects.visible_to(actor, VIEW_RECORD_VIEWS).filter(
        at__gte=clock.midnight(since)
    )
    sums = rows.aggregate(
        views=Count("pk"),
        viewers=Count("viewer_label", distinct=True),
        people=Count("person_id", distinct=True),
        sensitive=Count("pk", filter=Q(what="sensitive")),
    )
    by_role = (
        rows.values_list("viewer_role")
        .annotate(views=Count("pk"), viewers=Count("viewer_label", distinct=True))
        .order_by("-views", "viewer_role")
    )
    return LooksAtRecords(
        since,
        **sums,
        by_role=[ViewsByRole(in_words(role), views, people) for role, views, people in by_role[:6]],
    )


@dataclass(frozen=True, slots=True)
class ActionsLogged:
    """What the log of actions holds for today and the last seven days."""

    today: int
    week: int
    newest: list[AuditEntry]


def actions_logged(*, actor: Actor, on: date) -> ActionsLogged:
    """Return how many actions in reach were logged today and in seven days, and the newest."""
    rows = entries(actor=actor)
    week = rows.filter(at__gte=clock.midnight(on - timedelta(days=6)))
    return ActionsLogged(
        week.filter(at__gte=clock.midnight(on)).count(), week.count(), list(rows[:5])
    )


WATCHED = (
    "students.unmasked",
    "students.exported",
    "dashboard.names_opened",
    "access.grant.given",
)
"""What a keeper of personal data looks at first: facts shown, lists taken out, roles given."""


def watched(*, actor: Actor, on: date) -> dict[str, int]:
    """Return how often in seven days each of the watched actions was logged in reach: one query."""
    rows = entries(actor=actor).filter(
        at__gte=clock.midnight(on - timedelta(days=6)), code__in=WATCHED
    )
    found = dict(rows.order_by().values_list("code").annotate(times=Count("pk")))
    return {code: found.get(code, 0) for code in WATCHED}


@dataclass(frozen=True, slots=True)
class Accounts:
    """How many accounts there are, and in which state."""

    active: int
    waiting: int
    off: int


def accounts(*, actor: Actor) -> Accounts:
    """Return the accounts in reach by state."""
    sums = User.objects.visible_to(actor, VIEW_USERS).aggregate(
        active=Count("pk", filter=Q(is_active=True, must_change_password=False)),
        waiting=Count("pk", filter=Q(is_active=True, must_change_password=True)),
        off=Count("pk", filter=Q(is_active=False)),
    )
    return Accounts(**sums)


@dataclass(frozen=True, slots=True)
class Work:
    """Background work: what runs, what failed in seven days."""

    unfinished: int
    failed: int
    newest: list[Job]


def work(*, actor: Actor, on: date) -> Work:
    """Return the background work in reach."""
    rows = unit_jobs(actor=actor)
    failed = rows.filter(
        state=JobState.FAILED, created_at__gte=clock.midnight(on - timedelta(days=6))
    )
    return Work(rows.filter(state__in=UNFINISHED).count(), failed.count(), list(rows[:5]))
