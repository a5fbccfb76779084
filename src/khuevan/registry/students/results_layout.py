"""The ministry's sheet of results of primary schools (KQHT, Circular 27/2020): its 35 columns.

Who is on it is compared with the records; the results themselves come with the gradebook. Subjects,
abilities and qualities are those of the circular; how each column is headed is from memory.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Field, Layout
from khuevan.registry.students.student_layout import (
    BIRTH_DATE,
    CLASS_NAME,
    FULL_NAME,
    MOET_CODE,
    ORDINAL,
)

CODE = "students.primary_results"
FIRST = "math_level"
"""The column by which such a sheet is known."""
LEVEL = ("Mức", "Mức đạt được", "Mức đạt", "Mức ĐG")
MARK = ("Điểm", "Điểm KTĐK", "Điểm kiểm tra định kỳ", "KTĐK")


def _result(name: str, header: str, *aliases: str, required: bool = False) -> Field:
    return Field(name, header, header, required=required, aliases=aliases, is_kept=False)


def _tested(name: str, subject: str, short: str, *, required: bool = False) -> tuple[Field, Field]:
    """Return the columns of a subject with a level and a mark of a test."""

    def named(words: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(f"{one} {word}" for one in (subject, short) for word in words)

    level, *levels = named(LEVEL)
    mark, *marks = named(MARK)
    return (
        _result(f"{name}_level", level, *levels, required=required),
        _result(f"{name}_mark", mark, *marks),
    )


RESULT_COLUMNS = (
    *_tested("math", "Toán", "Toán", required=True),
    *_tested("vietnamese", "Tiếng Việt", "TV"),
    _result("ethics", "Đạo đức"),
    _result("nature", "Tự nhiên và Xã hội", "TN-XH", "TNXH", "TN&XH"),
    _result("foreign_language", "Ngoại ngữ", "Ngoại ngữ 1", "Tiếng Anh"),
    _result("minority_language", "Tiếng dân tộc", "Tiếng dân tộc thiểu số", "Tiếng DT"),
    _result("informatics", "Tin học", "TH-CN", "Tin học và Công nghệ", "TH-CN (Tin học)"),
    _result("technology", "Công nghệ", "TH-CN (Công nghệ)"),
    _result("music", "Âm nhạc", "Nghệ thuật (Âm nhạc)"),
    _result("art", "Mĩ thuật", "Mỹ thuật", "Nghệ thuật (Mĩ thuật)"),
    _result("activities", "HĐTN", "Hoạt động trải nghiệm"),
    _result("physical", "GDTC", "Giáo dục thể chất"),
    _result("autonomy", "Tự chủ và tự học", "TCTH", "Tự chủ, tự học"),
    _result("cooperation", "Giao tiếp và hợp tác", "GTHT", "Giao tiếp, hợp tác"),
    _result("problem_solving", "Giải quyết vấn đề và sáng tạo", "GQVĐST", "GQVĐ và sáng tạo"),
    _result("language", "Ngôn ngữ", "NN"),
    _result("calculation", "Tính toán", "TT toán"),
    _result("science", "Khoa học", "KH"),
    _result("aesthetics", "Thẩm mĩ", "Thẩm mỹ"),
    _result("body", "Thể chất"),
    _result("patriotism", "Yêu nước"),
    _result("kindness", "Nhân ái"),
    _result("diligence", "Chăm chỉ"),
    _result("honesty", "Trung thực"),
    _result("responsibility", "Trách nhiệm"),
    _result("completed", "Hoàn thành chương trình", "HTCT", "Hoàn thành chương trình lớp học"),
    _result("promoted", "Lên lớp", "Được lên lớp"),
    _result("overall", "Xếp loại", "Đánh giá KQGD", "Kết quả giáo dục"),
)

FIELDS = (
    ORDINAL,
    replace(CLASS_NAME, header="Mã lớp", aliases=("Lớp", "Tên lớp", "Lớp học")),
    replace(MOET_CODE, header="Mã học sinh", aliases=(MOET_CODE.header, *MOET_CODE.aliases)),
    replace(FULL_NAME, splits_into=()),
    BIRTH_DATE,
    *RESULT_COLUMNS,
)

RESULTS_LAYOUT = Layout(
    CODE, _("Ministry sheet of primary results"), FIELDS, _("Results of pupils")
)
