"""Who decides, as the rule sheet says in its examples, with the unit of that day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from tests.factories import EVERYTHING, NOW

from khuevan.kernel.errors import DomainError
from khuevan.platform.organizations.api import (
    UnitKind,
    UnitPlace,
    create_unit,
    move_unit,
    version_of,
)
from khuevan.platform.regulations.api import (
    DeciderNotRecorded,
    known_powers,
    power_label,
    rule_period,
)
from khuevan.registry.authority import api, commands
from khuevan.registry.authority.answers import Answer
from khuevan.registry.authority.documents import AnswerOut
from khuevan.registry.authority.selectors import histories
from khuevan.registry.authority.tables import ruling_view
from khuevan.registry.authority.tests.both_eras import (
    BEFORE,
    FIRST,
    THAT_DAY,
    Province,
    make_both_eras,
)
from khuevan.registry.authority.unit_powers import powers_panel

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
OFFICE, COMMUNE, DEPARTMENT = "Phòng GDĐT huyện Cẩm Xuyên", "UBND xã Cẩm Xuyên", "Sở GDĐT Hà Tĩnh"
LOWER = (("THCS",), "LOWER_SECONDARY")
PRESCHOOL = (("MN",), "PRESCHOOL")
MULTI = (("TH", "THCS", "THPT"), "MULTI_LEVEL")


@pytest.fixture
def province() -> Province:
    return make_both_eras()


def told(answer: api.Answer) -> tuple[str, str]:
    holder = answer.ruling.holder
    assert holder is not None
    return holder.office, holder.unit.name if holder.unit else ""


@pytest.mark.parametrize(
    ("power", "on", "office", "unit", "number"),
    [
        ("recognise_lower_secondary_graduation", BEFORE, "DISTRICT_OFFICE_HEAD", OFFICE, "31/2023"),
        ("recognise_lower_secondary_graduation", THAT_DAY, "PRINCIPAL", "Trường A", "10/2025"),
        ("recognise_lower_secondary_graduation", TODAY, "PRINCIPAL", "Trường A", "123/2025"),
        ("lower_secondary_graduation", THAT_DAY, "PRINCIPAL", "Trường A", "10/2025"),
        ("issue_lower_secondary_diploma", BEFORE, "DISTRICT_OFFICE_HEAD", OFFICE, "31/2023"),
        ("issue_lower_secondary_diploma", THAT_DAY, "COMMUNE_CHAIR", COMMUNE, "10/2025"),
        ("issue_lower_secondary_diploma", date(2012 + 2, 5, 1), "DISTRICT_OFFICE_HEAD", OFFICE,
         "11/2006"),
        ("issue_lower_secondary_diploma", TODAY, "NOBODY", "", "123/2025"),
        ("reissue_correct_diploma", BEFORE, "DISTRICT_OFFICE", OFFICE, "127/2018"),
        ("reissue_correct_diploma", date(2026, 11, 21), "DEPARTMENT", DEPARTMENT, "13/2025"),
        ("transfer_student", date(2025, 5, 20), "DISTRICT_OFFICE_HEAD", OFFICE, "51/2002"),
        ("transfer_student", date(2025, 8, 20), "COMMUNE_CHAIR", COMMUNE, "10/2025"),
        ("check_transfer_file", BEFORE, "DISTRICT_OFFICE", OFFICE, "51/2002"),
        ("check_transfer_file", THAT_DAY, "COMMUNE_COMMITTEE", COMMUNE, "10/2025"),
        ("approve_transfer_outside_window", TODAY, "COMMUNE_CHAIR", COMMUNE, "10/2025"),
        ("recruit_teacher", date(2025, 9, 1), "COMMUNE_COMMITTEE", COMMUNE, "142/2025"),
        ("recruit_teacher", TODAY, "DEPARTMENT", DEPARTMENT, "73/2025"),
        ("appoint_principal", TODAY, "COMMUNE_CHAIR", COMMUNE, "45/2026"),
        ("tuition_base", TODAY, "PROVINCIAL_COUNCIL", "UBND tỉnh Hà Tĩnh", "66/2026"),
    ],
)  # fmt: skip
def test_a_lower_secondary_school(
    province: Province, power: str, on: date, office: str, unit: str, number: str
) -> None:
    school = province.school("A", *LOWER)
    answer = api.authority(power, school_id=school.pk, on=on)
    assert told(answer) == (office, unit)
    holder = answer.ruling.holder
    assert holder is not None
    assert holder.source is not None
    assert holder.source.number.startswith(number)


@pytest.mark.parametrize(
    ("on", "office", "unit"),
    [
        (date(2025, 6, 20), "DISTRICT_OFFICE_HEAD", OFFICE),
        (date(2025, 7, 5), "COMMUNE_CHAIR", COMMUNE),
    ],
)
def test_who_lets_a_private_preschool_operate(
    province: Province, on: date, office: str, unit: str
) -> None:
    school = province.school("MN", *PRESCHOOL, ownership="PRIVATE")
    assert told(api.authority("permit_operation", school_id=school.pk, on=on)) == (office, unit)


def test_a_foreign_invested_school_is_the_provinces_whatever_its_level(province: Province) -> None:
    for code, levels in (("F1", PRESCHOOL), ("F2", LOWER), ("F3", MULTI)):
        school = province.school(code, *levels, ownership="FOREIGN")
        for power in ("establish_school", "permit_operation", "convert_school_type"):
            answer = api.authority(power, school_id=school.pk, on=TODAY)
            assert told(answer) == ("PROVINCE_CHAIR", "UBND tỉnh Hà Tĩnh")


def test_a_boarding_school_goes_by_its_highest_level(province: Province) -> None:
    lower = province.school("NT1", ("THCS",), "ETHNIC_BOARDING")
    upper = province.school("NT2", ("THCS", "THPT"), "ETHNIC_BOARDING")
    assert (
        told(api.authority("appoint_principal", school_id=lower.pk, on=TODAY))[0] == "COMMUNE_CHAIR"
    )
    office, unit = told(api.authority("appoint_principal", school_id=upper.pk, on=TODAY))
    assert (office, unit) == ("DEPARTMENT_DIRECTOR", DEPARTMENT)


def test_a_school_of_several_levels_is_answered_for_each(province: Province) -> None:
    school = province.school("M", *MULTI)
    answer = api.authority("transfer_student", school_id=school.pk, on=TODAY)
    assert [(one.level, one.holder and one.holder.office) for one in answer.rulings] == [
        ("TH", "PRINCIPAL"),
        ("THCS", "COMMUNE_CHAIR"),
        ("THPT", "DEPARTMENT_DIRECTOR"),
    ]
    with pytest.raises(api.SeveralAnswers):
        answer.ruling  # noqa: B018
    one = api.authority("transfer_student", school_id=school.pk, on=TODAY, level="THCS")
    assert told(one) == ("COMMUNE_CHAIR", COMMUNE)


def test_a_unit_that_does_not_manage_the_school_is_found_by_place(province: Province) -> None:
    school = province.school("M", *MULTI)
    for on, name in ((BEFORE, OFFICE), (THAT_DAY, COMMUNE)):
        answer = api.authority("issue_lower_secondary_diploma", school_id=school.pk, on=on)
        holder = answer.ruling.holder
        assert holder is not None
        assert holder.unit is not None
        assert (holder.unit.name, holder.unit.by_place) == (name, True)


def test_an_answer_by_a_place_that_no_list_tells_carries_the_mark(province: Province) -> None:
    """Areas are taken to have stood before the list of 2025 was read: page, program, command."""
    school = province.school("M", *MULTI)

    def asked(on: date) -> Answer:
        return api.authority("issue_lower_secondary_diploma", school_id=school.pk, on=on)

    early = asked(date(2024, 12, 31))
    for ruling, is_marked in ((early.ruling, True), (asked(BEFORE).ruling, False)):
        holder = ruling.holder
        assert holder is not None
        assert bool(ruling_view(ruling)["caution"]) == is_marked
        assert ("01/01/2025" in "\n".join(commands._about(holder))) == is_marked
    (out,) = AnswerOut.of(early).rulings
    assert out.decider is not None
    assert out.decider.unit is not None
    assert out.decider.unit.place_listed_since == date(2025, 1, 1)
    managed = province.school("A", *LOWER)
    answer = api.authority(
        "issue_lower_secondary_diploma", school_id=managed.pk, on=date(2024, 12, 31)
    )
    assert ruling_view(answer.ruling)["caution"] == ""


def test_an_office_under_the_district_of_the_place_is_found(province: Province) -> None:
    """The department's school stands in a district whose committee has the office under it."""
    above = province.office.versions.get().parent_id
    area = province.office.versions.get().area_id
    district = create_unit(
        code="42-H", kind=UnitKind.DISTRICT, name="UBND huyện Cẩm Xuyên", short_name="H",
        parent_id=above, area_id=area, starts_on=date(2013, 1, 1),
    )  # fmt: skip
    place = UnitPlace(OFFICE, OFFICE, district.pk, area)
    move_unit(actor=EVERYTHING, unit_id=province.office.pk, to=place, on=date(2014, 1, 1), now=NOW)
    school = province.school("M", *MULTI)
    answer = api.authority("issue_lower_secondary_diploma", school_id=school.pk, on=BEFORE)
    holder = answer.ruling.holder
    assert holder is not None
    assert holder.unit is not None
    assert (holder.unit.name, holder.unit.by_place) == (OFFICE, True)


