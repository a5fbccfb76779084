"""Decisions on schools that were recorded wrongly are put right, or withdrawn with all they did."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_class, make_province, make_school

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.audit.api import AuditEntry
from khuevan.platform.organizations.api import Handed, OrgUnit, successors_of, version_of
from khuevan.registry.authority.tests.test_founding import DAY, SIGNED, a_school, school_of
from khuevan.registry.schools.actions import (
    change_facts,
    close_school,
    correct_decision,
    open_school,
    permit_operation,
    withdraw_decision,
)
from khuevan.registry.schools.api import School, SchoolFacts, school_decisions, school_facts
from khuevan.registry.schools.facts import versions_of
from khuevan.registry.schools.models import Campus, HomeroomClass, Room, SchoolDecision

pytestmark = pytest.mark.django_db
BOTH = SchoolFacts("PRIMARY_LOWER_SECONDARY", ("TH", "THCS"))
WHY: dict[str, Any] = {"reason": "Nhập nhầm", "now": NOW}


def refusal_of(call: Any, **said: Any) -> str:
    """Return the code of the refusal of a call."""
    with pytest.raises(DomainError) as refused:
        call(**said)
    return refused.value.code


def converted(cast: Cast, number: str = "413/QĐ-UBND") -> tuple[School, SchoolDecision]:
    """Return a school of the commune that became one of two levels today."""
    school = a_school(cast)
    signed = replace(SIGNED, number=number)
    change_facts(
        actor=actor_of(cast.hoa), school_id=school.pk, facts=BOTH, on=TODAY, signed=signed, now=NOW
    )
    return school, school_decisions(school.pk)[0]


def test_a_mistyped_decision_is_corrected_with_what_names_it(cast: Cast) -> None:
    school, one = converted(cast)
    hoa = actor_of(cast.hoa)
    right = replace(
        SIGNED, number="431/QĐ-UBND", on=TODAY - DAY, form="KT", position="Phó Chủ tịch"
    )
    correct_decision(actor=hoa, uuid=one.uuid, signed=right, **WHY)
    (paper, _founding) = sorted(school_decisions(school.pk), key=lambda row: row.matter)
    assert (paper.number, paper.decided_on, paper.signed_as) == ("431/QĐ-UBND", TODAY - DAY, "KT")
    assert (paper.confidence, paper.counts_from) == ("FROM_MEMORY", TODAY)
    assert school_facts(school.pk, on=TODAY).decision == "431/QĐ-UBND"
    assert (
        AuditEntry.objects.unscoped(because="a test")
        .filter(code="schools.decision_corrected")
        .count()
        == 1
    )
    told: dict[str, Any] = {"uuid": one.uuid, "signed": right, "now": NOW}
    assert refusal_of(correct_decision, actor=hoa, reason=" ", **told) == "schools.reason_needed"
    late = {**told, "signed": replace(right, on=TODAY + DAY), "reason": "x"}
    assert refusal_of(correct_decision, actor=hoa, **late) == "schools.decision_to_come"
    other = {**told, "signed": replace(right, position="Giám đốc"), "reason": "x"}
    assert refusal_of(correct_decision, actor=hoa, **other) == "organizations.position_unfit"
    with pytest.raises(NotFound):
        correct_decision(actor=actor_of(cast.mai), reason="x", **told)


def test_a_conversion_goes_with_its_decision(cast: Cast) -> None:
    school, one = converted(cast)
    make_class("6A", school=school, grade="6")
    hoa = actor_of(cast.hoa)
    assert (
        refusal_of(withdraw_decision, actor=hoa, uuid=one.uuid, **WHY)
        == "schools.level_still_taught"
    )
    HomeroomClass.objects.unscoped(because="a test").filter(school=school).delete()
    withdraw_decision(actor=hoa, uuid=one.uuid, **WHY)
    assert school_facts(school.pk, on=TODAY).levels == ("TH",)
    assert versions_of(school.pk)[0].ends_on is None
    assert [row.matter for row in school_decisions(school.pk)] == ["FOUND"]
    with pytest.raises(NotFound):
        withdraw_decision(actor=hoa, uuid=one.uuid, **WHY)
    converted_again = change_facts(
        actor=hoa, school_id=school.pk, facts=BOTH, on=TODAY, now=NOW,
        signed=replace(SIGNED, number="413/QĐ-UBND"),
    )  # fmt: skip
    assert converted_again.starts_on == TODAY


def test_what_rests_on_a_conversion_is_told(cast: Cast) -> None:
    school, one = converted(cast)
    later = replace(SIGNED, number="500/QĐ-UBND")
    hoa = actor_of(cast.hoa)
    change_facts(
        actor=hoa, school_id=school.pk, facts=replace(BOTH, boarding="DAY"),
        on=TODAY + DAY, signed=later, now=NOW,
    )  # fmt: skip
    assert school_decisions(school.pk)[0].matter == "OTHER"
    assert refusal_of(withdraw_decision, actor=hoa, uuid=one.uuid, **WHY) == "schools.rests_on_it"


def test_a_merged_school_is_open_as_before(cast: Cast, client: Client) -> None:
    school = a_school(cast)
    close_school(
        actor=actor_of(cast.hoa), school_id=school.pk, on=TODAY, signed=SIGNED, now=NOW,
        successor=cast.primary,
    )  # fmt: skip
    (one,) = [row for row in school_decisions(school.pk) if row.matter == "MERGE"]
    client.sign_in(cast.hoa)
    page = client.get(reverse("schools:facts", args=[school.code]))
    assert reverse("schools:decision_withdraw", args=[school.code, one.uuid]) in str(page.content)
    url = f"/api/v1/schools/{school.code}/decisions/{one.uuid}"
    right = {
        "number": "9/QĐ-UBND", "decided_on": f"{TODAY}", "signer": "Trần Văn Ký",
        "signer_position": "Chủ tịch", "signed_as": "HEAD", "reason": "Sai số",
    }  # fmt: skip
    told = client.post(f"{url}/corrections", right, content_type="application/json")
    assert (told.status_code, told.json()["number"]) == (200, "9/QĐ-UBND")
    ended = version_of(school.pk, on=TODAY - DAY)
    assert ended is not None
    assert ended.ended_by is not None
    assert ended.ended_by.number == "9/QĐ-UBND"
    answer = client.post(
        f"{url}/withdraw", {"reason": "Nhập nhầm trường"}, content_type="application/json"
    )
    assert answer.status_code == 204
    school.refresh_from_db()
    place = version_of(school.pk, on=TODAY)
    assert (school.closed_on, place is not None) == (None, True)
    assert not successors_of(school.pk, handed=Handed.REGISTERS)
    rows = Campus.objects.unscoped(because="a test").filter(school=school)
    assert [row.ends_on for row in rows] == [None]
    (paper, _founding) = sorted(
        client.get(f"/api/v1/schools/{school.code}/decisions").json(),
        key=lambda row: not row["is_withdrawn"],
    )
    assert paper["withdrawn_because"] == "Nhập nhầm trường"


def test_what_ended_by_itself_stays_ended(cast: Cast) -> None:
    school = a_school(cast)
    closed = TODAY + timedelta(days=8)
    main = Campus.objects.unscoped(because="a test").get(school=school)
    ends = {"A1": closed, "A2": closed + 30 * DAY, "A3": None}
    rooms = Room.objects.unscoped(because="a test").filter(school=school)
    Room.objects.bulk_create(
        Room(school=school, campus=main, name=name, match_name=name.lower(), starts_on=TODAY,
             ends_on=end)
        for name, end in ends.items()
    )  # fmt: skip
    hoa = actor_of(cast.hoa)
    close_school(actor=hoa, school_id=school.pk, on=closed, signed=SIGNED, now=NOW)
    assert set(rooms.values_list("ends_on", flat=True)) == {closed}
    (one,) = [row for row in school_decisions(school.pk) if row.matter == "DISSOLVE"]
    withdraw_decision(actor=hoa, uuid=one.uuid, **WHY)
    assert dict(rooms.values_list("name", "ends_on")) == ends
    main.refresh_from_db()
    assert main.ends_on is None


def test_a_coming_school_goes_away_with_its_founding(cast: Cast, client: Client) -> None:
    opens = TODAY + timedelta(days=30)
    hoa = actor_of(cast.hoa)
    school = open_school(actor=hoa, data=school_of(cast), starts_on=opens, now=NOW)
    (one,) = school_decisions(school.pk)
    client.sign_in(cast.hoa)
    answer = client.post(
        f"/api/v1/schools/{school.code}/close",
        {
            "number": "9/QĐ-UBND", "decided_on": f"{TODAY}", "signer": "Trần Văn Ký",
            "signer_position": "Chủ tịch", "signed_as": "HEAD", "on": f"{opens}",
        },
        content_type="application/json",
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (409, "schools.opens_later")
    url = reverse("schools:decision_withdraw", args=[school.code, one.uuid])
    assert client.get(url).status_code == 200
    assert client.post(url, {"reason": "Theo Quyết định 9/QĐ-UBND"}).status_code == 302
    assert not OrgUnit.objects.filter(code=school.code).exists()
    assert client.get(reverse("schools:school", args=[school.code])).status_code == 404
    entry = AuditEntry.objects.unscoped(because="a test").get(code="schools.founding_revoked")
    assert "9/QĐ-UBND" in entry.details["reason"]
    again = open_school(actor=hoa, data=school_of(cast), starts_on=TODAY, now=NOW)
    (founding,) = school_decisions(again.pk)
    assert (
        refusal_of(withdraw_decision, actor=hoa, uuid=founding.uuid, **WHY)
        == "schools.school_is_open"
    )


def test_one_permission_to_operate_holds_at_a_time(cast: Cast, client: Client) -> None:
    school = a_school(cast)
    told: dict[str, Any] = {"actor": actor_of(cast.hoa), "school_id": school.pk, "now": NOW}
    permit_operation(**told, on=TODAY, signed=replace(SIGNED, number="88/QĐ-UBND"))
    permit_operation(**told, on=TODAY + DAY, signed=replace(SIGNED, number="89/QĐ-UBND"))
    client.sign_in(cast.hoa)
    rows = client.get(reverse("schools:facts", args=[school.code])).context["decisions"]
    assert {row.one.number: row.until for row in rows if row.one.matter == "OPERATE"} == {
        "88/QĐ-UBND": TODAY + DAY,
        "89/QĐ-UBND": None,
    }


def test_a_school_merges_into_one_of_its_level(cast: Cast) -> None:
    school = a_school(cast)
    upper = make_school(
        "Trường THPT Một", commune=make_province(), levels=("THPT",), school_type="UPPER_SECONDARY"
    )
    told: dict[str, Any] = {"school_id": school.pk, "on": TODAY, "signed": SIGNED, "now": NOW}
    assert (
        refusal_of(close_school, actor=EVERYTHING, successor=upper, **told)
        == "schools.successor_teaches_other"
    )


def test_a_signature_typed_for_a_lesser_change_is_kept_or_refused(
    cast: Cast, client: Client
) -> None:
    school = a_school(cast)
    client.sign_in(cast.hoa)
    url = reverse("schools:facts_change", args=[school.code])
    said = {
        "on": f"{TODAY:%d/%m/%Y}", "school_type": "PRIMARY", "levels": ["TH"],
        "ownership": "PUBLIC", "boarding": "NONE", "national_standard": "1",
        "signed_as": "HEAD", "signer": "Lê Thị Ký", "signer_position": "Giám đốc",
    }  # fmt: skip
    assert client.post(url, said).status_code == 422
    whole = {**said, "number": "77/QĐ-SGDĐT", "decided_on": f"{TODAY:%d/%m/%Y}"}
    assert client.post(url, whole).status_code == 302
    paper = school_decisions(school.pk)[0]
    assert (paper.matter, paper.number, paper.signer) == ("OTHER", "77/QĐ-SGDĐT", "Lê Thị Ký")


def test_a_public_school_made_private_is_decided_and_said_to_be_unsure(
    cast: Cast, client: Client
) -> None:
    school = a_school(cast)
    client.sign_in(cast.hoa)
    form = client.get(reverse("schools:facts_change", args=[school.code])).context["form"]
    assert "tư thục" in form.fields["ownership"].help_text
    private = SchoolFacts("PRIMARY", ("TH",), ownership="PRIVATE")
    change_facts(
        actor=actor_of(cast.hoa), school_id=school.pk, facts=private, on=TODAY, now=NOW,
        signed=SIGNED,
    )  # fmt: skip
    paper = school_decisions(school.pk)[0]
    assert (paper.matter, paper.confidence) == ("PRIVATE", "FROM_MEMORY")
    page = client.get(reverse("schools:facts", args=[school.code])).content.decode()
    assert "Chưa thấy văn bản nào" in page
