"""The same work for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import override_settings
from django.urls import include, path
from ninja import NinjaAPI
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW

from khuevan.platform.jobs.api import Job, start_job
from khuevan.platform.jobs.rest import router
from khuevan.platform.jobs.tests import sample_jobs

pytestmark = pytest.mark.django_db

api = NinjaAPI(urls_namespace="tests_jobs")
api.add_router("", router.ninja)
urlpatterns = [path("api/v1/", api.urls), path("", include("khuevan.config.urls"))]


@pytest.fixture(autouse=True)
def own_routes() -> Any:
    with override_settings(ROOT_URLCONF=__name__):
        yield


def started(cast: Cast) -> Job:
    assert sample_jobs.units.__name__ == "units"
    return start_job(
        "tests.units",
        actor=actor_of(cast.loan),
        now=NOW,
        unit_id=cast.school_a.pk,
        params={"prefix": "R"},
        title_params={"file": "a.xlsx"},
    )


def test_my_jobs_page_by_page(cast: Cast, client: Client) -> None:
    jobs = [started(cast) for _number in range(51)]
    client.sign_in(cast.loan)
    first = json.loads(client.get("/api/v1/jobs").content)
    assert [one["uuid"] for one in first["items"]][0] == str(jobs[-1].uuid)
    rest = json.loads(client.get("/api/v1/jobs", {"after": first["next"]}).content)
    assert [one["uuid"] for one in rest["items"]] == [str(jobs[0].uuid)]
    assert rest["next"] is None


def test_one_job(cast: Cast, client: Client) -> None:
    job = started(cast)
    told = json.loads(client.sign_in(cast.loan).get(f"/api/v1/jobs/{job.uuid}").content)
    assert (told["state"], told["title"]) == ("QUEUED", "Units from a.xlsx")
    assert "params" not in told
    assert "owner" not in told


def test_a_strangers_job_is_not_there(cast: Cast, client: Client) -> None:
    job = started(cast)
    client.sign_in(cast.mai)
    assert client.get(f"/api/v1/jobs/{job.uuid}").status_code == 404
    assert json.loads(client.get("/api/v1/jobs").content)["items"] == []
