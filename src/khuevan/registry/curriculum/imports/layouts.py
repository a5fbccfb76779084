"""Lists of lessons as data: a row for each lesson, and the workbook that vnEdu takes."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Field, Layout

CODE = "curriculum.assignments"
VNEDU = "curriculum.assignments.vnedu"
ORDINAL = Field("ordinal", "STT", _("No."), "ordinal", aliases=("Số TT", "TT", "Số thứ tự"))
TEACHER_CODE = Field(
    "teacher_code",
    "Mã giáo viên",
    _("Code of the teacher"),
    "code",
    max_length=20,
    aliases=("Mã GV", "Mã định danh GV", "Mã cán bộ", "Mã định danh giáo viên"),
)

FLAT_LAYOUT = Layout(
    CODE,
    _("List of lessons"),
    (
        ORDINAL,
        TEACHER_CODE,
        Field(
            "teacher",
            "Giáo viên",
            _("Teacher"),
            required=True,
            max_length=180,
            blank_fault="curriculum.blank_teacher",
            aliases=("Teacher", "Họ tên giáo viên", "Tên giáo viên", "Họ và tên GV", "GV", "GV dạy",
                     "Giáo viên dạy", "Giáo viên giảng dạy", "Họ và tên", "Họ tên"),
        ),
        Field(
            "subject",
            "Môn",
            _("Subject"),
            required=True,
            max_length=80,
            blank_fault="curriculum.blank_subject",
            aliases=("Subject", "Môn học", "Tên môn", "Tên môn học", "Môn dạy", "Phân môn"),
        ),
        Field(
            "classes",
            "Lớp",
            _("Class"),
            required=True,
            max_length=500,
            blank_fault="curriculum.blank_class",
            aliases=("Class", "Tên lớp", "Lớp học", "Lớp dạy", "Lớp giảng dạy"),
        ),
        Field(
            "periods",
            "Số tiết/tuần",
            _("Periods a week"),
            "integer",
            aliases=("Periods per week", "Số tiết", "Số tiết trên tuần", "Số tiết một tuần",
                     "Tiết/tuần", "Số tiết dạy"),
        ),
        Field(
            "first_term",
            "Số tiết/tuần HK I",
            _("Periods a week, term I"),
            "integer",
            aliases=("HK I", "HK1", "HKI", "Học kỳ I", "Học kỳ 1", "Số tiết HK I", "Số tiết HK1",
                     "Số tiết HKI"),
        ),
        Field(
            "second_term",
            "Số tiết/tuần HK II",
            _("Periods a week, term II"),
            "integer",
            aliases=("HK II", "HK2", "HKII", "Học kỳ II", "Học kỳ 2", "Số tiết HK II",
                     "Số tiết HK2", "Số tiết HKII"),
        ),
        Field(
            "from_day",
            "Từ ngày",
            _("From"),
            "date",
            aliases=("Dạy từ ngày", "Ngày bắt đầu", "Thời gian bắt đầu", "From day", "Start date"),
        ),
        Field(
            "answers",
            "Phụ trách điểm",
            _("Answers for the marks"),
            max_length=10,
            aliases=("Chịu trách nhiệm điểm", "Phụ trách vào điểm", "Answers for marks"),
        ),
    ),
    _("List of lessons"),
)  # fmt: skip

VNEDU_LAYOUT = Layout(
    VNEDU,
    _("Lessons for vnEdu"),
    (
        Field(
            "teacher",
            "GIAOVIEN",
            _("Teacher"),
            required=True,
            max_length=180,
            blank_fault="curriculum.blank_teacher",
        ),
        Field(
            "subject",
            "MONVNEDU",
            _("Subject"),
            required=True,
            max_length=80,
            blank_fault="curriculum.blank_subject",
        ),
        Field(
            "classes",
            "DSLOPDAY",
            _("Classes with their periods"),
            required=True,
            max_length=2000,
            blank_fault="curriculum.blank_class",
        ),
    ),
    "PCGD_Mau1",
)
