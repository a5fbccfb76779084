"""The pages of transfers: clerks of both schools, the commune's officer, the mother."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import TODAY, make_grant, make_person, make_school

from khuevan.platform.audit.api import RecordView
from khuevan.platform.organizations.api import manager_on
from khuevan.registry.transfers.forms import PlaceForm, ReceiveForm
from khuevan.registry.transfers.kinds import Side, State
from khuevan.registry.transfers.models import Transfer
from khuevan.registry.transfers.tests import moves
from khuevan.registry.transfers.tests.cases import (
    NUMBER,
    accepted,
    again,
    asked,
    clerk_of,
    received,
    released,
)

DAY = f"{TODAY:%d/%m/%Y}"


def url(name: str, *args: Any) -> str:
    return reverse(f"transfers:{name}", args=args)


def test_a_clerk_asks_for_a_pupil_by_the_parents_request(cast: Cast, client: Client) -> None:
    client.sign_in(clerk_of(cast.school_b))
    told = {
        "full_name": "Phạm Minh Anh",
        "birth_date": "18/07/2015",
        "number": NUMBER,
        "school": cast.school_a.code,
        "moves_on": DAY,
        "reason": "Gia đình chuyển nơi ở",
    }
    response = client.post(url("come", cast.school_b.code), {**told, "number": "042315000483"})
    assert response.status_code == 422
    response = client.post(url("come", cast.school_b.code), told)
    assert response.status_code == 302
    page = client.get(response.headers["Location"]).content.decode()
    assert "Phạm Minh Anh" in page
    assert NUMBER not in page


def test_the_old_school_has_to_be_named(cast: Cast, client: Client) -> None:
    client.sign_in(clerk_of(cast.school_b))
    page = client.get(url("come", cast.school_b.code))
    assert page.context["form"].fields["school"].required
    response = client.post(url("come", cast.school_b.code), {"school": ""})
    assert response.status_code == 422
    assert response.context["form"].errors["school"] == response.context["form"].errors["full_name"]
    summary = response.content.decode().split('class="summary"')[1].split("</h2>")[0]
    assert str(response.context["title"]) not in summary


def test_a_school_named_twice_is_chosen_from_a_list(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    told = {"where": "INSIDE", "moves_on": DAY, "reason": "Chuyển nơi ở"}
    page = url("leave", cast.minh_anh.uuid)
    second = make_school("Trường THCS Ninh Hải 2", code="42000509")
    make_school("Trường Tiểu học Ninh Hải", code="42000508", levels=("TH",), school_type="PRIMARY")
    response = client.post(page, {**told, "school": "ninh hải"})
    assert response.status_code == 422
    offered = [code for code, _name in response.context["form"].fields["school_code"].choices]
    assert offered == [cast.school_b.code, second.code]
    told |= {"school": "ninh hải", "school_code": second.code}
    assert client.post(page, told).status_code == 302


def test_the_form_of_leaving_leads_back_to_the_record(cast: Cast, client: Client) -> None:
    client.sign_in(cast.loan)
    page = client.get(url("leave", cast.minh_anh.uuid))
    assert page.context["back_url"] == reverse("students:record", args=[cast.minh_anh.uuid])


def test_a_class_is_needed_to_place_and_not_to_receive() -> None:
    rooms: list[Any] = []
    assert not ReceiveForm(rooms=rooms, level="THCS").fields["room"].required
    assert PlaceForm(rooms=rooms).fields["room"].required


def test_the_whole_way_over_the_pages(cast: Cast, client: Client) -> None:
    old, new = client, Client()
    old.sign_in(cast.loan)
    new.sign_in(clerk_of(cast.school_b))
    told = {"where": "INSIDE", "school": cast.school_b.code, "moves_on": DAY, "reason": "Chuyển"}
    case_url = old.post(url("leave", cast.minh_anh.uuid), told).headers["Location"]
    uuid = case_url.rstrip("/").split("/")[-1]
    assert new.post(url("accept", uuid), {"note": ""}).status_code == 302
    hoa = Client().sign_in(cast.hoa)
    decision = {
        "is_granted": "1", "number": "5/GT-UBND", "decided_on": DAY, "signed_as": "HEAD",
        "signer": "Trần Văn Ký", "signer_position": "Chủ tịch",
    }  # fmt: skip
    assert hoa.post(url("decide", uuid, Side.ORIGIN), decision).status_code == 302
    assert hoa.get(url("decide", uuid, Side.DESTINATION)).status_code == 404
    binh = Client().sign_in(cast.binh)
    assert binh.get(url("decide", uuid, Side.DESTINATION)).status_code == 404
    other = make_person("Lý Thị Xã")
    make_grant(other, "commune_officer", unit=manager_on(cast.school_b.pk, on=TODAY).unit)
    signed = {**decision, "signed_as": "TM"}
    officer, exception = Client().sign_in(other), "?matter=EXCEPTION"
    assert officer.post(url("decide", uuid, Side.DESTINATION), decision).status_code == 422
    assert officer.post(url("decide", uuid, Side.DESTINATION), signed).status_code == 302
    page = url("decide", uuid, Side.DESTINATION) + exception
    assert officer.post(page, signed).status_code == 422
    assert officer.post(page, decision).status_code == 302
    listed = officer.get(url("decided")).content.decode()
    assert listed.count("Phạm Minh Anh") >= 2
    assert "Phạm Minh Anh" not in binh.get(url("decided")).content.decode()
    refused = old.post(url("release", uuid), {"on": DAY})
    assert refused.status_code == 422
    for paper in ("REQUEST", "REPORT_CARD", "SCHOOL_LETTER", "BIRTH_CERTIFICATE"):
        assert old.post(url("paper", uuid), {"paper": paper}).status_code == 302
    assert old.post(url("release", uuid), {"on": DAY}).status_code == 302
    rooms = {"on": DAY, "room": str(cast.class_b.uuid)}
    assert new.post(url("receive", uuid), rooms).status_code == 302
    assert Transfer.objects.unscoped(because="a test looks").get(uuid=uuid).state == State.PLACED
    record = reverse("students:record", args=[cast.minh_anh.uuid])
    assert new.get(record).status_code == 200
    assert old.get(record).status_code == 404


def test_whose_turn_it_is_reads_as_ones_own(cast: Cast, client: Client) -> None:
    case = url("case", asked(cast).uuid)
    here, there = Client().sign_in(clerk_of(cast.school_b)), client.sign_in(cast.loan)
    for page in (case, url("board")):
        assert "Đến lượt trường anh/chị" in here.get(page).content.decode()
        assert "Đến lượt" not in there.get(page).content.decode()
    assert "Đang chờ <strong>trường nơi đến</strong>" in there.get(case).content.decode()


def test_an_office_reads_its_turn_and_who_else_is_waited_for(cast: Cast, client: Client) -> None:
    client.sign_in(cast.hoa)
    case = client.get(url("case", accepted(cast).uuid)).content.decode()
    assert "Đến lượt cơ quan anh/chị" in case
    assert "Cũng đang chờ cơ quan quản lý nơi đến" in case


def test_an_open_case_stands_on_the_pupils_record_and_leads_there(
    cast: Cast, client: Client
) -> None:
    record = reverse("students:record", args=[cast.minh_anh.uuid])
    leave = url("leave", cast.minh_anh.uuid)
    client.sign_in(cast.loan)
    assert leave in client.get(record).content.decode()
    case = url("case", asked(cast).uuid)
    page = client.get(record).content.decode()
    assert case in page
    assert leave not in page
    assert record in client.get(case).content.decode()
    assert case not in client.sign_in(cast.lan).get(record).content.decode()


def test_the_board_asks_who_is_to_leave(cast: Cast, client: Client) -> None:
    page, leave = url("board"), url("leave", cast.minh_anh.uuid)
    client.sign_in(cast.loan)
    assert f"{page}?leaving=1" in client.get(page).content.decode()
    for words in ("minh anh", NUMBER):
        assert leave in client.get(page, {"leaving": "1", "pupil": words}).content.decode()
    assert leave not in client.get(page, {"leaving": "1", "pupil": "khoa"}).content.decode()
    case = url("case", asked(cast).uuid)
    told = client.get(page, {"leaving": "1", "pupil": "minh anh"}).content.decode()
    assert case in told
    assert leave not in told
    told = (
        client.sign_in(cast.hoa).get(page, {"leaving": "1", "pupil": "minh anh"}).content.decode()
    )
    assert leave not in told


def test_what_travels_opens_after_the_reception_only(cast: Cast, client: Client) -> None:
    client.sign_in(clerk_of(cast.school_b))
    page = client.get(url("case", released(cast).uuid))
    assert page.status_code == 200
    before = page.content.decode()
    assert cast.minh_anh.person.full_name in before
    assert "Trịnh Thu Hường" not in before


def looks(cast: Cast) -> list[tuple[str, str, str]]:
    rows = RecordView.objects.unscoped(because="a test reads")
    rows = rows.filter(person_id=cast.minh_anh.person_id)
    return list(rows.order_by("pk").values_list("viewer_label", "what", "purpose"))


def test_the_whole_number_is_for_the_new_school_alone(cast: Cast, client: Client) -> None:
    page = url("case", received(cast).uuid)
    clerk = clerk_of(cast.school_b, "Hồ Thị Tiếp")
    for person, is_full in ((clerk, True), (cast.hung, False), (cast.hoa, False)):
        shown = client.sign_in(person).get(page).content.decode()
        assert (NUMBER in shown, "042315 ••• 482" in shown) == (is_full, not is_full)
    assert ("Hồ Thị Tiếp", "sensitive", "TRANSFER") in looks(cast)


def test_looks_from_outside_the_pupils_school_are_noted_with_their_purpose(
    cast: Cast, client: Client
) -> None:
    case = accepted(cast)
    page = url("case", case.uuid)
    for person in (cast.loan, cast.huong):
        assert client.sign_in(person).get(page).status_code == 200
    assert looks(cast) == []
    for person in (clerk_of(cast.school_b), cast.hoa):
        client.sign_in(person).get(page)
    assert [one[1:] for one in looks(cast)] == [("transfer", "TRANSFER")] * 2
    asked_first = client.sign_in(cast.binh).get(page)
    assert asked_first.headers["Location"] == url("purpose", case.uuid)
    assert client.get(url("purpose", case.uuid)).status_code == 200
    client.post(url("purpose", case.uuid), {"purpose": "INSPECTION", "note": ""})
    assert client.get(page).status_code == 200
    assert looks(cast)[-1] == (cast.binh.full_name, "transfer", "INSPECTION")


def test_the_new_school_reads_what_travelled(cast: Cast, client: Client) -> None:
    client.sign_in(clerk_of(cast.school_b))
    page = client.get(url("case", received(cast).uuid))
    assert page.status_code == 200
    after = page.content.decode()
    assert "Trịnh Thu Hường" in after


def test_both_boards_show_the_gap(cast: Cast, client: Client) -> None:
    released(cast)
    for person in (cast.loan, clerk_of(cast.school_b)):
        page = client.sign_in(person).get(url("board")).content.decode()
        assert "không thuộc trường nào" in page


def test_a_mother_asks_and_takes_her_wish_back(cast: Cast, client: Client) -> None:
    client.sign_in(cast.huong)
    told = {"where": "INSIDE", "school": cast.school_b.code, "moves_on": DAY, "reason": "Chuyển"}
    response = client.post(url("wish", cast.minh_anh.uuid), told)
    assert response.status_code == 302
    case = Transfer.objects.unscoped(because="a test looks").get()
    assert case.asked_by == Side.FAMILY
    assert client.get(url("board")).status_code == 200
    page = client.get(url("case", case.uuid)).content.decode()
    assert url("withdraw_wish", case.uuid) in page
    assert client.post(url("withdraw_wish", case.uuid), {"reason": "Đổi ý"}).status_code == 302
    assert again(case).state == State.WITHDRAWN


def test_a_third_school_sees_nothing(cast: Cast, client: Client) -> None:
    transfer = accepted(cast)
    client.sign_in(clerk_of(cast.primary, "Bùi Thị Lạ"))
    assert client.get(url("case", transfer.uuid)).status_code == 404
    assert "Phạm Minh Anh" not in client.get(url("board")).content.decode()
    assert "Phạm Minh Anh" not in client.get(url("list")).content.decode()


def test_the_list_has_what_the_board_has(cast: Cast, client: Client) -> None:
    asked(cast)
    client.sign_in(cast.loan)
    for query in ("", "?open=1", "?out=1", "?state=REQUESTED"):
        assert "Phạm Minh Anh" in client.get(url("list") + query).content.decode()
    for query in ("?late=1", "?in=1", "?gap=1", "?mine=1"):
        assert "Phạm Minh Anh" not in client.get(url("list") + query).content.decode()


def test_a_colleagues_whole_way_over_the_pages(cast: Cast, client: Client) -> None:
    lan, old, new = Client().sign_in(cast.lan), client, Client()
    old.sign_in(cast.loan)
    new.sign_in(clerk_of(cast.school_b))
    told = {
        "where": "INSIDE", "school": cast.school_b.code, "position": "TEACHER", "moves_on": DAY,
        "reason": "Hợp lý hóa gia đình",
    }  # fmt: skip
    assert "Ninh Hải" not in lan.get(reverse("transfers:own")).content.decode()
    uuid = lan.post(reverse("transfers:own_ask"), told).headers["Location"].split("/")[-2]
    assert lan.get(reverse("transfers:own_case", args=[uuid])).status_code == 200
    assert lan.get(url("staff_case", uuid)).status_code == 404
    assert old.get(reverse("transfers:staff_board")).status_code == 200
    for client_of in (old, new):
        assert client_of.post(url("staff_accept", uuid), {"note": ""}).status_code == 302
    thanh = Client().sign_in(cast.thanh)
    decision = {
        "is_granted": "1", "number": "5/QĐ-SGDĐT", "decided_on": DAY, "signed_as": "HEAD",
        "signer": cast.thanh.full_name, "signer_position": "Giám đốc",
    }  # fmt: skip
    assert thanh.post(url("staff_decide", uuid, Side.ORIGIN), decision).status_code == 422
    assert old.post(url("staff_paper", uuid), {"paper": "APPLICATION"}).status_code == 302
    assert thanh.post(url("staff_decide", uuid, Side.ORIGIN), decision).status_code == 302
    assert old.post(url("staff_release", uuid), {"on": DAY}).status_code == 302
    assert new.post(url("staff_receive", uuid), {"on": DAY}).status_code == 302
    assert "5/QĐ-SGDĐT" in new.get(url("staff_case", uuid)).content.decode()


def test_the_pupils_pages_know_nothing_of_a_colleagues_case(cast: Cast, client: Client) -> None:
    case = moves.asked(cast)
    client.sign_in(cast.loan)
    for name in ("case", "accept", "withdraw", "release", "paper"):
        assert client.get(url(name, case.uuid)).status_code == 404
    assert client.get(url("staff_case", case.uuid)).status_code == 200
