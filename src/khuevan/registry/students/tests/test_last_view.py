"""What a school saw on the last day: opened read-only, masked, noted; nothing newer leaks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_guardian_data

from khuevan.platform.audit.api import RecordView
from khuevan.registry.students import actions
from khuevan.registry.students.lastview import Frozen
from khuevan.registry.students.models import Enrollment, LastView

NUMBER = "042315000482"


def leave(cast: Cast, days: int = 0, **changes: Any) -> Enrollment:
    return actions.end_enrollment(
        actor=actor_of(cast.loan),
        uuid=cast.minh_anh.uuid,
        on=TODAY + timedelta(days=days),
        now=NOW,
        **{"exit_kind": "ABROAD", **changes},
    )


def correct(cast: Cast, **changes: Any) -> None:
    cast.minh_anh.person.refresh_from_db()
    actions.correct_student(
        actor=EVERYTHING,
        uuid=cast.minh_anh.uuid,
        version=cast.minh_anh.person.version,
        changes=changes,
        now=NOW,
    )


def opened(client: Client, by: Any, row: Enrollment) -> str:
    url = reverse("students:former", args=[row.uuid])
    return str(client.sign_in(by).get(url).content.decode())


def test_the_office_opens_what_it_saw_and_nothing_newer(cast: Cast, client: Client) -> None:
    gone = leave(cast, went_to="Trường THCS Ninh Hải")
    correct(
        cast,
        full_name="Phạm Hoàng Minh Anh",
        guardians=(make_guardian_data("Trịnh Thu Hường", phone="0987000111"),),
    )
    page = opened(client, cast.loan, gone)
    assert "Phạm Minh Anh" in page
    assert "Trường THCS Ninh Hải" in page
    assert "09 ••• 318" in page
    assert "0912345318" not in page
    assert "Hoàng Minh Anh" not in page
    assert "0987000111" not in page
    listed = reverse("students:former_list", args=[cast.school_a.code])
    names = client.get(listed).content.decode()
    assert "Phạm Minh Anh" in names
    assert "Hoàng Minh Anh" not in names


def test_private_facts_are_masked_and_showing_them_is_noted(cast: Cast, client: Client) -> None:
    gone = leave(cast)
    assert NUMBER not in opened(client, cast.loan, gone).replace(" ", "")
    url = reverse("students:former_sensitive", args=[gone.uuid])
    shown = client.post(url).content.decode()
    assert "0912345318" in shown
    assert NUMBER in shown.replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    rows = RecordView.objects.unscoped(because="a test").filter(
        person_id=cast.minh_anh.person_id, unit_id=cast.school_a.pk
    )
    assert {"former", "sensitive"} <= set(rows.values_list("what", flat=True))


def test_programs_get_the_same_without_private_facts(cast: Cast, client: Client) -> None:
    gone = leave(cast)
    answer = client.sign_in(cast.loan).get(f"/api/v1/former-pupils/{gone.uuid}")
    assert answer.json()["full_name"] == "Phạm Minh Anh"
    assert NUMBER not in answer.content.decode()


def test_before_the_last_day_it_is_closed_and_takes_in_what_is_corrected(
    cast: Cast, client: Client
) -> None:
    gone = leave(cast, days=3)
    url = reverse("students:former", args=[gone.uuid])
    assert client.sign_in(cast.loan).get(url).status_code == 404
    correct(cast, full_name="Phạm Hoàng Minh Anh")
    view = LastView.objects.unscoped(because="a test").get(enrollment=gone)
    assert Frozen.model_validate(view.data).full_name == "Phạm Hoàng Minh Anh"


@pytest.mark.parametrize("who", ["mai", "lan", "toan", "hoa", "huong"])
def test_nobody_else_opens_it(cast: Cast, client: Client, who: str) -> None:
    gone = leave(cast)
    url = reverse("students:former", args=[gone.uuid])
    assert client.sign_in(getattr(cast, who)).get(url).status_code == 404


def test_a_leaving_that_is_taken_back_leaves_no_view(cast: Cast) -> None:
    gone = leave(cast)
    actions.undo_leaving(actor=actor_of(cast.loan), enrollment_uuid=gone.uuid, now=NOW)
    assert not LastView.objects.unscoped(because="a test").exists()


def test_a_death_is_told_with_care(cast: Cast, client: Client) -> None:
    gone = leave(cast, exit_kind="DECEASED")
    page = opened(client, cast.loan, gone)
    assert "không gửi tin nào cho gia đình" in page
    assert "Rút lại việc rời trường" not in page