def test_what_was_before_and_what_comes_after(province: Province) -> None:
    school = province.school("A", *LOWER)
    ruling = api.authority("issue_lower_secondary_diploma", school_id=school.pk, on=THAT_DAY).ruling
    assert ruling.before is not None
    assert ruling.before.unit is not None
    assert (ruling.before.office, ruling.before.unit.name) == ("DISTRICT_OFFICE_HEAD", OFFICE)
    assert ruling.after is not None
    assert (ruling.after.office, ruling.after.starts_on) == ("NOBODY", date(2026, 1, 1))
    assert ruling.holder is not None
    assert (ruling.holder.starts_on, ruling.holder.ends_on) == (THAT_DAY, date(2026, 1, 1))


def test_moving_a_teacher_depends_on_where_to(province: Province) -> None:
    x, z = province.school("X", *LOWER), province.school("Z", *LOWER)
    upper = province.school("U", ("THPT",), "UPPER_SECONDARY")
    other = create_unit(
        code="42-N", kind=UnitKind.COMMUNE, name="UBND xã N", short_name="N",
        parent_id=None, area_id=None, starts_on=THAT_DAY,
    )  # fmt: skip
    y = province.school("Y", *LOWER)
    place = UnitPlace("Trường Y", "Y", other.pk, None)
    move_unit(actor=EVERYTHING, unit_id=y.pk, to=place, on=date(2025, 9, 1), now=NOW)
    on = date(2026, 9, 1)

    def office(to_id: int) -> str:
        case = api.case_of_move(from_school_id=x.pk, to_school_id=to_id, on=on)
        answer = api.authority("move_teacher", school_id=x.pk, on=on, circumstance=case)
        return told(answer)[0]

    assert office(z.pk) == "COMMUNE_CHAIR"
    assert office(y.pk) == "DEPARTMENT_DIRECTOR"
    assert office(upper.pk) == "DEPARTMENT_DIRECTOR"


