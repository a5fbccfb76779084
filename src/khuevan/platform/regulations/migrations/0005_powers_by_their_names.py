"""Powers get the names of the rule sheet; rules say of which schools they speak.

Rows as they were shipped go, and are loaded again as they are shipped now. A row that somebody
corrected differs from them: it stays, under its new name.
"""

from django.db import migrations

SHIPPED = {
    "ESTABLISH_SCHOOL": (
        "DISTRICT_CHAIR 2013-01-01 2018-11-09",
        "DISTRICT_CHAIR 2018-11-09 2025-07-01",
        "COMMUNE_CHAIR 2025-07-01 -",
        "NOT_RECORDED 2013-01-01 2017-04-21",
        "PROVINCE_CHAIR 2017-04-21 2024-11-20",
        "PROVINCE_CHAIR 2024-11-20 -",
    ),
    "PERMIT_OPERATION": (
        "DISTRICT_OFFICE_HEAD 2013-01-01 2018-11-09",
        "DISTRICT_OFFICE_HEAD 2018-11-09 2025-07-01",
        "COMMUNE_CHAIR 2025-07-01 -",
        "NOT_RECORDED 2013-01-01 2017-04-21",
        "DEPARTMENT_DIRECTOR 2017-04-21 2024-11-20",
        "DEPARTMENT_DIRECTOR 2024-11-20 -",
    ),
    "APPOINT_PRINCIPAL": (
        "DISTRICT_CHAIR 2013-01-01 2018-11-09",
        "DISTRICT_CHAIR 2018-11-09 2025-07-01",
        "COMMUNE_CHAIR 2025-07-01 2025-07-24",
        "COMMUNE_CHAIR 2025-07-24 -",
        "DEPARTMENT_DIRECTOR 2013-01-01 2018-11-09",
        "DEPARTMENT_DIRECTOR 2018-11-09 2025-07-01",
        "NOT_RECORDED 2013-01-01 2025-07-01",
        "DEPARTMENT_DIRECTOR 2025-07-01 2025-07-24",
        "DEPARTMENT_DIRECTOR 2025-07-24 2026-06-10",
        "DEPARTMENT_DIRECTOR 2026-06-10 -",
    ),
    "RECRUIT_TEACHER": (
        "DISTRICT_CHAIR 2013-01-01 2018-11-09",
        "DISTRICT_CHAIR 2018-11-09 2025-07-01",
        "COMMUNE_COMMITTEE 2025-07-01 2026-01-01",
        "DEPARTMENT 2026-01-01 -",
        "DEPARTMENT 2013-01-01 2018-11-09",
        "DEPARTMENT 2018-11-09 2025-07-01",
        "DEPARTMENT 2025-07-01 2025-07-24",
        "DEPARTMENT 2025-07-24 2026-01-01",
    ),
    "MOVE_TEACHER_INSIDE_COMMUNE": (
        "DISTRICT_CHAIR 2013-01-01 2018-11-09",
        "DISTRICT_CHAIR 2018-11-09 2025-07-01",
        "COMMUNE_CHAIR 2025-07-01 2026-03-31",
        "COMMUNE_CHAIR 2026-03-31 -",
    ),
    "MOVE_TEACHER_ACROSS_COMMUNES": (
        "NOT_RECORDED 2013-01-01 2025-07-01",
        "NOT_RECORDED 2025-07-01 2026-03-31",
        "DEPARTMENT_DIRECTOR 2026-03-31 -",
    ),
    "TRANSFER_STUDENT": (
        "DISTRICT_OFFICE_HEAD 2013-01-01 2025-07-01",
        "COMMUNE_CHAIR 2025-07-01 -",
        "DEPARTMENT_DIRECTOR 2013-01-01 -",
    ),
    "OVERSEE_ASSESSMENT": (
        "DISTRICT_OFFICE_HEAD 2013-01-01 2018-11-09",
        "DISTRICT_OFFICE_HEAD 2018-11-09 2025-07-01",
        "COMMUNE_COMMITTEE 2025-07-01 -",
    ),
    "CORRECT_DIPLOMA": (
        "DISTRICT_OFFICE_HEAD 2013-01-01 2018-11-09",
        "DISTRICT_OFFICE_HEAD 2018-11-09 2025-07-01",
        "DEPARTMENT 2025-07-01 -",
    ),
    "CONFIRM_LOWER_SECONDARY": (
        "DISTRICT_OFFICE_HEAD 2013-01-01 2024-02-15",
        "DISTRICT_OFFICE_HEAD 2024-02-15 2025-07-01",
        "PRINCIPAL 2025-07-01 2026-01-01",
        "PRINCIPAL 2026-01-01 -",
    ),
    "ISSUE_LOWER_SECONDARY_DIPLOMA": (
        "DISTRICT_OFFICE_HEAD 2013-01-01 2024-02-15",
        "DISTRICT_OFFICE_HEAD 2024-02-15 2025-07-01",
        "COMMUNE_CHAIR 2025-07-01 2026-01-01",
        "NOT_RECORDED 2026-01-01 -",
    ),
    "SET_TUITION_BASE": (
        "NOT_RECORDED 2013-01-01 2015-12-01",
        "PROVINCIAL_COUNCIL 2015-12-01 2021-10-15",
        "PROVINCIAL_COUNCIL 2021-10-15 2025-09-03",
        "PROVINCIAL_COUNCIL 2025-09-03 2026-03-15",
        "PROVINCIAL_COUNCIL 2026-03-15 -",
    ),
    "CONVERT_SCHOOL_TYPE": (
        "DISTRICT_CHAIR 2013-01-01 2018-11-09",
        "DISTRICT_CHAIR 2018-11-09 2025-07-01",
        "COMMUNE_CHAIR 2025-07-01 2026-03-15",
        "NOT_RECORDED 2026-03-15 -",
        "NOT_RECORDED 2026-03-15 2026-06-10",
        "PROVINCE_CHAIR 2026-06-10 -",
    ),
    "SUPERVISE_DX": (
        "DISTRICT_OFFICE_HEAD 2020-07-01 2025-07-01",
        "COMMUNE_COMMITTEE 2025-07-01 2025-07-24",
        "COMMUNE_COMMITTEE 2025-07-24 2026-06-10",
        "COMMUNE_COMMITTEE 2026-06-10 -",
        "DEPARTMENT 2020-07-01 2025-07-01",
        "DEPARTMENT 2025-07-01 2025-07-24",
        "DEPARTMENT 2025-07-24 2026-06-10",
        "DEPARTMENT 2026-06-10 -",
    ),
}
"""Decider, first day and first day after, by power."""
NAMES = {
    "ESTABLISH_SCHOOL": ("establish_school", "", "", True),
    "PERMIT_OPERATION": ("permit_operation", "", "", True),
    "CONVERT_SCHOOL_TYPE": ("convert_school_type", "PRIVATE", "", True),
    "APPOINT_PRINCIPAL": ("appoint_principal", "PUBLIC", "", True),
    "RECRUIT_TEACHER": ("recruit_teacher", "PUBLIC", "", True),
    "MOVE_TEACHER_INSIDE_COMMUNE": ("move_teacher", "PUBLIC", "INSIDE_COMMUNE", True),
    "MOVE_TEACHER_ACROSS_COMMUNES": ("move_teacher", "PUBLIC", "ACROSS_COMMUNES", True),
    "SUPERVISE_DX": ("supervise_dx_self_assessment", "", "", True),
    "TRANSFER_STUDENT": ("transfer_student", "", "", False),
    "OVERSEE_ASSESSMENT": ("oversee_assessment", "", "", False),
    "CORRECT_DIPLOMA": ("reissue_correct_diploma", "", "", False),
    "CONFIRM_LOWER_SECONDARY": ("recognise_lower_secondary_graduation", "", "", False),
    "ISSUE_LOWER_SECONDARY_DIPLOMA": ("issue_lower_secondary_diploma", "", "", False),
    "SET_TUITION_BASE": ("tuition_base", "", "", True),
}
"""The new name, owner and circumstance; whether the level was the highest of the school."""


def rename(apps, schema_editor):
    rules = apps.get_model("regulations", "AuthorityRule").objects
    for rule in rules.filter(power__in=NAMES):
        if f"{rule.decider} {rule.starts_on} {rule.ends_on or '-'}" in SHIPPED[rule.power]:
            rule.delete()
            continue
        rule.power, rule.ownership, rule.circumstance, is_of_schools = NAMES[rule.power]
        if is_of_schools:
            rule.level, rule.highest_level = "", rule.level
        rule.save()


class Migration(migrations.Migration):
    dependencies = [("regulations", "0004_subjects_of_authority")]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
