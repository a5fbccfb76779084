"""The younger groups of nursery, continuing grades 6 to 9 and vocational grades, where grades are.

Grades stand in the order of age, and names of classes are sorted by the places of their grades.
"""

from typing import Any

from django.db import migrations

NEW = (
    ("NT0", "Nhóm trẻ 3 - 12 tháng", "MN", 0),
    ("NT1", "Nhóm trẻ 13 - 24 tháng", "MN", 1),
    *((f"TX{n}", f"Khối {n} GDTX", "GDTX", n + 5) for n in range(6, 10)),
    *((f"TN{n}", f"Khối {n} trung học nghề", "THN", n + 5) for n in range(10, 13)),
)
LEVELS = ("MN", "TH", "THCS", "THPT", "GDTX", "THN")
FREE = 1000

SORTED = """
    UPDATE schools_homeroomclass AS room
    SET sort_key = lpad(grade.position::text, 2, '0') || substr(room.sort_key, 3)
    FROM schools_gradelevel AS grade
    WHERE grade.id = room.grade_level_id
      AND left(room.sort_key, 2) <> lpad(grade.position::text, 2, '0')
"""
TERMS = """
    INSERT INTO schools_term (academic_year_id, level, number, starts_on, ends_on, decision)
    SELECT academic_year_id, 'THN', number, starts_on, ends_on, decision
    FROM schools_term
    WHERE level = 'THPT' AND NOT EXISTS (SELECT FROM schools_term WHERE level = 'THN')
"""


def add_grades(apps: Any, schema_editor: Any) -> None:
    """Add what is missing and put all in the order of age; an empty list is filled later."""
    grades = apps.get_model("schools", "GradeLevel").objects
    known = list(grades.order_by("position"))
    if not known:
        return
    codes = {one.code for one in known}
    for place, (code, name, level, age) in enumerate(NEW):
        if code not in codes:
            known.append(
                grades.create(
                    code=code, name=name, level=level, usual_age=age, position=FREE + place
                )
            )
    known.sort(key=lambda one: (LEVELS.index(one.level), one.usual_age, one.position))
    for start in (2 * FREE, 1):
        for place, one in enumerate(known, start):
            grades.filter(pk=one.pk).update(position=place)
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(SORTED)
        cursor.execute(TERMS)


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0006_closings_give_back"),
    ]

    operations = [
        migrations.RunPython(add_grades, migrations.RunPython.noop),
    ]
