"""Files of marks as layouts: the sheet of a class and subject as vnEdu has it, and the ministry's
sheet of primary results (KQHT, Circular 27/2020). How columns are headed is from memory."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Field, Layout
from khuevan.registry.students.api import (
    BIRTH_DATE,
    FULL_NAME,
    MOET_CODE,
    ORDINAL,
    RESULT_COLUMNS,
)
from khuevan.school.gradebooks.shapes import TRAITS
from khuevan.school.gradebooks.slots import CLUSTER, FINAL, LEVEL, MIDTERM, TEST, TRAIT

CODE = "gradebooks.marks"
RESULTS = "gradebooks.primary_results"
REGULAR_COLUMNS = 9

CLASS_FIELD = Field(
    "class_name",
    "Lớp",
    _("Class"),
    "listed",
    required=True,
    codes="classes",
    aliases=("Lớp học", "Tên lớp", "Mã lớp"),
    title_word="lớp",
)
SUBJECT_FIELD = Field(
    "subject",
    "Môn học",
    _("Subject"),
    "listed",
    required=True,
    codes="subjects",
    aliases=("Môn", "Tên môn", "Tên môn học"),
    title_word="môn(?:\\s+học)?",
)
TERM_FIELD = Field(
    "term",
    "Học kỳ",
    _("Term"),
    "listed",
    required=True,
    codes="terms",
    aliases=("Học kì", "HK", "Kỳ"),
    title_word="học\\s+k[ỳì]|hk",
)
PERIOD_FIELD = Field(
    "term",
    "Đợt đánh giá",
    _("Assessment period"),
    "listed",
    required=True,
    codes="periods",
    aliases=("Đợt", "Thời điểm đánh giá", "Kỳ đánh giá"),
    title_word="đợt(?:\\s+đánh\\s+giá)?|thời\\s+điểm",
)
PUPIL = (
    ORDINAL,
    replace(MOET_CODE, header="Mã học sinh", aliases=(MOET_CODE.header, *MOET_CODE.aliases)),
    replace(FULL_NAME, splits_into=()),
    replace(BIRTH_DATE, required=False),
)


def _regular(number: int) -> Field:
    return Field(
        f"regular_{number}",
        f"ĐĐGtx{number}",
        f"ĐĐGtx{number}",
        max_length=12,
        aliases=(f"TX{number}", f"TX {number}", f"ĐĐGtx {number}", f"ĐĐG tx {number}",
                 f"ĐĐGTX {number}", f"Thường xuyên {number}", f"KTtx {number}"),
    )  # fmt: skip


MARKS_LAYOUT = Layout(
    CODE,
    _("Mark sheet of a class"),
    (
        CLASS_FIELD,
        SUBJECT_FIELD,
        TERM_FIELD,
        *PUPIL,
        *(_regular(number) for number in range(1, REGULAR_COLUMNS + 1)),
        Field("cluster", "CĐHT", _("Study topics"), max_length=12,
              aliases=("Chuyên đề", "Cụm chuyên đề", "Chuyên đề học tập")),
        Field("midterm", "ĐĐGgk", _("Midterm"), max_length=12,
              aliases=("GK", "Giữa kỳ", "Giữa kì", "Điểm GK", "ĐĐG gk", "Điểm giữa kỳ")),
        Field("final", "ĐĐGck", _("Final"), max_length=12,
              aliases=("CK", "Cuối kỳ", "Cuối kì", "Điểm CK", "ĐĐG ck", "Điểm cuối kỳ")),
        Field("average", "ĐTBmhk", _("Average of the term"), max_length=12, is_kept=False,
              aliases=("TBM", "ĐTB", "ĐTBm", "ĐTBmhkI", "ĐTBmhkII", "ĐTB mhk", "Trung bình môn")),
        Field("remark", "Nhận xét", _("Comment"), max_length=500, is_kept=False,
              aliases=("Ghi chú", "Nhận xét của giáo viên")),
    ),
    _("Marks"),
)  # fmt: skip

_SUBJECTS = {
    "math": "Toán",
    "vietnamese": "Tiếng Việt",
    "ethics": "Đạo đức",
    "nature": "Tự nhiên và Xã hội",
    "foreign_language": "Tiếng Anh",
    "minority_language": "Tiếng dân tộc thiểu số",
    "informatics": "Tin học",
    "technology": "Công nghệ",
    "music": "Âm nhạc",
    "art": "Mĩ thuật",
    "activities": "Hoạt động trải nghiệm",
    "physical": "Giáo dục thể chất",
}
_TRAITS = {
    "autonomy": "Tự chủ và tự học",
    "cooperation": "Giao tiếp và hợp tác",
    "problem_solving": "Giải quyết vấn đề và sáng tạo",
    "language": "Ngôn ngữ",
    "calculation": "Tính toán",
    "science": "Khoa học",
    "aesthetics": "Thẩm mĩ",
    "body": "Thể chất",
    "patriotism": "Yêu nước",
    "kindness": "Nhân ái",
    "diligence": "Chăm chỉ",
    "honesty": "Trung thực",
    "responsibility": "Trách nhiệm",
}
"""Of the competencies the sheet has no columns for technology and informatics."""


def places_of_marks() -> dict[str, int]:
    """Return for each column of marks its place in a term."""
    places = {f"regular_{number}": number for number in range(1, REGULAR_COLUMNS + 1)}
    return {**places, "cluster": CLUSTER, "midterm": MIDTERM, "final": FINAL}


def places_of_results() -> dict[str, tuple[str, int]]:
    """Return for each column of primary results its subject, none for traits, and its place."""
    found: dict[str, tuple[str, int]] = {}
    for name, subject in _SUBJECTS.items():
        found[name] = found[f"{name}_level"] = (subject, LEVEL)
        found[f"{name}_mark"] = (subject, TEST)
    for name, trait in _TRAITS.items():
        found[name] = ("", TRAIT + TRAITS.index(trait))
    return found


RESULTS_LAYOUT = Layout(
    RESULTS,
    _("Ministry sheet of primary results"),
    (
        replace(CLASS_FIELD, header="Mã lớp", aliases=("Lớp", "Tên lớp", "Lớp học")),
        PERIOD_FIELD,
        *PUPIL,
        *(
            replace(one, is_kept=one.name in places_of_results(), required=False)
            for one in RESULT_COLUMNS
        ),
    ),
    _("Results of pupils"),
)
