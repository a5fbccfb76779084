"""What `bench.staffing` does once Django is set up: loads the province and asks for the pages."""

from __future__ import annotations

import statistics
import sys
import time
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

from khuevan.cli.world.demo import connect_cast
from khuevan.cli.world.load import Loaded, has_schools, load_schools
from khuevan.cli.world.plan import plan_world
from khuevan.insight.staffing.upkeep import refresh
from khuevan.kernel import clock
from khuevan.kernel.actor import permissions
from khuevan.platform.access.api import OperatorActor
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY
from khuevan.platform.accounts.api import User
from khuevan.platform.audit.api import batch
from khuevan.registry.curriculum.api import bulk_fill_plans
from khuevan.registry.schools.api import School, academic_year_on

ROUNDS = 40
PAGES = {
    "by subject": "/staffing/",
    "by commune": "/staffing/?by=commune",
    "by school": "/staffing/?by=school",
    "schools of one subject": "/staffing/?level=THCS&post=To%C3%A1n&by=school",
    "subjects of one commune": "",
    "one school": "",
    "rows behind a subject": "",
}


def load_province(schools: int) -> None:
    """Load a province without pupils where there is none, plan its classes, count."""
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    actor: Any = _operator(clock.today())
    if not has_schools():
        plan = plan_world(today=clock.today(), schools=schools, pupils=schools * 466)
        with batch(actor_label=actor.label):
            _timed("schools, classes and staff", load_schools, plan, Loaded(), actor=actor,
                   now=clock.now(), say=_say)  # fmt: skip
        connect_cast(plan, actor=actor, now=clock.now(), password=None)
        year = academic_year_on(clock.today())
        _timed("plans of all classes", bulk_fill_plans, actor=actor, year=year, now=clock.now())
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    _timed("count of all schools", refresh, on=clock.today(), now=clock.now())


def ask_pages() -> float:
    """Ask for each page in turn, print its times, and return the slowest p95 in milliseconds."""
    setup_test_environment()
    user = User.objects.for_sign_in().get(username="binh")
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[SECOND_FACTOR_KEY] = user.pk
    session.save()
    rows = School.objects.unscoped(because="the benchmark looks for a school")
    code = rows.filter(versions__levels__contains=["THCS"]).order_by("code")[7].code
    commune = client.get("/api/v1/staffing/communes").json()["items"][0]["code"]
    PAGES["subjects of one commune"] = f"/staffing/?commune={commune}"
    PAGES["one school"] = f"/staffing/schools/{code}/"
    PAGES["rows behind a subject"] = f"/staffing/schools/{code}/THCS/To%C3%A1n/?without=one"
    slowest = 0.0
    for name, path in PAGES.items():
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        times = sorted(_milliseconds(client, path) for _ in range(ROUNDS))
        p95 = times[int(len(times) * 0.95)]
        slowest = max(slowest, p95)
        print(
            f"{name}: median {statistics.median(times):.0f} ms, p95 {p95:.0f} ms, "
            f"{len(answer.content) / 1024:.0f} KB"
        )
    connection.close()
    return slowest


def _milliseconds(client: Any, path: str) -> float:
    began = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - began) * 1000


def _operator(today: date) -> Any:
    return OperatorActor(
        label="bench", today=today, permissions=frozenset(one.code for one in permissions)
    )


def _timed(name: str, work: Any, *args: Any, **named: Any) -> None:
    began = time.perf_counter(), time.process_time()
    told = work(*args, **named)
    took, own = time.perf_counter() - began[0], time.process_time() - began[1]
    _say(f"{name}: {took:.1f} s, {own:.1f} s of processor in the program ({told})")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
