"""Who founds which school, by the law of the day; a school that closed is still found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation
from tests.cast import Cast, Client, actor_of
from tests.factories import EVERYTHING, NOW, TODAY, make_school

from khuevan.kernel.errors import DomainError, NotFound
from khuevan.platform.organizations.api import version_of
from khuevan.platform.regulations.api import load_regulations
from khuevan.registry.authority.tests.both_eras import BEFORE, THAT_DAY, make_both_eras
from khuevan.registry.schools.api import (
    Founded,
    FoundingDecision,
    School,
    SchoolData,
    close_school,
    founder_of,
    open_school,
)

pytestmark = pytest.mark.django_db
SIGNED = FoundingDecision("412/QĐ-UBND", TODAY, "Chủ tịch UBND xã")


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
    asked = Founded(kind, levels, ownership, parent.pk, province.since.pk)
    with translation.override("vi"):
        founder = founder_of(asked, on=on)
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
    assert (school.founding_number, school.founding_signed_by) == (
        "412/QĐ-UBND",
        "Chủ tịch UBND xã",
    )
    other = {"code": "42000778", "school_type": "UPPER_SECONDARY", "levels": ("THPT",)}
    with pytest.raises(DomainError) as refused:
        opened(**other)
    assert refused.value.code == "schools.not_the_founder"
    elsewhere = version_of(cast.school_b.pk, on=TODAY)
    assert elsewhere is not None
    with pytest.raises(NotFound):
        opened(code="42000779", parent_id=elsewhere.parent_id)


@pytest.mark.parametrize(
    ("founding", "code"),
    [
        (None, "schools.founding_needed"),
        (replace(SIGNED, signed_by=" "), "schools.founding_needed"),
        (replace(SIGNED, signed_on=TODAY + timedelta(days=1)), "schools.founding_not_signed"),
    ],
)
def test_a_school_opens_by_a_whole_decision(
    cast: Cast, founding: FoundingDecision | None, code: str
) -> None:
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
        actor=EVERYTHING, school_id=closed.pk, on=TODAY, decision="9/QĐ", now=NOW,
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