@pytest.mark.parametrize(
    ("power", "on", "levels", "sentence"),
    [
        ("close_the_sky", TODAY, LOWER, "Không có thẩm quyền nào tên close_the_sky"),
        ("transfer_student", date(2012, 1, 1), LOWER, "chưa có hoặc không còn vào ngày 01/01/2012"),
        ("issue_lower_secondary_diploma", TODAY, PRESCHOOL, "mầm non"),
        ("issue_lower_secondary_diploma", TODAY, PRESCHOOL, "THCS"),
        ("move_teacher", date(2025, 8, 1), (("THPT",), "UPPER_SECONDARY"), "chưa đọc"),
        ("supervise_dx_self_assessment", date(2015, 1, 1), LOWER, "01/07/2020"),
    ],
)
def test_what_can_not_be_answered_is_told_in_a_sentence(
    province: Province, power: str, on: date, levels: Any, sentence: str
) -> None:
    school = province.school("A", *levels)
    with translation.override("vi"), pytest.raises(DomainError, match=sentence):
        api.authority(power, school_id=school.pk, on=on)


def test_a_continuing_center_is_not_told_that_a_matter_is_for_general_schools_only(
    province: Province,
) -> None:
    center = province.school("G", ("GDTX",), "CONTINUING_CENTER")
    with translation.override("vi"), pytest.raises(api.ContinuingNotRecorded, match="thường xuyên"):
        api.authority("recognise_lower_secondary_graduation", school_id=center.pk, on=TODAY)


