"""What is refused when schools are founded, corrected, permitted, merged and closed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.cast import Cast, Client
from tests.factories import (
    EVERYTHING,
    NOW,
    TODAY,
    UNITS_START,
    build_signed,
    commune_area,
    make_commune,
    make_province,
    make_school,
)

from khuevan.kernel.errors import DayOutOfRange
from khuevan.platform.areas.api import Area
from khuevan.platform.organizations.api import MoveTooEarly, OrgUnit
from khuevan.registry.schools import actions
from khuevan.registry.schools.competence import AskedSchool, Decider
from khuevan.registry.schools.deciding import (
    require_decision,
    require_under_province,
)
from khuevan.registry.schools.errors import CodeTaken, LevelStillTaught
from khuevan.registry.schools.errors_of_founding import (
    AreaElsewhere,
    AreaNeeded,
    CodeReserved,
    ConversionNotCorrection,
    MoveBeforeConversion,
    NameNeeded,
    OperatesBeforeFounding,
    PhoneUnfit,
    SuccessorIsItself,
    SuccessorNotOpen,
)
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.models import HomeroomClass, School, SchoolVersion

DAY = timedelta(days=1)
WHY = "a test"
BOTH = SchoolFacts("PRIMARY_LOWER_SECONDARY", ("TH", "THCS"))
PRIMARY = SchoolFacts("PRIMARY", ("TH",))
pytestmark = pytest.mark.django_db


def said(school: School, **changes: Any) -> dict[str, Any]:
    """Return what every action on a school is told."""
    return {"actor": EVERYTHING, "school_id": school.pk, "on": TODAY, "now": NOW, **changes}


def found(**changes: Any) -> School:
    """Open a school under the province."""
    data = actions.SchoolData(
        "42000777", "Trường TH Mới", "TH Mới", "PRIMARY", ("TH",), make_province().pk,
        commune_area().pk, founding=build_signed(),
    )  # fmt: skip
    return actions.open_school(
        actor=EVERYTHING, data=replace(data, **changes), starts_on=TODAY, now=NOW
    )


def test_a_unit_keeps_its_code_to_itself() -> None:
    commune = make_commune()
    with pytest.raises(CodeTaken):
        found(code=commune.code)
    with pytest.raises(CodeTaken):
        actions.change_code(**said(make_school()), code=commune.code, decision="")


def test_a_code_taken_meanwhile_is_told(cast: Cast) -> None:
    with pytest.raises(CodeTaken), actions.opening.code_once("1"):
        OrgUnit.objects.create(code=cast.school_a.code, kind="SCHOOL")


@pytest.mark.parametrize("code", ["new", "Found", "facilities"])
def test_words_of_addresses_are_no_codes(code: str) -> None:
    with pytest.raises(CodeReserved):
        found(code=code)


def test_a_school_has_a_name_and_a_phone_to_call() -> None:
    with pytest.raises(NameNeeded):
        found(name="\u200b")
    with pytest.raises(PhoneUnfit):
        found(phone="<script>")
    school = found(address="  12  Trần Phú ", phone="0912 345 678")
    assert (school.address, school.phone) == ("12 Trần Phú", "0912345678")


def test_a_communes_school_stands_in_it() -> None:
    here, other = Area.objects.filter(kind="COMMUNE", ends_on=None).order_by("pk")[:2]
    commune = make_commune()
    commune.versions.update(area=here)
    with pytest.raises(AreaElsewhere):
        found(parent_id=commune.pk, area_id=other.pk)
    assert found(parent_id=commune.pk, area_id=here.pk).code == "42000777"


def test_a_school_of_another_office_stands_in_a_commune() -> None:
    province = Area.objects.filter(kind="PROVINCE", ends_on=None).order_by("pk")[0]
    for area_id in (None, province.pk):
        with pytest.raises(AreaNeeded):
            found(area_id=area_id)


def test_a_school_merges_into_another_that_is_open(cast: Cast) -> None:
    school, gone = make_school("Trường THCS Một"), make_school("Trường THCS Hai")
    coming = found()
    close = said(school, signed=build_signed())
    with pytest.raises(SuccessorIsItself):
        actions.close_school(**close, successor=school)
    actions.close_school(**said(gone, signed=build_signed()))
    gone.refresh_from_db()
    with pytest.raises(SuccessorNotOpen):
        actions.close_school(**close, successor=gone)
    early = build_signed(on=TODAY - DAY)
    with pytest.raises(SuccessorNotOpen):
        actions.close_school(**{**close, "on": TODAY - DAY, "signed": early}, successor=coming)


def test_a_school_closes_after_all_that_is_written_of_it() -> None:
    school = make_school()
    later = said(school, on=TODAY + DAY)
    actions.change_code(**later, code="42000778", decision="")
    with pytest.raises(MoveTooEarly):
        actions.close_school(**said(school, signed=build_signed()))
    school.closed_on = TODAY
    school.save()
    assert actions.take_up_codes(actor=EVERYTHING, on=TODAY + DAY, now=NOW) == 0


def test_a_conversion_is_no_correction(cast: Cast) -> None:
    with pytest.raises(ConversionNotCorrection):
        actions.correct_facts(**said(cast.school_a), facts=BOTH, reason="Nhập nhầm")
    new = found()
    actions.correct_facts(**said(new), facts=BOTH, reason="Nhập nhầm")


def test_a_school_operates_once_it_is_founded() -> None:
    school = make_school()
    early = UNITS_START - DAY
    with pytest.raises(OperatesBeforeFounding):
        actions.permit_operation(**said(school, on=early), signed=build_signed(on=early))
    with pytest.raises(OperatesBeforeFounding):
        actions.permit_operation(**said(school), signed=build_signed(on=early))


def test_a_commune_keeps_no_school_of_the_province() -> None:
    commune, province = make_commune(), make_province()
    asked = AskedSchool("MULTI_LEVEL", ("TH", "THPT"), "PRIVATE", commune.pk, None)
    founder = Decider("Chủ tịch UBND tỉnh", province.pk, province.kind, "", "")
    with pytest.raises(MoveBeforeConversion):
        require_under_province(asked, founder)
    require_under_province(replace(asked, parent_id=province.pk), founder)


def test_nobody_signed_in_the_year_one() -> None:
    with pytest.raises(DayOutOfRange):
        require_decision(build_signed(on=date(1, 1, 1)), counts_from=TODAY, today=TODAY)


def test_a_class_that_closes_later_keeps_its_level(cast: Cast) -> None:
    rows = HomeroomClass.objects.unscoped(because=WHY).filter(school=cast.school_a)
    rows.update(closed_on=TODAY + 9 * DAY)
    with pytest.raises(LevelStillTaught):
        actions.change_facts(**said(cast.school_a), facts=PRIMARY, signed=build_signed())


def test_why_a_coming_school_does_not_close_is_told(cast: Cast, client: Client) -> None:
    school = make_school("Trường THCS Sắp Mở", since=TODAY)
    SchoolVersion.objects.unscoped(because=WHY).filter(school=school).update(starts_on=TODAY + DAY)
    school.unit.versions.update(starts_on=TODAY + DAY)
    client.sign_in(cast.thanh)
    url = reverse("schools:close", args=[school.code])
    assert client.get(url, follow=True).status_code == 200
    assert client.get(reverse("schools:history", args=[school.code])).status_code == 200
