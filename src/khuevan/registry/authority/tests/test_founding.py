"""Who founds which school, by the law of the day; a school that closed is still found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, build_signed, make_school

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.organizations.api import Signed, UnitKind, version_of
from khuevan.platform.regulations.api import load_regulations
from khuevan.registry.authority.tests.both_eras import BEFORE, THAT_DAY, make_both_eras
from khuevan.registry.schools.api import (
    AskedSchool,
    Matter,
    School,
    SchoolData,
    SchoolFacts,
    change_facts,
    close_school,
    decider_of,
    open_school,
    permit_operation,
    school_decisions,
    types_decided_by,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
SIGNED = build_signed(number="412/QĐ-UBND")


@pytest.mark.parametrize(
    ("levels", "kind", "ownership", "on", "who"),
    [
        (("TH",), "PRIMARY", "PUBLIC", THAT_DAY, "Chủ tịch UBND xã Cẩm Xuyên"),
        (("MN",), "PRESCHOOL", "PRIVATE", THAT_DAY, "Chủ tịch UBND xã Cẩm Xuyên"),
        (("THPT",), "UPPER_SECONDARY", "PUBLIC", THAT_DAY, "Chủ tịch UBND tỉnh Hà Tĩnh"),
        (("THPT",), "UPPER_SECONDARY", "PRIVATE", BEFORE, "Chủ tịch UBND tỉnh Hà Tĩnh"),
        (("MN",), "PRESCHOOL", "FOREIGN", THAT_DAY, "Chủ tịch UBND tỉnh Hà Tĩnh"),
    ],
)
def test_who_founds_a_school_to_be(
    levels: tuple[str, ...], kind: str, ownership: str, on: date, who: str
) -> None:
    province = make_both_eras()
    parent = province.department if "THPT" in levels or on < THAT_DAY else province.commune
    asked = AskedSchool(kind, levels, ownership, parent.pk, province.since.pk)
    with translation.override("vi"):
        founder = decider_of(asked, Matter.FOUNDING, on=on)
    assert founder is not None
    assert founder.who == who


def school_of(cast: Cast, **changes: object) -> SchoolData:
    place = version_of(cast.school_a.pk, on=TODAY)
    assert place is not None
    assert place.parent_id is not None
    data = SchoolData(
        "42000777", "Trường TH Mới", "TH Mới", "PRIMARY", ("TH",), place.parent_id, place.area_id,
        founding=SIGNED,
    )  # fmt: skip
    return replace(data, **changes)  # type: ignore[arg-type]


def test_a_commune_opens_what_it_founds_and_nothing_else(cast: Cast) -> None:
    load_regulations()
    hoa = actor_of(cast.hoa)

    def opened(**changes: object) -> School:
        data = school_of(cast, **changes)
        return open_school(actor=hoa, data=data, starts_on=TODAY, now=NOW)

    school = opened(ownership="PRIVATE")
    (paper,) = school_decisions(school.pk)
    assert (paper.matter, paper.number, paper.office) == ("FOUND", "412/QĐ-UBND", "COMMUNE_CHAIR")
    assert "142/2025" in paper.source
    other = {"code": "42000778", "school_type": "UPPER_SECONDARY", "levels": ("THPT",)}
    with pytest.raises(DomainError) as refused:
        opened(**other)
    assert refused.value.code == "schools.not_the_decider"
    elsewhere = version_of(cast.school_b.pk, on=TODAY)
    assert elsewhere is not None
    with pytest.raises(NotFound):
        opened(code="42000779", parent_id=elsewhere.parent_id)


@pytest.mark.parametrize(
    ("founding", "code"),
    [
        (None, "schools.decision_needed"),
        (replace(SIGNED, signer=" "), "organizations.signer_needed"),
        (replace(SIGNED, number="abc"), "organizations.number_unfit"),
        (replace(SIGNED, position="Giám đốc"), "organizations.position_unfit"),
        (replace(SIGNED, on=TODAY + timedelta(days=1)), "schools.decision_to_come"),
    ],
)
def test_a_school_opens_by_a_whole_decision(cast: Cast, founding: Signed | None, code: str) -> None:
    load_regulations()
    with pytest.raises(DomainError) as refused:
        open_school(
            actor=EVERYTHING, data=school_of(cast, founding=founding), starts_on=TODAY, now=NOW
        )
    assert refused.value.code == code


def test_the_department_puts_a_communes_school_under_that_commune(cast: Cast) -> None:
    load_regulations()
    other = version_of(cast.school_b.pk, on=TODAY)
    assert other is not None
    data = school_of(cast, school_type="UPPER_SECONDARY", levels=("THPT",))
    with pytest.raises(DomainError) as refused:
        open_school(actor=EVERYTHING, data=data, starts_on=TODAY, now=NOW)
    assert refused.value.code == "schools.managed_by_founder"


def test_a_closed_school_is_found_the_day_after(cast: Cast, client: Client) -> None:
    place = version_of(cast.school_a.pk, on=TODAY)
    assert place is not None
    assert place.parent is not None
    closed = make_school("Trường TH Đã Sáp Nhập", code="42000555", commune=place.parent)
    close_school(
        actor=EVERYTHING, school_id=closed.pk, on=TODAY, signed=SIGNED, now=NOW,
        successor=cast.school_a,
    )  # fmt: skip
    for person, sees in ((cast.binh, True), (cast.hoa, True), (cast.mai, False)):
        client.sign_in(person)
        page = client.get(reverse("schools:school", args=["42000555"]))
        assert page.status_code == (200 if sees else 404), person
    client.sign_in(cast.hoa)
    page = client.get(reverse("schools:school", args=["42000555"]))
    assert "đã giải thể" in page.content.decode()
    listed = client.get(reverse("schools:list"), {"closed": "1"}).context["table"]
    assert [row.label for row in listed.rows] == ["Trường TH Đã Sáp Nhập"]
    assert "42000555" not in client.get(reverse("schools:list")).content.decode()


def a_school(cast: Cast, **changes: object) -> School:
    """Return a school that the commune of school A founded."""
    load_regulations()
    return open_school(
        actor=EVERYTHING,
        data=school_of(cast, **changes, founding=replace(SIGNED, on=TODAY - DAY)),
        starts_on=TODAY - DAY,
        now=NOW,
    )


def test_a_commune_dissolves_what_it_founds_and_nobody_else_there(cast: Cast) -> None:
    school = a_school(cast)
    said: dict[str, Any] = {"school_id": school.pk, "on": TODAY, "now": NOW}
    for person in (cast.hung, cast.mai):
        with pytest.raises(NotFound):
            close_school(actor=actor_of(person), signed=SIGNED, **said)
    with pytest.raises(DomainError) as refused:
        close_school(actor=actor_of(cast.hoa), signed=None, **said)
    assert refused.value.code == "schools.decision_needed"
    with pytest.raises(DomainError) as refused:
        close_school(actor=actor_of(cast.hoa), signed=replace(SIGNED, form="KT"), **said)
    assert refused.value.code == "organizations.position_unfit"
    close_school(actor=actor_of(cast.hoa), signed=SIGNED, **said)
    paper, founding = school_decisions(school.pk)
    assert (paper.matter, paper.office, founding.matter) == ("DISSOLVE", "COMMUNE_CHAIR", "FOUND")
    assert "125/2024" in paper.source


def test_a_commune_does_not_make_a_school_what_the_province_founds(cast: Cast) -> None:
    school = a_school(cast, ownership="PRIVATE")
    upper = SchoolFacts("MULTI_LEVEL", ("TH", "THPT"), ownership="PRIVATE")
    told: dict[str, Any] = {"school_id": school.pk, "on": TODAY, "now": NOW}
    with translation.override("vi"), pytest.raises(DomainError, match="Chủ tịch UBND tỉnh"):
        change_facts(actor=actor_of(cast.hoa), facts=upper, signed=SIGNED, **told)
    both = SchoolFacts("PRIMARY_LOWER_SECONDARY", ("TH", "THCS"), ownership="PRIVATE")
    with pytest.raises(DomainError) as refused:
        change_facts(actor=actor_of(cast.hoa), facts=both, **told)
    assert refused.value.code == "schools.decision_needed"
    changed = change_facts(actor=actor_of(cast.hoa), facts=both, signed=SIGNED, **told)
    assert changed.decision == SIGNED.number
    assert school_decisions(school.pk)[0].matter == "CONVERT"


def test_the_commune_permits_its_schools_to_operate_once(cast: Cast, client: Client) -> None:
    school = a_school(cast)
    permit = replace(SIGNED, number="88/QĐ-UBND")
    told: dict[str, Any] = {"school_id": school.pk, "on": TODAY, "signed": permit, "now": NOW}
    permit_operation(actor=actor_of(cast.hoa), **told)
    with pytest.raises(DomainError) as refused:
        permit_operation(actor=actor_of(cast.hoa), **told)
    assert refused.value.code == "schools.permitted_already"
    client.sign_in(cast.hoa)
    page = client.get(reverse("schools:facts", args=[school.code])).content.decode()
    assert "88/QĐ-UBND" in page
    (paper, _founding) = client.get(f"/api/v1/schools/{school.code}/decisions").json()
    assert (paper["matter"], paper["office"]) == ("OPERATE", "COMMUNE_CHAIR")


def test_a_school_that_opens_later_is_seen_but_not_counted(cast: Cast, client: Client) -> None:
    load_regulations()
    opens = TODAY + timedelta(days=30)
    school = open_school(actor=actor_of(cast.hoa), data=school_of(cast), starts_on=opens, now=NOW)
    client.sign_in(cast.hoa)
    page = client.get(reverse("schools:school", args=[school.code]))
    assert page.context["notice"]
    assert f"{opens:%d/%m/%Y}" in page.content.decode()
    assert client.get(reverse("schools:facts", args=[school.code])).status_code == 200
    listed = client.get(reverse("schools:list"), {"coming": "1"}).context["table"]
    assert [row.label for row in listed.rows] == ["Trường TH Mới"]
    assert school.code not in client.get(reverse("schools:list")).content.decode()
    (told,) = client.get("/api/v1/schools", {"state": "coming"}).json()["items"]
    assert (told["code"], told["opens_on"]) == (school.code, f"{opens}")
    assert school.code not in client.get("/api/v1/schools").content.decode()
    assert (
        client.sign_in(cast.mai).get(reverse("schools:school", args=[school.code])).status_code
        == 404
    )


def test_what_a_commune_is_offered_follows_from_the_law() -> None:
    make_both_eras()
    offered = types_decided_by(UnitKind.COMMUNE, Matter.FOUNDING, on=THAT_DAY)
    assert {"PRIMARY", "LOWER_SECONDARY", "PRESCHOOL", "ETHNIC_BOARDING"} <= set(offered)
    assert not {"UPPER_SECONDARY", "GIFTED", "COLLEGE", "MULTI_LEVEL"} & set(offered)
    assert types_decided_by(UnitKind.COMMUNE, Matter.FOUNDING, on=BEFORE) == [
        "INDEPENDENT_PRESCHOOL"
    ]