def test_a_center_without_levels_has_no_matters_of_schools(province: Province) -> None:
    center = province.school("H", (), "COMMUNITY_LEARNING")
    told = api.all_authorities(school_id=center.pk, on=TODAY)
    assert {one.power for one in told} == {"establish_school", "permit_operation"}
    assert all(one.holder is None and one.reason for answer in told for one in answer.rulings)


def test_a_schools_own_powers_are_those_of_its_levels(province: Province) -> None:
    school = province.school("A", *LOWER)
    version = version_of(school.pk, on=TODAY)
    assert version is not None
    table = powers_panel(EVERYTHING, version, TODAY)
    assert table is not None
    urls = {row.label for row in table.rows}
    assert power_label("recognise_lower_secondary_graduation") in urls
    assert power_label("issue_upper_secondary_diploma") not in urls


def test_what_the_records_begin_with_was_so_before(province: Province) -> None:
    with translation.override("vi"):
        assert rule_period(FIRST, None) == "từ trước 2013"
        assert rule_period(FIRST, THAT_DAY) == "từ trước 2013 đến 30/06/2025"
        assert rule_period(THAT_DAY, None) == "từ 01/07/2025"


def test_a_private_school_recruits_by_no_recorded_rule(province: Province) -> None:
    school = province.school("T", *LOWER, ownership="PRIVATE")
    with pytest.raises(DeciderNotRecorded):
        api.authority("recruit_teacher", school_id=school.pk, on=TODAY)


def test_all_matters_of_a_school_are_those_that_concern_it(province: Province) -> None:
    lower = {one.power for one in api.all_authorities(
        school_id=province.school("A", *LOWER).pk, on=TODAY
    )}  # fmt: skip
    assert lower == known_powers() - {"convert_school_type", "issue_upper_secondary_diploma"}


def test_the_history_of_a_matter_names_the_units_of_their_time(province: Province) -> None:
    school = province.school("A", *LOWER)
    (history,) = histories("issue_lower_secondary_diploma", school_id=school.pk, on=TODAY)
    names = [one.unit.name if one.unit else "" for one in history.holders]
    assert names == ["", COMMUNE, OFFICE, OFFICE]
    assert history.current == 0


def test_within_one_district_its_chair_moved_teachers_until_districts_ended(
    province: Province,
) -> None:
    x, z = province.school("X", *LOWER), province.school("Z", *LOWER)
    upper = province.school("U", ("THPT",), "UPPER_SECONDARY")

    def case(to_id: int, on: date) -> str:
        return api.case_of_move(from_school_id=x.pk, to_school_id=to_id, on=on)

    assert case(z.pk, BEFORE) == "INSIDE_DISTRICT"
    assert case(upper.pk, BEFORE) == "ACROSS_COMMUNES"
    assert case(z.pk, THAT_DAY) == "INSIDE_COMMUNE"
    answer = api.authority(
        "move_teacher", school_id=x.pk, on=BEFORE, circumstance=case(z.pk, BEFORE)
    )
    assert told(answer)[0] == "DISTRICT_CHAIR"
    now = api.authority("move_teacher", school_id=x.pk, on=TODAY)
    assert {one.circumstance for one in now.rulings} == {"INSIDE_COMMUNE", "ACROSS_COMMUNES"}


def test_a_lower_secondary_pupil_of_a_departments_school_goes_by_the_level(
    province: Province,
) -> None:
    """The circular speaks of the level: the commune where the school stands, found by place."""
    school = province.school("M", *MULTI)
    for on, office in ((BEFORE, "DISTRICT_OFFICE_HEAD"), (TODAY, "COMMUNE_CHAIR")):
        answer = api.authority("transfer_student", school_id=school.pk, on=on, level="THCS")
        assert told(answer) == (office, OFFICE if on == BEFORE else COMMUNE)
        holder = answer.ruling.holder
        assert holder is not None
        assert holder.unit is not None
        assert holder.unit.by_place
