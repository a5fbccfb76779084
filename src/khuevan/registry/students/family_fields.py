"""The columns of a list of pupils that tell of the family, and what others call them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Field

FATHER_NAME = Field(
    "father_name",
    "Tên cha",
    _("Father's name"),
    "relative_name",
    max_length=180,
    aliases=(
        "Họ tên cha",
        "Họ và tên cha",
        "Họ tên bố",
        "Họ và tên bố",
        "Tên bố",
        "Cha",
        "Bố",
        "Cha Họ tên",
        "Bố Họ tên",
        "Cha Họ và tên",
        "Bố Họ và tên",
        "Thông tin cha Họ tên",
        "Thông tin cha Họ và tên",
    ),
)
FATHER_JOB = Field(
    "father_job",
    "Nghề nghiệp cha",
    _("Father's occupation"),
    max_length=80,
    aliases=(
        "Nghề nghiệp bố",
        "Nghề cha",
        "Nghề bố",
        "Cha Nghề nghiệp",
        "Bố Nghề nghiệp",
        "Thông tin cha Nghề nghiệp",
    ),
)
FATHER_BIRTH_YEAR = Field(
    "father_birth_year",
    "Năm sinh cha",
    _("Father's year of birth"),
    "year",
    aliases=(
        "Năm sinh bố",
        "Cha Năm sinh",
        "Bố Năm sinh",
        "Ngày sinh cha",
        "Ngày sinh bố",
        "Thông tin cha Năm sinh",
    ),
)
FATHER_PHONE = Field(
    "father_phone",
    "SĐT cha",
    _("Father's phone"),
    "phone",
    aliases=(
        "Số điện thoại cha",
        "Điện thoại cha",
        "SĐT bố",
        "Số điện thoại bố",
        "SĐT của cha",
        "SĐT của bố",
        "Điện thoại bố",
        "ĐT cha",
        "ĐT bố",
        "Cha SĐT",
        "Bố SĐT",
        "Cha Điện thoại",
        "Bố Điện thoại",
        "Cha Số điện thoại",
        "Bố Số điện thoại",
    ),
)
MOTHER_NAME = Field(
    "mother_name",
    "Tên mẹ",
    _("Mother's name"),
    "relative_name",
    max_length=180,
    aliases=(
        "Họ tên mẹ",
        "Họ và tên mẹ",
        "Mẹ",
        "Mẹ Họ tên",
        "Mẹ Họ và tên",
        "Thông tin mẹ Họ tên",
        "Thông tin mẹ Họ và tên",
    ),
)
MOTHER_JOB = Field(
    "mother_job",
    "Nghề nghiệp mẹ",
    _("Mother's occupation"),
    max_length=80,
    aliases=("Nghề mẹ", "Mẹ Nghề nghiệp", "Thông tin mẹ Nghề nghiệp"),
)
MOTHER_BIRTH_YEAR = Field(
    "mother_birth_year",
    "Năm sinh mẹ",
    _("Mother's year of birth"),
    "year",
    aliases=("Ngày sinh mẹ", "Mẹ Năm sinh", "Thông tin mẹ Năm sinh"),
)
MOTHER_PHONE = Field(
    "mother_phone",
    "SĐT mẹ",
    _("Mother's phone"),
    "phone",
    aliases=(
        "Số điện thoại mẹ",
        "Điện thoại mẹ",
        "SĐT của mẹ",
        "ĐT mẹ",
        "Mẹ SĐT",
        "Mẹ Điện thoại",
        "Mẹ Số điện thoại",
    ),
)
GUARDIAN_NAME = Field(
    "guardian_name",
    "Họ tên người giám hộ",
    _("Guardian's name"),
    "relative_name",
    max_length=180,
    aliases=("Người giám hộ", "Tên người giám hộ", "Họ và tên người giám hộ", "Người đỡ đầu"),
)
GUARDIAN_PHONE = Field(
    "guardian_phone",
    "SĐT người giám hộ",
    _("Guardian's phone"),
    "phone",
    aliases=("Số điện thoại người giám hộ", "Điện thoại người giám hộ"),
)
