"""The draft of a decision that is printed, signed on paper, and recorded after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from tests.cast import Cast, Client
from tests.factories import TODAY

from khuevan.platform.audit.models import RecordView
from khuevan.registry.transfers import rules
from khuevan.registry.transfers.drafts import draft_of, signature_lines
from khuevan.registry.transfers.grounds import spoken_day, written_out
from khuevan.registry.transfers.kinds import Matter, Route, Side
from khuevan.registry.transfers.tests import moves
from khuevan.registry.transfers.tests.cases import accepted, decisions


@pytest.mark.parametrize(
    ("office", "form", "position", "lines"),
    [
        ("COMMUNE_CHAIR", "HEAD", "", ("CHỦ TỊCH",)),
        ("COMMUNE_CHAIR", "KT", "", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("COMMUNE_COMMITTEE", "TM", "", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")),
        ("COMMUNE_COMMITTEE", "TM_KT", "", ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("DEPARTMENT_DIRECTOR", "KT", "", ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")),
        ("DEPARTMENT", "TL", "Chánh Văn phòng", ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")),
        ("DISTRICT_OFFICE_HEAD", "HEAD", "", ("TRƯỞNG PHÒNG",)),
    ],
)
def test_what_stands_over_a_signature(
    office: str, form: str, position: str, lines: tuple[str, ...]
) -> None:
    with translation.override("vi"):
        assert signature_lines(office, form, TODAY, position) == lines


def test_days_and_offices_are_written_out() -> None:
    with translation.override("vi"):
        assert spoken_day(date(2026, 2, 5)) == "05 tháng 02 năm 2026"
        assert spoken_day(date(2002, 12, 25)) == "25 tháng 12 năm 2002"
    assert written_out("UBND xã Cẩm Bình") == "Ủy ban nhân dân xã Cẩm Bình"


def test_the_grounds_are_those_of_the_day() -> None:
    """Before the communes took over neither the law on two levels nor its circular is cited."""

    def cited(on: date, office: str) -> set[str]:
        return {
            code for code, _sure in rules.grounds("THCS", Route.OUT, [Matter.LETTER], office, on)
        }

    assert cited(date(2025, 5, 20), "DISTRICT_OFFICE_HEAD") == {"QD51-2002"}
    assert cited(date(2025, 8, 20), "COMMUNE_CHAIR") == {"QD51-2002", "TT10-2025", "L72-2025"}


def test_each_paper_of_an_office_is_laid_out_by_its_matter(cast: Cast) -> None:
    transfer = accepted(cast)
    rows = decisions(transfer)
    letter, check, exception = (draft_of(transfer, one, on=TODAY, form="HEAD", others=rows)
                                for one in rows)  # fmt: skip
    assert (letter.kind, check.kind, exception.kind) == (
        "GIẤY GIỚI THIỆU", "GIẤY GIỚI THIỆU", "QUYẾT ĐỊNH",
    )  # fmt: skip
    assert letter.organ.startswith("ỦY BAN NHÂN DÂN")
    assert letter.above == ""
    assert letter.opening.startswith("Chủ tịch Ủy ban nhân dân")
    assert (letter.signature, letter.cause) == (("CHỦ TỊCH",), "")
    assert exception.cause
    assert exception.decider.startswith("CHỦ TỊCH ỦY BAN NHÂN DÂN")
    assert any("Phạm Minh Anh" in one for one in exception.articles)
    assert [one for one in exception.grounds if one.number == "10/2025/TT-BGDĐT"][0].article == "Đ5"


def test_an_officer_of_the_office_opens_the_draft_in_the_form_chosen(
    cast: Cast, client: Client
) -> None:
    transfer = accepted(cast)
    url = reverse("transfers:draft", args=[transfer.uuid, Side.ORIGIN])
    for person in (cast.loan, cast.binh):
        assert Client().sign_in(person).get(url).status_code == 404
    page = client.sign_in(cast.hoa).get(url, {"signed_as": "KT", "signer": "Trần Thị Phó"})
    text = page.content.decode()
    for words in ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Thị Phó", "Nơi nhận:", "10/2025/TT-BGDĐT"):
        assert words in text
    case = client.get(reverse("transfers:case", args=[transfer.uuid])).content.decode()
    assert f"{url}?matter=LETTER" in case


@pytest.mark.parametrize("name", ["draft", "decide"])
def test_the_draft_and_the_form_of_a_decision_leave_a_look(
    cast: Cast, client: Client, name: str
) -> None:
    transfer = accepted(cast)
    url = reverse(f"transfers:{name}", args=[transfer.uuid, Side.ORIGIN])
    assert client.sign_in(cast.hoa).get(url).status_code == 200
    looks = RecordView.objects.unscoped(because="tests").filter(person_id=transfer.person_id or 0)
    assert looks.count() == 1


def test_a_refusal_is_drafted_as_a_notice_with_its_reason(cast: Cast, client: Client) -> None:
    transfer = accepted(cast)
    url = reverse("transfers:draft", args=[transfer.uuid, Side.ORIGIN])
    said = {"signed_as": "HEAD", "answer": "0", "reason": "Chưa đủ hồ sơ."}
    text = client.sign_in(cast.hoa).get(url, said).content.decode()
    for words in ("THÔNG BÁO", "/TB-UBND", "không đồng ý", "Lý do: Chưa đủ hồ sơ"):
        assert words in text
    assert "GIẤY GIỚI THIỆU" not in text


def test_a_text_is_cited_with_what_amends_it_and_with_its_day(cast: Cast) -> None:
    transfer = accepted(cast)
    told = draft_of(transfer, decisions(transfer)[0], on=TODAY, form="HEAD")
    cited = {one.number: one.text for one in told.grounds}
    assert "sửa đổi, bổ sung bởi Thông tư số 50/2021/TT-BGDĐT" in cited["51/2002/QĐ-BGDĐT"]
    assert "trường trung học cơ sở và trung học phổ thông" in cited["51/2002/QĐ-BGDĐT"]
    assert "ngày 12 tháng 6 năm 2025" in cited["10/2025/TT-BGDĐT"]
    assert cited["72/2025/QH15"] == (
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025"
    )


def test_a_colleagues_move_is_drafted_by_its_kind(cast: Cast) -> None:
    case = moves.agreed(cast, move="NEED")
    (one,) = decisions(case)
    told: Any = draft_of(case, one, on=TODAY, form="HEAD")
    assert told.about == "Về việc điều động viên chức"
    assert told.signature == ("GIÁM ĐỐC",)
