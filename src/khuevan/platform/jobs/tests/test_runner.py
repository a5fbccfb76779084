"""How a job ends, run inside the test's own transaction."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.db import connection, transaction

from khuevan.platform.access.api import GrantActor
from khuevan.platform.access.models import Grant
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.files.tests.factories import NOW, TODAY, make_actor, make_person, make_unit
from khuevan.platform.jobs.api import (
    VIEW_JOBS,
    Job,
    JobFinished,
    JobState,
    finished,
    run_job,
    start_job,
    stop_job,
)
from khuevan.platform.jobs.runner import MOST_ATTEMPTS
from khuevan.platform.jobs.tests import sample_jobs
from khuevan.platform.organizations.api import OrgUnit
from khuevan.ui.logs import JsonFormatter

pytestmark = pytest.mark.django_db

FILE = {"file": "khối 6.xlsx"}


def started(
    kind: str = "tests.units",
    *,
    actor: GrantActor | None = None,
    unit: OrgUnit | None = None,
    title_params: dict[str, str] | None = None,
    **params: Any,
) -> Job:
    return start_job(
        kind,
        actor=actor or make_actor(make_person()),
        now=NOW,
        unit_id=unit.pk if unit else None,
        params=params,
        title_params=title_params,
    )


def after(job: Job) -> Job:
    return Job.objects.unscoped(because="tests look at what came out").get(pk=job.pk)


def queued(job: Job) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job.queue_id])
        return str(cursor.fetchone()[0])


def test_a_job_runs_to_its_end_with_a_result() -> None:
    job = started(prefix="A", count=3, title_params=FILE)
    run_job(job.pk)
    job = after(job)
    assert (job.state, job.done, job.total, job.message) == (JobState.DONE, 3, 3, "3 units")
    assert (job.result_url, job.attempt) == ("/units/", 1)
    assert job.title == "Units from khối 6.xlsx"
    assert OrgUnit.objects.filter(code__startswith="A").count() == 3


def test_a_finished_job_is_not_run_twice() -> None:
    job = started(prefix="B")
    run_job(job.pk)
    run_job(job.pk)
    assert after(job).attempt == 1
    assert OrgUnit.objects.filter(code__startswith="B").count() == 3


def test_a_part_done_says_so() -> None:
    job = started("tests.partial")
    run_job(job.pk)
    assert (after(job).state, after(job).percent) == (JobState.PARTIAL, 96)


def test_a_refusal_ends_with_its_sentence() -> None:
    job = started("tests.refused", prefix="C")
    run_job(job.pk)
    assert (after(job).state, after(job).error) == (JobState.FAILED, "Row 17 cannot be read.")
    assert not OrgUnit.objects.filter(code__startswith="C").exists()


def test_a_bug_ends_with_a_number_and_no_personal_data_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    job = started("tests.broken", prefix="D")
    with caplog.at_level(logging.ERROR, logger="khuevan.jobs"):
        run_job(job.pk)
    assert after(job).state == JobState.FAILED
    assert after(job).incident is not None
    assert after(job).error == ""
    (line,) = (one for one in caplog.records if one.name == "khuevan.jobs")
    assert vars(line)["incident"] == after(job).incident
    assert "034215004118" not in JsonFormatter().format(line)


def test_a_rolled_back_transaction_leaves_no_job() -> None:
    with transaction.atomic():
        started(prefix="E")
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs")
        assert cursor.fetchone() == (0,)
    assert not Job.objects.unscoped(because="tests look at what came out").exists()


def test_a_waiting_job_stops_at_once() -> None:
    actor = make_actor(make_person())
    job = started(actor=actor, prefix="F")
    stop_job(actor=actor, job=job, now=NOW)
    assert (after(job).state, queued(job)) == (JobState.CANCELLED, "cancelled")
    run_job(job.pk)
    assert not OrgUnit.objects.filter(code__startswith="F").exists()
    assert AuditEntry.objects.unscoped(because="tests").filter(code="jobs.stopped").exists()


def test_a_finished_job_cannot_be_stopped() -> None:
    actor = make_actor(make_person())
    job = started(actor=actor, prefix="G")
    run_job(job.pk)
    with pytest.raises(JobFinished):
        stop_job(actor=actor, job=job, now=NOW)


def test_a_job_asked_to_stop_before_it_was_taken_does_nothing() -> None:
    job = started(prefix="H")
    Job.objects.unscoped(because="tests").filter(pk=job.pk).update(cancel_requested=True)
    run_job(job.pk)
    assert after(job).state == JobState.CANCELLED
    assert not OrgUnit.objects.filter(code__startswith="H").exists()


def test_a_job_interrupted_too_often_is_given_up() -> None:
    job = started(prefix="I")
    Job.objects.unscoped(because="tests").filter(pk=job.pk).update(
        state=JobState.RUNNING, attempt=MOST_ATTEMPTS
    )
    run_job(job.pk)
    assert after(job).state == JobState.FAILED
    assert after(job).error
    assert not OrgUnit.objects.filter(code__startswith="I").exists()


def test_a_job_does_nothing_once_its_owner_lost_the_role(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("khuevan.platform.jobs.runner.clock.today", lambda: TODAY)
    person, unit = make_person(), make_unit()
    job = started(actor=make_actor(person, VIEW_JOBS, unit=unit), unit=unit, prefix="K")
    Grant.objects.unscoped(because="tests").filter(person=person).update(ends_on=TODAY)
    run_job(job.pk)
    assert after(job).state == JobState.FAILED
    assert not OrgUnit.objects.filter(code__startswith="K").exists()


def test_what_a_job_writes_is_logged_under_its_number() -> None:
    person = make_person()
    job = started(actor=make_actor(person), prefix="L")
    run_job(job.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pgh_context->>'request' FROM organizations_orgunitevent")
        assert (str(job.uuid),) in cursor.fetchall()


def test_listeners_hear_how_a_job_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    monkeypatch.setitem(finished._items, "tests", lambda job: heard.append(job.state))
    run_job(started(prefix="M").pk)
    run_job(started("tests.refused", prefix="N").pk)
    assert heard == [JobState.DONE, JobState.FAILED]


def test_sample_jobs_are_the_ones_registered() -> None:
    assert sample_jobs.units.__module__ == sample_jobs.__name__
