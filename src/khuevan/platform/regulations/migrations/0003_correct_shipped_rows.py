"""Rows shipped with a wrong or unfinished answer go, so that the right ones are loaded after this.

A row that somebody corrected differs from the shipped one and stays.
"""

from datetime import date

from django.db import migrations

RULES = (
    ("CONFIRM_LOWER_SECONDARY", date(2013, 1, 1), "DISTRICT_OFFICE_HEAD", date(2025, 7, 1)),
    ("CONFIRM_LOWER_SECONDARY", date(2025, 7, 1), "COMMUNE_CHAIR", date(2026, 1, 1)),
    ("CONFIRM_LOWER_SECONDARY", date(2026, 1, 1), "PRINCIPAL", None),
    ("SET_TUITION_BASE", date(2025, 9, 3), "PROVINCIAL_COUNCIL", None),
)
CLASS_SIZES = (
    ("MN", {"max_by_age": {"3": 25, "4": 30, "5": 35}}),
    ("THCS", {"max": 45}),
    ("THPT", {"max": 45}),
)


def forget_shipped(apps, schema_editor):
    rules = apps.get_model("regulations", "AuthorityRule").objects
    for power, starts_on, decider, ends_on in RULES:
        rules.filter(power=power, starts_on=starts_on, decider=decider, ends_on=ends_on).delete()
    settings = apps.get_model("regulations", "RuleSetting").objects
    for level, value in CLASS_SIZES:
        settings.filter(topic="CLASS_SIZE", level=level, value=value).delete()
    texts = apps.get_model("regulations", "Regulation").objects
    texts.filter(code="TT70-2026", starts_on=None).update(
        starts_on=date(2026, 10, 8),
        confidence="TEXT_SEEN",
        source="Ngày hiệu lực và nội dung đã đọc; danh sách trường dữ liệu chính thức chưa có",
    )


class Migration(migrations.Migration):
    dependencies = [("regulations", "0002_not_recorded")]

    operations = [migrations.RunPython(forget_shipped, migrations.RunPython.noop)]
