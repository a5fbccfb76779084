"""Background work as people see it: their own, their unit's, and never a stranger's."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW

from khuevan.platform.files.api import FileKind, declare_kind, store_content
from khuevan.platform.jobs.api import Job, JobState, run_job, start_job
from khuevan.platform.jobs.tests import sample_jobs

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
RESULT = declare_kind(FileKind("tests.jobs", "Result"))


def started(cast: Cast, kind: str = "tests.units", **params: Any) -> Job:
    return start_job(
        kind,
        actor=actor_of(cast.loan),
        now=NOW,
        unit_id=cast.school_a.pk,
        params=params or {"prefix": "W"},
        title_params={"file": "khối 6.xlsx"},
    )


def change(job: Job, **values: Any) -> None:
    Job.objects.unscoped(because="tests set a state").filter(pk=job.pk).update(**values)


def detail(job: Job) -> str:
    return reverse("jobs:detail", args=[job.uuid])


def card(job: Job) -> str:
    return reverse("jobs:card", args=[job.uuid])


def stop(job: Job) -> str:
    return reverse("jobs:stop", args=[job.uuid])


def test_my_work_is_listed_with_its_state(cast: Cast, client: Client) -> None:
    started(cast)
    html = client.sign_in(cast.loan).get(reverse("jobs:list")).content.decode()
    assert "Units from khối 6.xlsx" in html
    assert "Chờ" in html


def test_the_units_work_is_seen_by_its_principal(cast: Cast, client: Client) -> None:
    job = started(cast)
    client.sign_in(cast.hung)
    assert "khối 6" not in client.get(reverse("jobs:list")).content.decode()
    assert "khối 6" in client.get(reverse("jobs:list"), {"of": "unit"}).content.decode()
    assert client.get(detail(job)).status_code == 200


@pytest.mark.parametrize("who", ["mai", "lan", "huong"])
def test_others_find_nothing(cast: Cast, client: Client, who: str) -> None:
    job = started(cast)
    client.sign_in(getattr(cast, who))
    assert "khối 6" not in client.get(reverse("jobs:list"), {"of": "unit"}).content.decode()
    assert client.get(detail(job)).status_code == 404
    assert client.get(card(job)).status_code == 404
    assert client.post(stop(job)).status_code == 404


def test_filters_stay_in_the_address(cast: Cast, client: Client) -> None:
    change(started(cast), state=JobState.DONE)
    client.sign_in(cast.loan)
    address = reverse("jobs:list")
    assert "khối 6" in client.get(address, {"state": "DONE"}).content.decode()
    assert "khối 6" not in client.get(address, {"state": "FAILED"}).content.decode()
    assert "khối 6" in client.get(address, {"state": "NONSENSE"}).content.decode()


def test_a_running_card_renews_itself_and_an_ended_one_stops(cast: Cast, client: Client) -> None:
    job = started(cast)
    change(job, state=JobState.RUNNING, done=118, total=190, started_at=NOW, message="Lớp 9A")
    client.sign_in(cast.loan)
    running = client.get(card(job), headers=HTMX)
    html = running.content.decode()
    assert 'hx-trigger="every' in html
    assert 'hx-target="this"' in html
    assert "X-Background" in html
    assert "<html" not in html
    assert 'value="118" max="190"' in html
    assert "118" in html
    change(job, state=JobState.DONE, ended_at=NOW, message="xong")
    ended = client.get(card(job), headers=HTMX)
    assert "hx-trigger" not in ended.content.decode()
    assert json.loads(ended["HX-Trigger"])["job-finished"] == str(job.uuid)


def test_the_card_is_a_page_without_script(cast: Cast, client: Client) -> None:
    assert "<html" in client.sign_in(cast.loan).get(card(started(cast))).content.decode()


def test_i_stop_my_own_work(cast: Cast, client: Client) -> None:
    job = started(cast)
    assert client.sign_in(cast.loan).post(stop(job)).status_code == 302
    job = Job.objects.unscoped(because="tests").get(pk=job.pk)
    assert job.state == JobState.CANCELLED
    assert stop(job) not in client.get(detail(job)).content.decode()


def test_a_failure_tells_its_sentence_and_a_fault_its_number(cast: Cast, client: Client) -> None:
    refused = started(cast, kind="tests.refused", prefix="X")
    broken = started(cast, kind="tests.broken", prefix="Y")
    for job in (refused, broken):
        run_job(job.pk)
    client.sign_in(cast.loan)
    assert "Row 17 cannot be read." in client.get(detail(refused)).content.decode()
    broken = Job.objects.unscoped(because="tests").get(pk=broken.pk)
    html = client.get(detail(broken)).content.decode()
    assert str(broken.incident)[:8] in html
    assert "034215004118" not in html


def test_a_result_file_is_offered(cast: Cast, client: Client, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    job = started(cast)
    file = store_content(
        actor=actor_of(cast.loan), content=b"a", name="a.csv", kind=RESULT.code, now=NOW
    )
    change(job, state=JobState.DONE, result_file=file)
    html = client.sign_in(cast.loan).get(detail(job)).content.decode()
    assert reverse("files:download", args=[file.uuid]) in html


def test_a_long_list_costs_the_same_and_goes_on(
    cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    for _number in range(55):
        change(started(cast), state=JobState.DONE)
    client.sign_in(cast.loan)
    client.get(reverse("jobs:list"))
    with django_assert_max_num_queries(12):
        html = client.get(reverse("jobs:list")).content.decode()
    assert html.count("khối 6") == 50
    following = html.split('href="/jobs/?after=')[1].split('"')[0]
    assert client.get(f"/jobs/?after={following}").content.decode().count("khối 6") == 5


def test_nobody_signed_out_sees_a_job(cast: Cast, client: Client) -> None:
    assert client.get(detail(started(cast))).status_code in {302, 401}
    assert client.get(reverse("jobs:detail", args=[uuid4()])).status_code in {302, 401}


def test_the_samples_are_registered() -> None:
    assert sample_jobs.units.__name__ == "units"
