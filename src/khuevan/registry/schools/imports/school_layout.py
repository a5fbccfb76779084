"""The list of schools as data: its columns, what others call them.

Headers are Vietnamese facts of files seen; they are matched, never translated.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Field, Layout

CODE = "schools.register"

FIELDS = (
    Field("ordinal", "STT", _("No."), "ordinal", aliases=("Số TT", "TT", "Số thứ tự")),
    Field(
        "code",
        "Mã trường",
        _("School code"),
        "code",
        required=True,
        max_length=20,
        aliases=(
            "Mã trường học",
            "Mã đơn vị",
            "Mã cơ sở",
            "Mã CSGD",
            "Mã cơ sở giáo dục",
            "Mã định danh trường",
            "Mã trường CSDL ngành",
        ),
    ),
    Field(
        "name",
        "Tên trường",
        _("Name of the school"),
        required=True,
        max_length=200,
        aliases=(
            "Tên",
            "Tên trường học",
            "Tên đơn vị",
            "Tên cơ sở",
            "Tên cơ sở giáo dục",
            "Tên nhà trường",
            "Trường",
        ),
    ),
    Field("short_name", "Tên viết tắt", _("Short name"), max_length=80, aliases=("Tên ngắn",)),
    Field(
        "levels",
        "Cấp học",
        _("Levels"),
        "many",
        required=True,
        codes="levels",
        aliases=("Các cấp học", "Cấp", "Bậc học", "Cấp học giảng dạy"),
    ),
    Field(
        "ownership",
        "Loại hình",
        _("Ownership"),
        "listed",
        codes="ownerships",
        aliases=("Loại hình sở hữu", "Hình thức sở hữu", "Loại hình đào tạo"),
    ),
    Field(
        "school_type",
        "Loại trường",
        _("Kind of school"),
        "listed",
        codes="school_types",
        aliases=("Loại hình trường", "Kiểu trường", "Loại cơ sở giáo dục"),
    ),
    Field(
        "national_standard",
        "Chuẩn quốc gia",
        _("National standard"),
        "listed",
        codes="standards",
        aliases=("Đạt chuẩn quốc gia", "Mức chuẩn quốc gia", "Chuẩn QG", "Chuẩn QG mức"),
    ),
    Field(
        "boarding",
        "Bán trú/Nội trú",
        _("Boarding"),
        "listed",
        codes="boardings",
        aliases=("Bán trú", "Nội trú", "Hình thức bán trú, nội trú"),
    ),
    Field(
        "province",
        "Tỉnh",
        _("Province"),
        "listed",
        codes="provinces",
        aliases=("Tỉnh/Thành phố", "Tỉnh thành", "Tỉnh, thành phố", "Mã tỉnh"),
    ),
    Field(
        "commune",
        "Xã",
        _("Commune"),
        "listed",
        codes="communes",
        aliases=(
            "Xã/Phường",
            "Phường/Xã",
            "Xã phường",
            "Phường xã",
            "Xã, phường, đặc khu",
            "Xã/Phường/Đặc khu",
            "Mã xã",
        ),
    ),
    Field(
        "manager",
        "Đơn vị quản lý",
        _("Managing office"),
        "listed",
        codes="managers",
        aliases=("Cơ quan quản lý", "Đơn vị chủ quản", "Cơ quan chủ quản", "Trực thuộc"),
    ),
    Field(
        "is_disadvantaged",
        "Vùng khó khăn",
        _("Disadvantaged area"),
        "listed",
        codes="yes_no",
        aliases=("Thuộc vùng khó khăn", "Vùng đặc biệt khó khăn", "Xã khó khăn", "Vùng ĐBKK"),
    ),
    Field(
        "campuses",
        "Điểm trường",
        _("Campuses"),
        aliases=("Số điểm trường",),
        is_kept=False,
    ),
    Field("address", "Địa chỉ", _("Address"), max_length=250, aliases=("Địa chỉ trường",)),
    Field(
        "principal",
        "Hiệu trưởng",
        _("Principal"),
        aliases=("Họ tên hiệu trưởng", "Tên hiệu trưởng"),
        is_kept=False,
    ),
    Field(
        "phone",
        "Điện thoại",
        _("Phone"),
        "phone",
        aliases=("Số điện thoại", "SĐT", "Điện thoại trường"),
    ),
    Field("website", "Website", _("Website"), max_length=200, aliases=("Trang web", "Web")),
    Field(
        "founded",
        "Năm thành lập",
        _("Founded in"),
        "year",
        aliases=("Năm TL", "Thành lập năm"),
    ),
)

SCHOOL_LAYOUT = Layout(CODE, _("Ministry list of schools"), FIELDS, _("List of schools"))
