"""The grade of a class that a list names: general, preschool, continuing education."""

from __future__ import annotations

import pytest
from tests.cast import Cast, actor_of

from khuevan.registry.schools.api import GradeLevel
from khuevan.registry.students.imports.classes import _grade
from khuevan.registry.students.imports.tests.lists import a_pupil, faults, outcomes, planned

PRESCHOOL = [
    GradeLevel(code=code, name=name, level="MN", position=place, usual_age=age)
    for place, (code, name, age) in enumerate(
        (("NT0", "Nhóm trẻ 3 - 12 tháng", 0), ("NT1", "Nhóm trẻ 13 - 24 tháng", 1),
         ("NT", "Nhà trẻ", 2), ("MG3", "Mẫu giáo 3 tuổi", 3), ("MG4", "Mẫu giáo 4 tuổi", 4),
         ("MG5", "Mẫu giáo 5 tuổi", 5))
    )
]  # fmt: skip
PRIMARY = [
    GradeLevel(code=str(n), name=f"Khối {n}", level="TH", position=10 + n, usual_age=n + 5)
    for n in range(1, 6)
]
UPPER = [
    GradeLevel(code=str(n), name=f"Khối {n}", level="THPT", position=10 + n, usual_age=n + 5)
    for n in range(10, 13)
]
CONTINUING = [
    GradeLevel(code=f"TX{n}", name=f"Khối {n} GDTX", level="GDTX", position=20 + n, usual_age=n + 5)
    for n in range(10, 13)
]


@pytest.mark.parametrize(
    ("name", "text", "grades", "code"),
    [
        ("6A", "", PRIMARY, None),
        ("4A", "Khối 4", PRIMARY + PRESCHOOL, "4"),
        ("4 tuổi A", "Mẫu giáo 4-5 tuổi", PRIMARY + PRESCHOOL, "MG4"),
        ("Nhóm trẻ 24-36 tháng A", "", PRESCHOOL, "NT"),
        ("Nhà trẻ B", "Nhà trẻ", PRESCHOOL, "NT"),
        ("Nhóm trẻ 3-12 tháng", "", PRESCHOOL, "NT0"),
        ("Nhóm 13 - 24 tháng", "", PRESCHOOL, "NT1"),
        ("Nhóm trẻ 25-36 tháng", "", PRESCHOOL, "NT"),
        ("Lá 1", "", PRESCHOOL, "MG5"),
        ("Chồi 2", "", PRESCHOOL, "MG4"),
        ("Mầm", "", PRESCHOOL, "MG3"),
        ("A1", "Mẫu giáo 5-6 tuổi", PRESCHOOL, "MG5"),
        ("Hoa Sen", "Mẫu giáo nhỡ", PRESCHOOL, "MG4"),
        ("Nhỡ A", "", PRESCHOOL, "MG4"),
        ("10A", "", CONTINUING, "TX10"),
        ("10A", "Khối 10", UPPER + CONTINUING, "10"),
        ("10TX1", "Khối 10 GDTX", UPPER + CONTINUING, "TX10"),
        ("Hoa Sen", "", PRESCHOOL, None),
    ],
)
def test_the_grade_of_a_class(
    name: str, text: str, grades: list[GradeLevel], code: str | None
) -> None:
    found = _grade(name, text, grades)
    assert (found.code if found else None) == code


@pytest.mark.parametrize("note", ["(đã mất)", "- đã mất", "[ly hôn]"])
def test_a_note_on_a_parent_keeps_no_child_out(cast: Cast, note: str) -> None:
    row = a_pupil(**{"Tên cha": f"Nguyễn Văn An {note}", "Dân tộc": "Chứt (Mã Liềng)"})
    plans = planned(actor_of(cast.loan), cast.school_a.pk, [row])
    assert (outcomes(plans), faults(plans)) == (["NEW"], [(2, "sheets.name_note_dropped")])
    data = plans[0].values["new"].data
    assert data.ethnicity_code == "44"
    assert "Nguyễn Văn An" in [one.full_name for one in data.guardians]
