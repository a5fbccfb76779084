"""Whoever opens a record from outside the pupil's school says why, and the family reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import NOW, make_grant, make_person

from khuevan.kernel import clock
from khuevan.platform.access.api import Role
from khuevan.platform.access.models import SupportSession
from khuevan.platform.audit.api import AuditEntry, PurposeNeeded, PurposeUnclear, RecordView
from khuevan.registry.students import actions
from khuevan.registry.students.models import Student

TABS = ("record", "schooling", "history")
_DOTS = {"purpose": "OTHER", "note": "." * 20}
WHY = {"purpose": "INSPECTION", "note": "kế hoạch số 5"}


def reasons(student: Student) -> list[str]:
    """Return why a record was opened, in order."""
    rows = RecordView.objects.unscoped(because="a test").filter(person_id=student.person_id)
    return list(rows.order_by("pk").values_list("purpose", flat=True))


def ask(cast: Cast) -> str:
    """Return the address of the page that asks."""
    return reverse("students:purpose", args=[cast.minh_anh.uuid])


@pytest.mark.parametrize("name", ["binh", "hoa"])
def test_an_officer_is_asked_once_for_each_record(cast: Cast, client: Client, name: str) -> None:
    client.sign_in(getattr(cast, name))
    for tab in TABS:
        url = reverse(f"students:{tab}", args=[cast.minh_anh.uuid])
        answer = client.get(url)
        assert answer.status_code == 302
        assert answer["Location"].startswith(ask(cast))
        assert client.get(answer["Location"]).status_code == 200
    assert reasons(cast.minh_anh) == []
    back = client.post(answer["Location"], WHY)
    assert back["Location"] == url
    for tab in TABS:
        opened = client.get(reverse(f"students:{tab}", args=[cast.minh_anh.uuid]))
        assert opened.status_code == 200
    assert reasons(cast.minh_anh) == ["INSPECTION: kế hoạch số 5"] * 3
    other = reverse("students:record", args=[cast.student_6b.uuid])
    assert client.get(other).status_code == 302


@pytest.mark.parametrize("name", ["lan", "toan", "loan", "hung", "huong", "minh_anh"])
def test_school_and_family_are_not_asked(cast: Cast, client: Client, name: str) -> None:
    client.sign_in(getattr(cast, name))
    assert client.get(reverse("students:record", args=[cast.minh_anh.uuid])).status_code == 200
    assert client.get(ask(cast)).status_code == 302
    assert set(reasons(cast.minh_anh)) <= {""}


def test_the_page_that_asks_is_absent_for_strangers(cast: Cast, client: Client) -> None:
    for person in (cast.mai, cast.thanh, cast.hien):
        assert client.sign_in(person).get(ask(cast)).status_code == 404


def test_another_purpose_needs_words(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    for sent in (
        {},
        {"purpose": "OTHER"},
        {"purpose": "OTHER", "note": "xem"},
        _DOTS,
        {"purpose": "X"},
    ):
        assert client.post(ask(cast), sent).status_code == 422
    client.post(ask(cast), {"purpose": "OTHER", "note": "Xác nhận hộ khẩu"})
    client.get(reverse("students:record", args=[cast.minh_anh.uuid]))
    assert reasons(cast.minh_anh) == ["Xác nhận hộ khẩu"]


def test_it_is_forgotten_after_some_hours_and_with_the_sign_in(
    cast: Cast, client: Client, settings: Any
) -> None:
    url = reverse("students:record", args=[cast.minh_anh.uuid])
    client.sign_in(cast.binh).post(ask(cast), WHY)
    assert client.get(url).status_code == 200
    assert Client().sign_in(cast.binh).get(url).status_code == 302
    settings.RECORD_PURPOSE_HOURS = 0
    client.post(ask(cast), WHY)
    assert client.get(url).status_code == 302


def test_only_pages_of_the_record_are_gone_back_to(cast: Cast, client: Client) -> None:
    answer = client.sign_in(cast.binh).post(f"{ask(cast)}?next=https://example.org/", WHY)
    assert answer["Location"] == reverse("students:record", args=[cast.minh_anh.uuid])


def test_a_support_session_is_asked_too_and_its_reason_is_at_hand(
    cast: Cast, client: Client
) -> None:
    engineer = make_person("Phạm Anh Duy")
    make_grant(engineer, "support_engineer")
    session = SupportSession.objects.create(
        person=engineer,
        unit=cast.school_a.unit,
        reason="Không mở được danh sách",
        opened_at=clock.now(),
        expires_at=clock.now() + timedelta(hours=2),
    )
    client.sign_in(engineer, hat=f"session-{session.pk}")
    assert client.get(reverse("students:record", args=[cast.minh_anh.uuid])).status_code == 302
    assert "Không mở được danh sách" in client.get(ask(cast)).content.decode()


def test_a_program_names_the_purpose_or_is_refused(cast: Cast, client: Client) -> None:
    url = f"/api/v1/students/{cast.minh_anh.uuid}"
    client.sign_in(cast.binh)
    refused = client.get(url)
    assert (refused.status_code, refused.json()["code"]) == (428, "audit.purpose_needed")
    assert "?purpose=" in refused.json()["detail"]
    assert "COMPLAINT" in refused.json()["detail"]
    assert client.get(url, {"purpose": "xem"}).status_code == 422
    assert client.get(url, {"purpose": "TRANSFER"}).status_code == 200
    assert client.get(url, {"purpose": "Xác nhận hộ khẩu"}).status_code == 200
    assert reasons(cast.minh_anh) == ["TRANSFER", "Xác nhận hộ khẩu"]
    assert client.sign_in(cast.loan).get(url).status_code == 200


def test_what_was_said_on_the_page_holds_for_the_same_sign_in(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa).post(ask(cast), WHY)
    assert client.get(f"/api/v1/students/{cast.minh_anh.uuid}").status_code == 200


def test_private_facts_are_shown_for_a_purpose_that_the_log_keeps(
    cast: Cast, client: Client
) -> None:
    role = Role.objects.get(code="department_specialist")
    role.permissions = [*role.permissions, "people.sensitive:view"]
    role.save()
    client.sign_in(cast.binh)
    page = reverse("students:sensitive", args=[cast.minh_anh.uuid])
    rest = f"/api/v1/students/{cast.minh_anh.uuid}/sensitive"
    assert client.post(page)["Location"] == ask(cast)
    assert client.post(page, headers={"HX-Request": "true"})["HX-Redirect"] == ask(cast)
    assert client.post(rest).status_code == 428
    client.post(ask(cast), WHY)
    assert client.post(page).status_code == 200
    entry = AuditEntry.objects.unscoped(because="a test").get(code="students.unmasked")
    assert entry.details["purpose"] == "INSPECTION: kế hoạch số 5"


def test_actions_ask_whoever_passes_by_the_pages(cast: Cast) -> None:
    officer = actor_of(cast.binh)
    uuid = cast.minh_anh.uuid
    with pytest.raises(PurposeNeeded):
        actions.open_record(actor=officer, uuid=uuid, what="overview", now=NOW)
    for purpose in ("OTHER", "OTHER: x", "." * 20, "xem", "a" * 201):
        with pytest.raises(PurposeUnclear):
            actions.open_record(actor=officer, uuid=uuid, what="overview", now=NOW, purpose=purpose)


def test_the_way_back_leads_to_no_other_place(cast: Cast, client: Client) -> None:
    client.sign_in(cast.binh)
    own = reverse("students:record", args=[cast.minh_anh.uuid])
    other = reverse("students:record", args=[cast.student_6b.uuid])
    for wanted in (other, f"{own}../../accounts/logout/", "//example.org/", "https://example.org/"):
        answer = client.post(f"{ask(cast)}?next={wanted}", WHY)
        assert answer["Location"] == own
