"""The list of a school's classes as data: its columns, what others call them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Field, Layout

CODE = "schools.classes"

FIELDS = (
    Field("ordinal", "STT", _("No."), "ordinal", aliases=("Số TT", "TT", "Số thứ tự")),
    Field(
        "grade",
        "Khối",
        _("Grade"),
        "listed",
        codes="grades",
        aliases=("Khối học", "Khối lớp", "Mã khối", "Nhóm/lớp theo độ tuổi"),
    ),
    Field(
        "class_code",
        "Mã lớp",
        _("Class code"),
        "code",
        max_length=30,
        aliases=("Mã lớp học",),
        is_kept=False,
    ),
    Field(
        "name",
        "Tên lớp",
        _("Class"),
        required=True,
        max_length=30,
        blank_fault="schools.blank_class",
        aliases=("Lớp", "Lớp học", "Tên lớp học", "Tên nhóm lớp"),
    ),
    Field(
        "teacher",
        "GVCN",
        _("Homeroom teacher"),
        "relative_name",
        max_length=180,
        aliases=(
            "Giáo viên chủ nhiệm",
            "GV chủ nhiệm",
            "Họ tên GVCN",
            "Họ tên giáo viên chủ nhiệm",
            "Chủ nhiệm",
        ),
    ),
    Field(
        "teacher_code",
        "Mã GVCN",
        _("Code of the homeroom teacher"),
        "code",
        max_length=20,
        aliases=("Mã giáo viên chủ nhiệm", "Mã định danh GVCN"),
    ),
    Field(
        "session",
        "Buổi học",
        _("Session"),
        "listed",
        codes="sessions",
        aliases=("Buổi", "Ca học", "Học buổi"),
    ),
    Field(
        "sessions_a_week",
        "Số buổi/tuần",
        _("Sessions a week"),
        "integer",
        aliases=("Số buổi học/tuần", "Số buổi trên tuần", "Số buổi"),
    ),
    Field(
        "further_grades",
        "Lớp ghép",
        _("Multi-grade class"),
        "many",
        codes="further",
        aliases=("Ghép khối", "Lớp ghép với khối", "Các khối ghép"),
    ),
    Field(
        "is_gifted",
        "Lớp chuyên",
        _("Specialized class"),
        "listed",
        codes="yes_no",
        aliases=("Chuyên",),
    ),
    Field(
        "is_inclusive",
        "Lớp hòa nhập",
        _("Inclusive class"),
        "listed",
        codes="yes_no",
        aliases=("Hòa nhập", "Lớp có học sinh khuyết tật"),
    ),
    Field(
        "special",
        "Lớp chuyên/hòa nhập",
        _("Specialized or inclusive"),
        "listed",
        codes="special",
        is_stand_in=True,
    ),
    Field(
        "language",
        "Ngoại ngữ",
        _("Foreign language"),
        aliases=("Ngoại ngữ 1", "Môn ngoại ngữ"),
        is_kept=False,
    ),
    Field(
        "campus",
        "Điểm trường",
        _("Campus"),
        "listed",
        codes="campuses",
        aliases=("Tên điểm trường", "Phân hiệu", "Cơ sở"),
    ),
    Field(
        "subject_combination",
        "Tổ hợp môn",
        _("Subject combination"),
        max_length=160,
        aliases=("Tổ hợp", "Tổ hợp môn học", "Môn học lựa chọn"),
    ),
)

CLASS_LAYOUT = Layout(CODE, _("Ministry list of classes"), FIELDS, _("List of classes"))
