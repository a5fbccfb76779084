"""From the clerk's round to the reason that a mother reads, over the pages."""

from __future__ import annotations

from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Client
from tests.factories import EVERYTHING, NOW, TODAY, make_staff

from khuevan.platform.sheets.api import read_workbook
from khuevan.registry.choices import actions
from khuevan.registry.choices.list_rules import Known, LineFaultKind, read_list
from khuevan.registry.choices.models import ChoiceRound, CombinationChange
from khuevan.registry.choices.tests.build import Upper, make_upper, open_now
from khuevan.registry.choices.tests.test_rounds import mother_of
from khuevan.ui.formats import day

ONE_DAY = timedelta(days=1)


@pytest.fixture
def upper(db: None, pinned_day: None) -> Upper:
    """Make the school."""
    return make_upper()


def text(client: Client, address: str) -> str:
    """Return a page."""
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def post(client: Client, address: str, **data: Any) -> None:
    """Send a form that is taken."""
    assert client.post(address, data).status_code == 302, address


def moved_back(one: ChoiceRound) -> None:
    """Let a round have ended yesterday."""
    one.starts_on, one.ends_on = TODAY - 3 * ONE_DAY, TODAY
    one.save(update_fields=["starts_on", "ends_on"])


def test_a_mother_ranks_and_reads_why(upper: Upper, tmp_path: Path) -> None:
    school, pupil = upper.school, upper.pupils[0]
    first, second = upper.combinations
    clerk = Client().sign_in(make_staff("Phan Thị Loan", school=school, position="CLERK").person)
    one = open_now(upper)
    page = reverse("choices:round", args=[school.code, one.uuid])
    mother = Client().sign_in(mother_of(pupil))
    own = reverse("family:choices", args=[pupil.uuid])
    assert "đăng ký đến hết" in text(mother, reverse("family:home"))
    assert one.seed not in text(mother, own)
    post(mother, own, round=one.uuid, wish_1=first.pk, wish_2=second.pk)
    bad = mother.post(own, {"round": one.uuid, "wish_1": first.pk, "wish_2": first.pk})
    assert bad.status_code == 422
    assert mother.post(own, {"round": "?"}).status_code == 404
    assert "Chưa đăng ký (3)" in text(clerk, page)
    lines = [
        f"{room.name};{one_pupil.person.full_name};;{points};Tổ hợp 1"
        for room, one_pupil, points in zip(
            (*upper.rooms, upper.rooms[0]), upper.pupils[:3], ("20", "30,5", "40"), strict=True
        )
    ]
    lines[0] = lines[0].rsplit(";", 1)[0]
    post(clerk, reverse("choices:list", args=[school.code, one.uuid]), lines="\n".join(lines))
    moved_back(one)
    post(clerk, reverse("choices:compute", args=[school.code, one.uuid]))
    assert "Công bố kết quả" not in text(clerk, page)
    assert "Kết quả sẽ hiện khi nhà trường công bố" in text(mother, own)
    actions.publish_result(actor=EVERYTHING, uuid=one.uuid, takes_effect_on=TODAY, now=NOW)
    told = text(mother, own)
    assert "Nguyện vọng 1 (Tổ hợp 1) đã hết 2 chỗ: xếp thứ 3" in told
    assert "Được nguyện vọng 2 (Tổ hợp 2)" in told
    assert upper.pupils[1].person.full_name not in told
    response = clerk.get(reverse("choices:file", args=[school.code, one.uuid]))
    (tmp_path / "out.xlsx").write_bytes(response.content)
    (sheet,) = read_workbook(tmp_path / "out.xlsx").sheets
    assert any("Lê Văn An" in str(row) and "Tổ hợp 2" in str(row) for row in sheet.rows)


def test_lines_that_cannot_be_read_are_told_by_number() -> None:
    pupils = [
        Known(1, "10A1", "Lê Văn An", day(TODAY)),
        Known(2, "10A1", "Lê Văn An", ""),
        Known(3, "10A2", "Hồ Thị Bình", ""),
    ]
    text_ = "\n".join(
        [
            "Lớp;Họ và tên;Ngày sinh;Điểm;NV1",
            f"10A1;lê văn an;{day(TODAY)};38,25;Tổ hợp 2;Tổ hợp 1",
            "10A1;Lê Văn An;;1",
            "10A2;Hồ Thị Bình;;mười",
            "10A2;Hồ Thị Bình;;;Tổ hợp 9",
            "10A2;Hồ Thị Bình;;;Tổ hợp 1;Tổ hợp 1",
            "10A2;Ai Đó;;;",
            "10A2;Hồ Thị Bình;;;",
            "10A2;Hồ Thị Bình;;;",
        ]
    )
    lines, faults = read_list(text_, pupils, {"Tổ hợp 1": 11, "Tổ hợp 2": 12}, 3)
    assert [(one.student_id, one.wishes) for one in lines] == [(1, (12, 11)), (2, None), (3, None)]
    assert [(one.number, one.kind) for one in faults] == [
        (4, LineFaultKind.POINTS),
        (5, LineFaultKind.COMBINATION),
        (6, LineFaultKind.WISHES),
        (7, LineFaultKind.NOBODY),
        (9, LineFaultKind.TWICE),
    ]


def test_approving_over_the_places_asks_the_principal_why(upper: Upper) -> None:
    full, pupils = upper.combinations[0], upper.pupils
    full.capacity = 1
    full.save(update_fields=["capacity"])
    principal = Client().sign_in(
        make_staff("Hà Văn Hiệu", school=upper.school, position="PRINCIPAL").person
    )
    pages = [reverse("choices:change", args=[one.uuid]) for one in pupils[:2]]
    for page in pages:
        post(principal, page, after=full.uuid, on=day(TODAY), reason="Gia đình đề nghị")
    first, second = CombinationChange.objects.unscoped(because="a test").order_by("pk")
    assert "đã hết chỗ" not in text(principal, pages[0])
    post(principal, reverse("choices:decide", args=[first.uuid]), answer="yes")
    assert "đã hết chỗ" in text(principal, pages[1])
    decide = reverse("choices:decide", args=[second.uuid])
    response = principal.post(decide, {"answer": "yes", "over_reason": "  "}, follow=True)
    assert "đã đủ chỗ: 1/1" in response.content.decode()
    post(principal, decide, answer="yes", over_reason="Hai chị em sinh đôi")
    assert "Hai chị em sinh đôi" in text(principal, pages[1])


def test_a_result_computed_again_since_it_was_seen_is_not_published(upper: Upper) -> None:
    one = open_now(upper)
    moved_back(one)
    actions.compute_result(actor=EVERYTHING, uuid=one.uuid, now=NOW)
    principal = Client().sign_in(
        make_staff("Hà Văn Hiệu", school=upper.school, position="PRINCIPAL").person
    )
    page = reverse("choices:round", args=[upper.school.code, one.uuid])
    first, second = (at.astimezone(UTC).isoformat() for at in (NOW, NOW + ONE_DAY))
    assert first in text(principal, page)
    actions.compute_result(actor=EVERYTHING, uuid=one.uuid, now=NOW + ONE_DAY)
    publish = reverse("choices:publish", args=[upper.school.code, one.uuid])
    said = {"takes_effect_on": day(TODAY), "seen": first}
    refused = principal.post(publish, said)
    assert refused.status_code == 422
    assert "xếp lại" in refused.content.decode()
    assert second in refused.content.decode()
    one.refresh_from_db()
    assert one.published_at is None
    post(principal, publish, **{**said, "seen": second})
