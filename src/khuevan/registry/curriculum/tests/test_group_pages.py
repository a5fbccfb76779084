"""Teaching groups by hand: made, filled a class at a time, given, changed, dissolved over pages."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import EVERYTHING, NOW, TODAY, make_staff, make_student

from khuevan.registry.curriculum import actions
from khuevan.registry.curriculum.models import GroupPupil, TeachingGroup
from khuevan.registry.staff.api import TeachingAssignment
from khuevan.ui.formats import day

MORE = 12


@pytest.fixture
def principal(cast: Cast, pinned_day: None) -> Client:
    """Sign the principal in, with informatics in the plans of 6A and 6B."""
    for room in (cast.class_6a, cast.class_6b):
        actions.plan_subject(
            actor=EVERYTHING,
            class_uuid=room.uuid,
            subject_name="Tin học",
            kind="OPTIONAL",
            weeks=[2] * 35,
            now=NOW,
        )
    return Client().sign_in(cast.hung)


def text(client: Client, address: str) -> str:
    """Return a page."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def url(cast: Cast, name: str, group: TeachingGroup | None = None) -> str:
    """Return the address of a page of school A."""
    args = [cast.school_a.code] + ([group.uuid] if group else [])
    return reverse(f"curriculum:{name}", args=args)


def made(client: Client, cast: Cast, *rooms: Any, name: str = "Tin 1") -> TeachingGroup:
    """Make a group over the page."""
    said = {"name": name, "subject": "OPTIONAL|Tin học", "rooms": [room.pk for room in rooms]}
    response = client.post(f"{url(cast, 'group_add')}?grade=6", said)
    assert response.status_code == 302, response.content.decode()
    return TeachingGroup.objects.unscoped(because="a test").get(name=name)


def inside(group: TeachingGroup) -> set[int]:
    """Return who is in a group today."""
    rows = GroupPupil.objects.unscoped(because="a test").filter(group=group, starts_on__lte=TODAY)
    return set(rows.filter(ends_on__gt=TODAY).values_list("student_id", flat=True))


def taught(group: TeachingGroup, on: Any = TODAY) -> set[str]:
    """Return the classes that somebody teaches informatics on a day."""
    rows = TeachingAssignment.objects.unscoped(because="a test").filter(subject_name="Tin học")
    standing = [one for one in rows if one.ends_on is None or one.ends_on > on]
    return {one.homeroom_class.name for one in standing}


def test_pupils_are_picked_a_class_at_a_time_and_by_name(cast: Cast, principal: Client) -> None:
    group = made(principal, cast, cast.class_6a, cast.class_6b)
    page = url(cast, "group_pupils", group)
    assert "Phạm Minh Anh" in text(principal, f"{page}?class={cast.class_6a.uuid}")
    first = {"shown": [cast.minh_anh.pk], "student": [cast.minh_anh.pk]}
    assert principal.post(f"{page}?class={cast.class_6a.uuid}", first).status_code == 302
    second = {"shown": [cast.student_6b.pk], "student": [cast.student_6b.pk]}
    assert principal.post(f"{page}?class={cast.class_6b.uuid}", second).status_code == 302
    assert inside(group) == {cast.minh_anh.pk, cast.student_6b.pk}
    found = text(principal, f"{page}?q=pham+minh")
    assert "Phạm Minh Anh" in found
    assert cast.student_6b.person.full_name not in found
    principal.post(f"{page}?q=pham+minh", {"shown": [cast.minh_anh.pk]})
    assert inside(group) == {cast.student_6b.pk}


def test_nobody_is_in_two_groups_of_a_subject(cast: Cast, principal: Client) -> None:
    one = made(principal, cast, cast.class_6a)
    two = made(principal, cast, cast.class_6a, name="Tin 2")
    picked = {"shown": [cast.minh_anh.pk], "student": [cast.minh_anh.pk]}
    principal.post(url(cast, "group_pupils", one), picked)
    assert "đang ở Tin 1" in text(principal, url(cast, "group_pupils", two))
    refused = principal.post(url(cast, "group_pupils", two), picked)  # a page of a minute ago
    assert refused.status_code == 422
    assert "Phạm Minh Anh" in refused.content.decode()
    assert inside(two) == set()


def test_a_teacher_follows_the_classes_of_the_group(cast: Cast, principal: Client) -> None:
    group = made(principal, cast, cast.class_6a)
    member = make_staff("Hồ Thị Tin", school=cast.school_a, position="TEACHER")
    given = {"member": member.uuid, "starts_on": day(TODAY)}
    assert principal.post(url(cast, "group_teacher", group), given).status_code == 302
    assert taught(group) == {"6A"}
    said = {"name": "Tin 1", "subject": "OPTIONAL|Tin học", "rooms": [cast.class_6b.pk]}
    assert principal.post(url(cast, "group", group), said).status_code == 302
    assert taught(group) == {"6B"}
    assert "Hồ Thị Tin" in text(principal, url(cast, "groups"))
    assert principal.post(url(cast, "group_end", group)).status_code == 302
    assert taught(group, TODAY + timedelta(days=1)) == set()
    assert not TeachingGroup.objects.unscoped(because="a test").exists()


def test_a_class_without_the_subject_is_told_beside_the_classes(
    cast: Cast, principal: Client
) -> None:
    said = {"name": "Tin", "subject": "OPTIONAL|Tin học", "rooms": [cast.class_7a.pk]}
    response = principal.post(f"{url(cast, 'group_add')}?grade=7", said)
    assert response.status_code == 422


def test_more_groups_and_pupils_ask_no_more_queries(
    cast: Cast, principal: Client, django_assert_max_num_queries: Any
) -> None:
    group = made(principal, cast, cast.class_6a, cast.class_6b)
    pages = [url(cast, "groups"), url(cast, "group", group), url(cast, "group_pupils", group)]
    counts = [_count(principal, page) for page in pages]
    for number in range(MORE):
        made(principal, cast, cast.class_6a, name=f"Nhóm {number}")
        make_student(f"Lê Văn {'AĂÂBCDĐEÊGHI'[number]}", homeroom_class=cast.class_6a)
    for page, count in zip(pages, counts, strict=True):
        with django_assert_max_num_queries(count):
            principal.get(page)


def _count(client: Client, page: str) -> int:
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len(queries)
