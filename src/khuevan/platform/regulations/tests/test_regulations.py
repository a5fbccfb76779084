"""The shipped regulations: worked examples of the law, and never two in force at once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations import actions, api
from khuevan.platform.regulations.models import AuthorityRule, Level, Regulation, RuleSetting

TODAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    actions.load_regulations()


def test_loading_again_changes_nothing() -> None:
    assert actions.load_regulations() == 0


def test_loading_keeps_a_correction() -> None:
    Regulation.objects.filter(code="TT70-2026").update(starts_on=date(2026, 10, 6))
    RuleSetting.objects.filter(topic="CLASS_SIZE", level="TH").update(value={"max": 30})
    assert actions.load_regulations() == 0
    assert Regulation.objects.get(code="TT70-2026").starts_on == date(2026, 10, 6)
    assert api.setting_in_force("CLASS_SIZE", "TH", TODAY).value == {"max": 30}


@pytest.mark.parametrize(
    ("level", "on", "code"),
    [
        ("THCS", date(2026, 3, 1), "TT32-2020"),
        ("THCS", date(2026, 9, 1), "TT15-2026"),
        ("TH", date(2026, 5, 9), "TT28-2020"),
        ("TH", date(2026, 5, 10), "TT15-2026"),
        ("MN", TODAY, "TT52-2020"),
    ],
)
def test_the_charter_depends_on_level_and_day(level: str, on: date, code: str) -> None:
    assert api.regulation_in_force("SCHOOL_CHARTER", level, on).code == code


@pytest.mark.parametrize(
    ("level", "grade", "year", "code"),
    [
        ("THCS", 6, 2021, "TT22-2021"),
        ("THCS", 9, 2023, "TT58-2011"),
        ("THPT", 11, 2022, "TT58-2011"),
        ("THPT", 12, 2026, "TT22-2021"),
        ("TH", 5, 2024, "TT27-2020"),
        ("TH", 5, 2023, "TT22-2016"),
    ],
)
def test_assessment_came_in_grade_by_grade(level: str, grade: int, year: int, code: str) -> None:
    on = date(year, 9, 5)
    assert api.regulation_in_force("ASSESSMENT", level, on, grade=grade).code == code


def test_where_grades_differ_the_grade_must_be_named() -> None:
    with pytest.raises(api.GradeNeeded):
        api.regulation_in_force("ASSESSMENT", "THCS", date(2022, 9, 5))


@pytest.mark.parametrize(("level", "limit"), [("TH", 35), ("THCS", 45), ("THPT", 45)])
def test_class_sizes_are_read_from_the_setting(level: str, limit: int) -> None:
    assert api.setting_in_force("CLASS_SIZE", level, TODAY).value["max"] == limit


@pytest.mark.parametrize(
    ("power", "level", "on", "office"),
    [
        ("PERMIT_OPERATION", "MN", date(2025, 6, 20), "DISTRICT_OFFICE_HEAD"),
        ("PERMIT_OPERATION", "MN", date(2025, 7, 5), "COMMUNE_CHAIR"),
        ("MOVE_TEACHER_ACROSS_COMMUNES", "THCS", date(2026, 9, 1), "DEPARTMENT_DIRECTOR"),
        ("MOVE_TEACHER_INSIDE_COMMUNE", "THCS", date(2026, 9, 1), "COMMUNE_CHAIR"),
        ("CORRECT_DIPLOMA", "THCS", TODAY, "DEPARTMENT"),
        ("TRANSFER_STUDENT", "THCS", date(2025, 5, 20), "DISTRICT_OFFICE_HEAD"),
        ("TRANSFER_STUDENT", "THCS", date(2025, 8, 20), "COMMUNE_CHAIR"),
        ("TRANSFER_STUDENT", "THPT", date(2026, 8, 1), "DEPARTMENT_DIRECTOR"),
        ("PERMIT_OPERATION", "TH", date(2014, 9, 5), "DISTRICT_OFFICE_HEAD"),
        ("APPOINT_PRINCIPAL", "TH", date(2025, 7, 5), "COMMUNE_CHAIR"),
        ("RECRUIT_TEACHER", "THPT", date(2025, 9, 1), "DEPARTMENT"),
        ("OVERSEE_ASSESSMENT", "THCS", date(2025, 6, 30), "DISTRICT_OFFICE_HEAD"),
        ("OVERSEE_ASSESSMENT", "THCS", date(2025, 7, 1), "COMMUNE_COMMITTEE"),
        ("CONFIRM_LOWER_SECONDARY", "THCS", date(2024, 1, 5), "DISTRICT_OFFICE_HEAD"),
        ("CONFIRM_LOWER_SECONDARY", "THCS", date(2025, 5, 30), "DISTRICT_OFFICE_HEAD"),
        ("CONFIRM_LOWER_SECONDARY", "THCS", date(2025, 8, 10), "PRINCIPAL"),
        ("CONFIRM_LOWER_SECONDARY", "THCS", date(2026, 6, 1), "PRINCIPAL"),
        ("ISSUE_LOWER_SECONDARY_DIPLOMA", "THCS", date(2025, 8, 10), "COMMUNE_CHAIR"),
        ("APPOINT_PRINCIPAL", "THPT", date(2025, 1, 1), "DEPARTMENT_DIRECTOR"),
        ("APPOINT_PRINCIPAL", "THPT", date(2026, 1, 1), "DEPARTMENT_DIRECTOR"),
        ("PERMIT_OPERATION", "THPT", date(2020, 1, 1), "DEPARTMENT_DIRECTOR"),
        ("ESTABLISH_SCHOOL", "THPT", date(2020, 1, 1), "PROVINCE_CHAIR"),
        ("SET_TUITION_BASE", "THPT", date(2023, 9, 5), "PROVINCIAL_COUNCIL"),
        ("SET_TUITION_BASE", "THPT", TODAY, "PROVINCIAL_COUNCIL"),
        ("CONVERT_SCHOOL_TYPE", "MN", date(2025, 6, 30), "DISTRICT_CHAIR"),
        ("CONVERT_SCHOOL_TYPE", "MN", date(2025, 7, 5), "COMMUNE_CHAIR"),
        ("CONVERT_SCHOOL_TYPE", "MN", TODAY, "PROVINCE_CHAIR"),
        ("SUPERVISE_DX", "TH", TODAY, "COMMUNE_COMMITTEE"),
        ("SUPERVISE_DX", "THPT", TODAY, "DEPARTMENT"),
        ("RECRUIT_TEACHER", "TH", TODAY, "DEPARTMENT"),
    ],
)
def test_who_decides_depends_on_the_day(power: str, level: str, on: date, office: str) -> None:
    assert api.decider(power, level, on).decider == office


def test_nothing_recorded_is_not_found() -> None:
    with pytest.raises(NotFound):
        api.regulation_in_force("SCHOOL_CHARTER", "TH", date(1990, 1, 1))
    with pytest.raises(NotFound):
        api.decider("TRANSFER_STUDENT", "MN", TODAY)


@pytest.mark.parametrize(
    ("power", "level", "on", "reason"),
    [
        ("MOVE_TEACHER_ACROSS_COMMUNES", "TH", date(2025, 5, 1), "thỏa thuận"),
        ("MOVE_TEACHER_ACROSS_COMMUNES", "TH", date(2025, 12, 1), "chưa đọc"),
        ("CONVERT_SCHOOL_TYPE", "THCS", TODAY, "danh mục thủ tục của tỉnh"),
        ("ISSUE_LOWER_SECONDARY_DIPLOMA", "THCS", TODAY, "không còn bằng"),
        ("APPOINT_PRINCIPAL", "GDTX", date(2024, 1, 1), "UBND huyện"),
        ("SUPERVISE_DX", "TH", date(2019, 1, 1), "01/07/2020"),
        ("TRANSFER_STUDENT", "MN", TODAY, "Chưa ghi nhận gì"),
    ],
)
def test_where_nobody_can_be_named_the_reason_is(
    power: str, level: str, on: date, reason: str
) -> None:
    with translation.override("vi"), pytest.raises(api.DeciderNotRecorded, match=reason):
        api.decider(power, level, on)


def test_the_principal_decides_by_the_text_that_was_read() -> None:
    rule = api.decider("CONFIRM_LOWER_SECONDARY", "THCS", date(2025, 8, 10))
    assert rule.regulation is not None
    assert (rule.regulation.code, rule.confidence) == ("TT10-2025", "TEXT_SEEN")


@pytest.mark.parametrize("model", [AuthorityRule, RuleSetting])
def test_no_text_is_named_for_days_on_which_it_did_not_stand(
    model: type[AuthorityRule | RuleSetting],
) -> None:
    far = date(9999, 1, 1)
    for rule in model.objects.filter(regulation__isnull=False).select_related("regulation"):
        text = rule.regulation
        assert text is not None
        first = text.starts_on or text.issued_on
        if first is not None:
            assert first <= rule.starts_on, (rule, text)
        assert (rule.ends_on or far) <= (text.ends_on or far), (rule, text)


def test_every_power_is_answered_or_explained_since_its_first_day() -> None:
    """No holes: the periods of a power at a level follow each other without a gap."""
    for power, level in AuthorityRule.objects.values_list("power", "level").distinct():
        rules = AuthorityRule.objects.filter(power=power, level=level).order_by("starts_on")
        for one, two in pairwise(rules):
            assert one.ends_on == two.starts_on, (power, level)


def test_digital_records_are_governed_since_october() -> None:
    text = Regulation.objects.get(code="TT70-2026")
    assert (text.starts_on, text.confidence) == (date(2026, 10, 8), "TEXT_SEEN")


def test_class_sizes_of_young_children_special_schools_and_centers() -> None:
    value = api.setting_in_force("CLASS_SIZE", "MN", TODAY).value
    assert [value["max_by_age"][age] for age in "012345"] == [15, 20, 25, 25, 30, 35]
    upper = api.setting_in_force("CLASS_SIZE", "THPT", TODAY).value
    assert upper["max_by_type"] == {"ETHNIC_BOARDING": 35, "GIFTED": 35}
    assert api.setting_in_force("CLASS_SIZE", "GDTX", TODAY).value["max"] == 45


def test_replaced_texts_are_not_in_force() -> None:
    numbers = {text.code for text in api.regulations_on(TODAY)}
    assert "TT15-2026" in numbers
    assert not numbers & {"TT28-2020", "TT32-2020", "TT12-2020", "TT58-2011"}
    assert {text.code for text in Regulation.objects.get(code="TT15-2026").supersedes.all()} == {
        "TT28-2020",
        "TT32-2020",
    }


def test_never_two_in_force_whatever_the_day() -> None:
    """Every boundary of every setting, and the days beside it: one row for each level and grade."""
    rows = list(RuleSetting.objects.select_related("regulation"))
    edges = {row.starts_on for row in rows} | {row.ends_on for row in rows if row.ends_on}
    days = {edge + timedelta(days=shift) for edge in edges for shift in (-1, 0, 1)}
    for on in days:
        held = [
            row for row in rows if row.starts_on <= on and (row.ends_on is None or on < row.ends_on)
        ]
        keys = [
            (row.topic, row.level, grade)
            for row in held
            for grade in range(row.grade_from or 0, (row.grade_to or 12) + 1)
        ]
        assert len(keys) == len(set(keys)), on


def test_the_database_refuses_a_second_text_at_a_time() -> None:
    charter = api.setting_in_force("SCHOOL_CHARTER", "TH", TODAY)
    charter.pk, charter.starts_on = None, date(2030, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        charter.save()


def test_the_database_refuses_a_setting_for_all_grades_beside_one_for_some() -> None:
    setting = api.setting_in_force("ASSESSMENT", "THCS", TODAY, grade=6)
    setting.pk, setting.grade_from, setting.grade_to = None, None, None
    with pytest.raises(IntegrityError), transaction.atomic():
        setting.save()


def test_the_database_refuses_a_second_decider() -> None:
    rule = api.decider("TRANSFER_STUDENT", "THCS", TODAY)
    rule.pk, rule.decider, rule.starts_on = None, "DEPARTMENT", date(2027, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.save()


def test_every_level_of_school_has_its_main_settings() -> None:
    for topic in ("SECTOR_DATA", "RETENTION", "LOCAL_AUTHORITY"):
        for level in Level.values:
            assert api.setting_in_force(topic, level, TODAY).regulation_id
    assert AuthorityRule.objects.exclude(regulation__isnull=True).exists()
