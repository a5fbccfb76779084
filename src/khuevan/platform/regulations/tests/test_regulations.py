"""The shipped regulations: worked examples of the law, and never two in force at once."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from khuevan.kernel.errors import NotFound
from khuevan.platform.regulations import actions, api
from khuevan.platform.regulations.labels import KINDS, POWERS
from khuevan.platform.regulations.models import AuthorityRule, Level, Regulation, RuleSetting

TODAY = date(2026, 11, 22)

DISTRICTS_ENDED = date(2025, 7, 1)


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


def test_loading_fills_in_a_day_of_issue_found_since() -> None:
    Regulation.objects.filter(code="TT10-2025").update(issued_on=None)
    actions.load_regulations()
    assert Regulation.objects.get(code="TT10-2025").issued_on == date(2025, 6, 12)


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
        ("permit_operation", "MN", date(2025, 6, 20), "DISTRICT_OFFICE_HEAD"),
        ("permit_operation", "MN", date(2025, 7, 5), "COMMUNE_CHAIR"),
        ("reissue_correct_diploma", "THCS", TODAY, "DEPARTMENT"),
        ("transfer_student", "THCS", date(2025, 5, 20), "DISTRICT_OFFICE_HEAD"),
        ("transfer_student", "THCS", date(2025, 8, 20), "COMMUNE_CHAIR"),
        ("transfer_student", "THPT", date(2026, 8, 1), "DEPARTMENT_DIRECTOR"),
        ("permit_operation", "TH", date(2014, 9, 5), "DISTRICT_OFFICE_HEAD"),
        ("appoint_principal", "TH", date(2025, 7, 5), "COMMUNE_CHAIR"),
        ("recruit_teacher", "THPT", date(2025, 9, 1), "DEPARTMENT"),
        ("oversee_assessment", "THCS", date(2025, 6, 30), "DISTRICT_OFFICE_HEAD"),
        ("oversee_assessment", "THCS", date(2025, 7, 1), "COMMUNE_COMMITTEE"),
        ("recognise_lower_secondary_graduation", "THCS", date(2024, 1, 5), "DISTRICT_OFFICE_HEAD"),
        ("recognise_lower_secondary_graduation", "THCS", date(2025, 5, 30), "DISTRICT_OFFICE_HEAD"),
        ("recognise_lower_secondary_graduation", "THCS", date(2025, 8, 10), "PRINCIPAL"),
        ("recognise_lower_secondary_graduation", "THCS", date(2026, 6, 1), "PRINCIPAL"),
        ("issue_lower_secondary_diploma", "THCS", date(2025, 8, 10), "COMMUNE_CHAIR"),
        ("appoint_principal", "THPT", date(2025, 1, 1), "DEPARTMENT_DIRECTOR"),
        ("appoint_principal", "THPT", date(2026, 1, 1), "DEPARTMENT_DIRECTOR"),
        ("permit_operation", "THPT", date(2020, 1, 1), "DEPARTMENT_DIRECTOR"),
        ("establish_school", "THPT", date(2020, 1, 1), "PROVINCE_CHAIR"),
        ("tuition_base", "THPT", date(2023, 9, 5), "PROVINCIAL_COUNCIL"),
        ("tuition_base", "THPT", TODAY, "PROVINCIAL_COUNCIL"),
        ("supervise_dx_self_assessment", "TH", TODAY, "COMMUNE_COMMITTEE"),
        ("supervise_dx_self_assessment", "THPT", TODAY, "DEPARTMENT"),
        ("recruit_teacher", "TH", TODAY, "DEPARTMENT"),
    ],
)
def test_who_decides_depends_on_the_day(power: str, level: str, on: date, office: str) -> None:
    assert api.decider(power, level, on).decider == office


def test_nothing_recorded_is_not_found() -> None:
    with pytest.raises(NotFound):
        api.regulation_in_force("SCHOOL_CHARTER", "TH", date(1990, 1, 1))
    with pytest.raises(NotFound):
        api.decider("transfer_student", "MN", TODAY)


@pytest.mark.parametrize(
    ("power", "level", "on", "reason"),
    [
        ("issue_lower_secondary_diploma", "THCS", TODAY, "không còn bằng"),
        ("appoint_principal", "GDTX", date(2024, 1, 1), "UBND huyện"),
        ("supervise_dx_self_assessment", "TH", date(2019, 1, 1), "01/07/2020"),
        ("transfer_student", "MN", TODAY, "Chưa ghi nhận gì"),
    ],
)
def test_where_nobody_can_be_named_the_reason_is(
    power: str, level: str, on: date, reason: str
) -> None:
    with translation.override("vi"), pytest.raises(api.DeciderNotRecorded, match=reason):
        api.decider(power, level, on)


def test_the_principal_decides_by_the_text_that_was_read() -> None:
    rule = api.decider("recognise_lower_secondary_graduation", "THCS", date(2025, 8, 10))
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
    """No holes: whoever is asked about, what is known of a power has no gap, and goes on."""
    keys = AuthorityRule.objects.values_list(
        "power", "highest_level", "level", "school_type", "ownership", "circumstance"
    )
    rules = api.power_rules()
    for power, highest, level, kind, owner, circumstance in keys.distinct():
        subject = api.Subject(level, highest or level, kind, owner or "PUBLIC", circumstance)
        held = api.timeline([rule for rule in rules if rule.power == power], subject)
        assert held, (power, subject)
        ends_on = DISTRICTS_ENDED if circumstance == "INSIDE_DISTRICT" else None
        assert held[-1].ends_on == ends_on, (power, subject)
        for one, two in pairwise(held):
            assert one.ends_on == two.starts_on, (power, subject)


@pytest.mark.parametrize(
    ("power", "level", "on", "subject", "office"),
    [
        ("move_teacher", "THCS", TODAY, {"circumstance": "ACROSS_COMMUNES"}, "DEPARTMENT_DIRECTOR"),
        ("move_teacher", "THCS", TODAY, {"circumstance": "INSIDE_COMMUNE"}, "COMMUNE_CHAIR"),
        ("move_teacher", "THPT", TODAY, {"circumstance": "INSIDE_COMMUNE"}, "DEPARTMENT_DIRECTOR"),
        (
            "convert_school_type",
            "MN",
            date(2025, 6, 30),
            {"ownership": "PRIVATE"},
            "DISTRICT_CHAIR",
        ),
        ("convert_school_type", "MN", date(2025, 7, 5), {"ownership": "PRIVATE"}, "COMMUNE_CHAIR"),
        ("convert_school_type", "MN", TODAY, {"ownership": "PRIVATE"}, "PROVINCE_CHAIR"),
        ("establish_school", "MN", TODAY, {"ownership": "FOREIGN"}, "PROVINCE_CHAIR"),
        ("establish_school", "THCS", TODAY, {"ownership": "FOREIGN"}, "PROVINCE_CHAIR"),
        (
            "permit_operation",
            "MN",
            date(2025, 6, 20),
            {"school_type": "INDEPENDENT_PRESCHOOL"},
            "COMMUNE_CHAIR",
        ),
    ],
)
def test_who_decides_depends_on_the_kind_of_school(
    power: str, level: str, on: date, subject: dict[str, str], office: str
) -> None:
    assert api.decider(power, level, on, **subject).decider == office


@pytest.mark.parametrize(
    ("power", "level", "on", "subject", "reason"),
    [
        ("move_teacher", "TH", date(2025, 5, 1), {"circumstance": "ACROSS_COMMUNES"}, "thỏa thuận"),
        ("move_teacher", "TH", date(2025, 12, 1), {"circumstance": "ACROSS_COMMUNES"}, "chưa đọc"),
        ("convert_school_type", "THCS", TODAY, {"ownership": "PRIVATE"}, "danh mục thủ tục"),
        ("recruit_teacher", "TH", TODAY, {"ownership": "PRIVATE"}, "Chưa ghi nhận gì"),
        ("permit_operation", "MN", date(2020, 1, 1), {"ownership": "FOREIGN"}, "chưa đọc"),
        ("establish_school", "TH", TODAY, {"school_type": "SPECIAL_NEEDS"}, "khuyết tật"),
    ],
)
def test_where_nobody_can_be_named_for_a_kind_of_school_the_reason_is(
    power: str, level: str, on: date, subject: dict[str, str], reason: str
) -> None:
    with translation.override("vi"), pytest.raises(api.DeciderNotRecorded, match=reason):
        api.decider(power, level, on, **subject)


def test_nobody_is_another_answer_than_not_recorded() -> None:
    with pytest.raises(api.NobodyDecides):
        api.decider("issue_lower_secondary_diploma", "THCS", TODAY)
    with pytest.raises(api.NobodyDecides):
        api.decider("approve_transfer_outside_window", "TH", TODAY)


def test_every_power_and_kind_of_school_has_words() -> None:
    assert api.known_powers() == set(POWERS)
    for kind, owner in AuthorityRule.objects.values_list("school_type", "ownership").distinct():
        assert {kind, owner} - {""} <= set(KINDS)
    for asked in (" Lower_Secondary_Graduation ", "recognize_lower_secondary_graduation"):
        assert api.power_named(asked) == "recognise_lower_secondary_graduation"


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
    rule = api.decider("transfer_student", "THCS", TODAY)
    rule.pk, rule.decider, rule.starts_on = None, "DEPARTMENT", date(2027, 1, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        rule.save()


def test_every_level_of_school_has_its_main_settings() -> None:
    for topic in ("SECTOR_DATA", "RETENTION", "LOCAL_AUTHORITY"):
        for level in Level.values:
            assert api.setting_in_force(topic, level, TODAY).regulation_id
    assert AuthorityRule.objects.exclude(regulation__isnull=True).exists()
