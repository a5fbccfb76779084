"""Panels of the home pages: a school's figures, a teacher's classes, the keepers' numbers."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from khuevan.insight.dashboard import charts
from khuevan.insight.dashboard.asked import figure_address, own_classes_of, snapshot_of
from khuevan.insight.dashboard.links import class_address, student_address
from khuevan.insight.dashboard.opened import fact_names
from khuevan.insight.dashboard.rules import Totals
from khuevan.insight.dashboard.selectors import year_before_now
from khuevan.insight.dashboard.selectors.own import OwnClass
from khuevan.insight.dashboard.selectors.places import ClassPlace, SchoolPlace
from khuevan.insight.dashboard.selectors.upkeep import (
    accounts,
    actions_logged,
    looks_at_records,
    watched,
    work,
)
from khuevan.insight.dashboard.tasks import MOST_IMPORTS, import_note
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.access.api import support_sessions
from khuevan.platform.audit.api import sentence_of, who_of
from khuevan.platform.jobs.api import is_worker_alive
from khuevan.platform.organizations.api import version_of
from khuevan.platform.sheets.api import imports
from khuevan.ui.formats import day, moment, number
from khuevan.ui.health import database_answers, migrations_applied
from khuevan.ui.request import Request

MOST_NAMES = 8
MOST_SESSIONS = 5


def school_figures(request: Request) -> dict[str, Any] | None:
    """Return the figures of one's school, each opening to its rows."""
    actor, snapshot = _actor(request), snapshot_of(request)
    to = partial(figure_address, scope=snapshot.scope, today=actor.today)
    before = year_before_now(actor=actor, snapshot=snapshot)
    change = snapshot.total.pupils - before.pupils if before else None
    since = day(before.on) if before else ""
    return {"kpis": charts.kpis(snapshot, to=to, change=change, since=since)}


def classes_by_grade(request: Request) -> dict[str, Any] | None:
    """Return the classes of one's school in lines by grade, those over the norm marked."""
    grades: dict[tuple[int, str], list[tuple[SchoolPlace, ClassPlace, Totals]]] = {}
    for school, at, totals in snapshot_of(request).classes:
        grades.setdefault((at.position, at.grade), []).append((school, at, totals))
    lines = [
        {
            "grade": name,
            "pupils": sum(totals.pupils for _school, _at, totals in found),
            "classes": [_class_chip(*one) for one in found],
        }
        for (_position, name), found in sorted(grades.items())
    ]
    return {"lines": lines}


def homeroom_card(request: Request) -> dict[str, Any] | None:
    """Return the classes a teacher is in charge of, with the records that lack something."""
    found = [_own_class(one) for one in own_classes_of(request) if one.is_homeroom]
    return {"homerooms": found} if found else None


def taught_card(request: Request) -> dict[str, Any] | None:
    """Return the classes a teacher teaches."""
    found = own_classes_of(request)
    taught = [_own_class(one) for one in found if one.subjects]
    return {"taught": taught, "has_none": not found}


def imports_card(request: Request) -> dict[str, Any] | None:
    """Return the newest lists that were loaded, with where they stand."""
    rows = [
        {
            "name": one.file_name,
            "url": reverse("sheets:import", args=[one.uuid]),
            "state": one.get_state_display(),
            "note": import_note(one),
            "at": moment(timezone.localtime(one.ended_at or one.created_at)),
        }
        for one in imports(actor=_actor(request))[:MOST_IMPORTS]
    ]
    return {"imports": rows, "url": reverse("sheets:index")}


def looks_card(request: Request) -> dict[str, Any] | None:
    """Return who looked at pupils' records this month."""
    actor = _actor(request)
    return {"looks": looks_at_records(actor=actor, on=actor.today)}


def actions_card(request: Request) -> dict[str, Any] | None:
    """Return the newest actions in the log."""
    actor = _actor(request)
    logged = actions_logged(actor=actor, on=actor.today)
    events = [
        {
            "when": timezone.localtime(entry.at).strftime("%H:%M"),
            "time": timezone.localtime(entry.at).strftime("%d/%m"),
            "icon": "history",
            "title": sentence_of(entry),
            "text": who_of(entry),
        }
        for entry in logged.newest
    ]
    return {"logged": logged, "events": events, "url": reverse("audit:list")}


