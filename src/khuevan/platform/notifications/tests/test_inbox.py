"""Telling people, and reading what was told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW

from khuevan.kernel.errors import NotFound
from khuevan.platform.jobs.api import Job, JobState
from khuevan.platform.notifications.actions import forget_old, mark_read
from khuevan.platform.notifications.api import (
    Notification,
    declare_kind,
    inbox,
    notify,
    unread_count,
)
from khuevan.platform.notifications.jobs import tell_owner

pytestmark = pytest.mark.django_db

KIND = declare_kind("tests.moved", "%(name)s moved to %(klass)s", icon="users")
PARAMS = {"name": "Phạm Minh Anh", "klass": "6B"}


def told(cast: Cast, link: str = "/students/") -> Notification:
    notify([cast.lan.pk], KIND, now=NOW, params=PARAMS, link=link)
    found = inbox(actor=actor_of(cast.lan)).first()
    assert found is not None
    return found


def test_many_are_told_at_once_and_nobody_twice(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    people = [cast.lan.pk, cast.hung.pk, cast.lan.pk]
    with django_assert_max_num_queries(4):
        assert notify(people, KIND, now=NOW, params=PARAMS) == 2
    assert unread_count(actor=actor_of(cast.lan)) == 1


def test_an_inbox_is_its_owners_alone(cast: Cast) -> None:
    one = told(cast)
    assert one.sentence == "Phạm Minh Anh moved to 6B"
    for who in (cast.hung, cast.mai, cast.binh):
        assert not inbox(actor=actor_of(who)).exists()
        with pytest.raises(NotFound):
            mark_read(actor=actor_of(who), uuid=one.uuid, now=NOW)


def test_the_bell_counts_what_is_new(cast: Cast, client: Client) -> None:
    one = told(cast)
    client.sign_in(cast.lan)
    address = reverse("notifications:inbox")
    assert 'class="count-dot">1' in client.get(address).content.decode()
    response = client.post(reverse("notifications:open", args=[one.uuid]))
    assert (response.status_code, response["Location"]) == (302, "/students/")
    assert "count-dot" not in client.get(address).content.decode()
    assert "Phạm Minh Anh moved to 6B" in client.get(address).content.decode()


def test_a_link_never_leads_elsewhere(cast: Cast, client: Client) -> None:
    one = told(cast, link="https://elsewhere.invalid/")
    response = client.sign_in(cast.lan).post(reverse("notifications:open", args=[one.uuid]))
    assert response["Location"] == reverse("notifications:inbox")


def test_all_is_marked_read(cast: Cast, client: Client) -> None:
    told(cast)
    told(cast)
    client.sign_in(cast.lan).post(reverse("notifications:read_all"))
    assert unread_count(actor=actor_of(cast.lan)) == 0


def test_a_strangers_notification_is_not_there(cast: Cast, client: Client) -> None:
    one = told(cast)
    address = reverse("notifications:open", args=[one.uuid])
    assert client.sign_in(cast.mai).post(address).status_code == 404


def test_old_lines_go(cast: Cast) -> None:
    told(cast)
    assert forget_old(now=NOW + timedelta(days=300)) == 0
    assert forget_old(now=NOW + timedelta(days=500)) == 1


@pytest.mark.parametrize(
    ("state", "seconds", "lines"),
    [
        (JobState.DONE, 3, 0),
        (JobState.DONE, 60, 1),
        (JobState.FAILED, 3, 1),
        (JobState.CANCELLED, 60, 0),
    ],
)
def test_long_or_failed_work_tells_its_owner(
    cast: Cast, state: JobState, seconds: int, lines: int
) -> None:
    job = Job.objects.create(
        kind="jobs.upkeep",
        owner=cast.lan,
        state=state,
        created_at=NOW,
        ended_at=NOW + timedelta(seconds=seconds),
    )
    tell_owner(job)
    assert unread_count(actor=actor_of(cast.lan)) == lines