def watched_card(request: Request) -> dict[str, Any] | None:
    """Return how often in seven days personal data left its place, each opening to its entries."""
    actor = _actor(request)
    labels = {
        "students.unmasked": _("Sensitive data shown"),
        "students.exported": _("Lists of pupils exported"),
        "dashboard.names_opened": _("Names behind figures opened"),
        "access.grant.given": _("Roles given"),
    }
    since = day(actor.today - timedelta(days=6))
    kpis = [
        {
            "label": labels[code],
            "value": number(times),
            "basis": _("times since %(day)s") % {"day": since},
            "url": f"{reverse('audit:list')}?{urlencode({'code': code, 'since': since})}",
        }
        for code, times in watched(actor=actor, on=actor.today).items()
    ]
    return {"kpis": kpis}


def accounts_card(request: Request) -> dict[str, Any] | None:
    """Return how many accounts there are, each number opening to its accounts."""
    found = accounts(actor=_actor(request))
    users = reverse("access:users")
    kpis = [
        {
            "label": label,
            "value": number(count),
            "basis": basis,
            "url": f"{users}?state={state}",
        }
        for label, count, basis, state in (
            (_("Accounts in use"), found.active, _("have chosen their own password"), "active"),
            (
                _("Waiting for the first sign-in"),
                found.waiting,
                _("must choose a password"),
                "new",
            ),
            (_("Deactivated"), found.off, _("cannot sign in"), "inactive"),
        )
    ]
    return {"kpis": kpis}


def work_card(request: Request) -> dict[str, Any] | None:
    """Return background work: what runs and what failed."""
    actor = _actor(request)
    found = work(actor=actor, on=actor.today)
    jobs = [
        {
            "title": job.title,
            "url": reverse("jobs:detail", args=[job.uuid]),
            "state": job.get_state_display(),
            "at": moment(timezone.localtime(job.created_at)),
        }
        for job in found.newest
    ]
    return {"work": found, "jobs": jobs, "jobs_url": reverse("jobs:list")}


def health_card(request: Request) -> dict[str, Any] | None:
    """Return whether the parts of the system answer."""
    checks = (
        (_("Database"), database_answers()),
        (_("Tables are current"), migrations_applied()),
        (_("Worker for background work"), is_worker_alive()),
    )
    return {"checks": [{"label": label, "is_well": well} for label, well in checks]}


def support_card(request: Request) -> dict[str, Any] | None:
    """Return the support sessions open now, each a hat to put on."""
    actor = request.actor
    sessions = [
        {"unit": _unit_name(hat.unit_id, actor), "url": reverse("access:hat", args=[hat.key])}
        for hat in actor.hats
        if hat.key.startswith("session-")
    ]
    return {"sessions": sessions, "url": reverse("access:open_support")}


def recent_support_card(request: Request) -> dict[str, Any] | None:
    """Return the support sessions opened last, with why and until when."""
    actor, now = _actor(request), clock.now()
    found = list(support_sessions(actor=actor)[:MOST_SESSIONS])
    rows = [
        {
            "unit": _unit_name(one.unit_id, actor),
            "reason": one.reason,
            "at": moment(one.opened_at),
            "is_open": one.closed_at is None and one.expires_at > now,
        }
        for one in found
    ]
    return {"sessions": rows, "url": reverse("access:support")}


def _actor(request: Request) -> Actor:
    actor: Actor = request.actor
    return actor


def _class_chip(school: SchoolPlace, at: ClassPlace, totals: Totals) -> dict[str, Any]:
    return {
        "name": at.name,
        "size": totals.pupils,
        "norm": at.norm,
        "is_over": bool(totals.over_norm),
        "url": class_address(school.code, at.uuid),
    }


def _own_class(one: OwnClass) -> dict[str, Any]:
    boys = one.size - one.girls
    return {
        "name": one.name,
        "url": class_address(one.school_code, one.uuid),
        "size": one.size,
        "sexes": _("%(girls)s girls, %(boys)s boys") % {"girls": one.girls, "boys": boys},
        "subjects": ", ".join(one.subjects),
        "lacking": [
            {"name": p.name, "url": student_address(p.student_uuid), "lacks": fact_names(p.lacks)}
            for p in one.lacking[:MOST_NAMES]
        ],
        "lacking_count": len(one.lacking),
        "more": _more(len(one.lacking) - MOST_NAMES),
    }


def _more(count: int) -> str:
    if count <= 0:
        return ""
    return ngettext("and %(count)s more pupil", "and %(count)s more pupils", count) % {
        "count": number(count)
    }


def _unit_name(unit_id: int | None, actor: Actor) -> str:
    version = version_of(unit_id, on=actor.today) if unit_id else None
    return version.short_name if version else ""
