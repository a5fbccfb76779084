"""The ministry's list of pupils as data: its 25 columns, what others call them, code lists.

Headers are Vietnamese facts of files seen; they are matched, never translated.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from khuevan.platform.codes.api import code_table
from khuevan.platform.sheets.api import CodeList, Field, Layout
from khuevan.registry.students.family_fields import (
    FATHER_BIRTH_YEAR,
    FATHER_JOB,
    FATHER_NAME,
    FATHER_PHONE,
    GUARDIAN_NAME,
    GUARDIAN_PHONE,
    MOTHER_BIRTH_YEAR,
    MOTHER_JOB,
    MOTHER_NAME,
    MOTHER_PHONE,
)
from khuevan.registry.students.unclear_headers import UNCLEAR_HEADERS

LISTS = Path(__file__).parent / "lists"
CODE = "students.ministry_list"

ORDINAL = Field("ordinal", "STT", _("No."), "ordinal", aliases=("Số TT", "TT", "Số thứ tự"))
MOET_CODE = Field(
    "moet_code",
    "Mã định danh Bộ GD&ĐT",
    _("Ministry code"),
    "code",
    max_length=20,
    aliases=(
        "Mã định danh Bộ",
        "Mã Bộ GD&ĐT",
        "Mã định danh BGD&ĐT",
        "Mã định danh ngành",
        "Mã định danh học sinh",
        "Mã học sinh",
        "Mã HS",
        "Mã số học sinh",
        "Mã CSDL ngành",
    ),
)
FULL_NAME = Field(
    "full_name",
    "Họ tên",
    _("Full name"),
    "full_name",
    required=True,
    max_length=180,
    splits_into=("family_middle_name", "given_name"),
    blank_fault="students.blank_name",
    aliases=(
        "Họ và tên",
        "Họ tên học sinh",
        "Họ và tên học sinh",
        "Tên học sinh",
        "Họ tên HS",
        "Họ và tên HS",
        "Họ, tên",
        "Họ, chữ đệm và tên",
        "Họ, chữ đệm, tên",
    ),
)
FAMILY_MIDDLE_NAME = Field(
    "family_middle_name",
    "Họ đệm",
    _("Family and middle name"),
    "name",
    max_length=120,
    aliases=("Họ và tên đệm", "Họ và đệm", "Họ tên đệm", "Họ lót", "Họ và chữ đệm", "Họ"),
    is_stand_in=True,
)
GIVEN_NAME = Field("given_name", "Tên", _("Given name"), "name", max_length=60, is_stand_in=True)
BIRTH_DATE = Field(
    "birth_date",
    "Ngày sinh",
    _("Date of birth"),
    "birth_date",
    required=True,
    blank_fault="students.blank_birth_date",
    aliases=("Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "NTNS", "Sinh ngày", "Ng.sinh"),
)
SEX = Field("sex", "Giới tính", _("Sex"), "sex", aliases=("Giới", "Phái", "GT", "Nam/Nữ"))
FEMALE_MARK = Field(
    "female_mark",
    "Nữ",
    _("Girl"),
    "mark",
    aliases=("HS nữ", "Học sinh nữ"),
    is_stand_in=True,
)
ETHNICITY = Field(
    "ethnicity", "Dân tộc", _("Ethnic group"), "listed", codes="ethnic_groups", aliases=("DT",)
)
NATIONALITY = Field(
    "nationality",
    "Quốc tịch",
    _("Nationality"),
    "listed",
    codes="nationalities",
    aliases=("Mang quốc tịch", "Quốc tịch học sinh"),
)
STATE = Field(
    "state",
    "Trạng thái",
    _("State"),
    "listed",
    codes="student_states",
    aliases=("Trạng thái học sinh", "Trạng thái HS", "Tình trạng học tập"),
)
CONTACT_PHONE = Field(
    "contact_phone",
    "SĐT liên hệ",
    _("Contact phone"),
    "phone",
    aliases=(
        "Số điện thoại liên hệ",
        "Điện thoại liên hệ",
        "Số điện thoại",
        "Điện thoại",
        "SĐT",
        "ĐT liên hệ",
        "SĐT phụ huynh",
        "Số điện thoại phụ huynh",
        "SĐT nhận tin nhắn",
        "SĐT nhắn tin",
        "Số điện thoại nhận tin nhắn",
        "ĐT phụ huynh",
        "ĐT",
    ),
)
PUPIL_PHONE = Field(
    "pupil_phone",
    "SĐT học sinh",
    _("Pupil's phone"),
    "phone",
    aliases=("Số điện thoại học sinh", "Điện thoại học sinh", "SĐT HS", "SĐT của học sinh"),
)
BIRTH_PLACE = Field("birth_place", "Nơi sinh chi tiết", _("Place of birth"), aliases=("Nơi sinh",))
PERMANENT_HAMLET = Field(
    "permanent_hamlet",
    "Tổ/thôn Hộ khẩu thường trú",
    _("Hamlet of permanent residence"),
    aliases=(
        "Tổ/thôn",
        "Thôn/xóm",
        "Thôn xóm",
        "Hộ khẩu thường trú",
        "Địa chỉ thường trú",
        "HKTT",
        "Hộ khẩu",
        "Nơi thường trú",
        "Thường trú",
    ),
)
HOME_PROVINCE = Field(
    "home_province",
    "Tỉnh thành quê quán",
    _("Home province"),
    aliases=("Tỉnh quê quán", "Tỉnh/Thành phố", "Tỉnh thành", "Tỉnh"),
)
HOME_COMMUNE = Field(
    "home_commune",
    "Phường Xã quê quán",
    _("Home commune"),
    aliases=("Xã quê quán", "Xã/Phường", "Phường/Xã", "Phường xã", "Xã"),
)
CURRENT_ADDRESS = Field(
    "current_address",
    "Chỗ ở hiện nay",
    _("Current address"),
    aliases=(
        "Nơi ở hiện nay",
        "Địa chỉ",
        "Địa chỉ liên hệ",
        "Địa chỉ hiện tại",
        "Chỗ ở hiện tại",
        "Nơi ở hiện tại",
        "Nơi ở",
        "Chỗ ở",
    ),
)
ID_CARD_NUMBER = Field(
    "id_card_number",
    "Số CMND",
    _("Identity card number"),
    "code",
    max_length=20,
    aliases=("CMND", "Số CMT"),
    is_kept=False,
)
ID_CARD_ISSUED_ON = Field(
    "id_card_issued_on", "Ngày cấp", _("Card issued on"), "date", is_kept=False
)
ID_CARD_ISSUED_BY = Field("id_card_issued_by", "Nơi cấp", _("Card issued by"), is_kept=False)
CLASS_NAME = Field(
    "class_name",
    "Lớp học",
    _("Class"),
    "listed",
    required=True,
    codes="classes",
    blank_fault="students.blank_class",
    aliases=("Lớp", "Tên lớp", "Tên lớp học", "Lớp hiện tại", "Mã lớp", "Mã lớp học"),
)
GRADE_LEVEL = Field("grade_level", "Khối học", _("Grade"), aliases=("Khối", "Khối lớp", "Mã khối"))
PERSONAL_NUMBER = Field(
    "personal_number",
    "Số định danh cá nhân",
    _("Personal number"),
    "personal_number",
    aliases=(
        "Mã định danh cá nhân",
        "Số ĐDCN",
        "ĐDCN",
        "Mã ĐDCN",
        "Số định danh",
        "Mã định danh",
        "Số định danh công dân",
        "Mã định danh công dân",
        "Số ĐDCN/CCCD",
        "Số CMND/CCCD",
        "Số CCCD",
        "CCCD",
        "Số căn cước",
        "Số căn cước công dân",
        "Số CCCD/ĐDCN",
        "CCCD/ĐDCN",
        "ĐDCN/CCCD",
        "Số định danh cá nhân/CCCD",
        "Số định danh/CCCD",
        "Mã định danh cá nhân/CCCD",
        "Số định danh cá nhân (CCCD)",
    ),
)
REGISTRY_NUMBER = Field(
    "registry_number",
    "Số đăng bộ",
    _("Number in the registry book"),
    "code",
    max_length=20,
    aliases=("Đăng bộ", "Số sổ đăng bộ", "STT đăng bộ"),
)
ENTERED_ON = Field(
    "entered_on",
    "Ngày vào trường",
    _("First day at the school"),
    "date",
    aliases=("Ngày nhập học", "Ngày vào học", "Ngày vào"),
)
SAME_PUPIL = Field(
    "same_pupil",
    "Em đã có trong hồ sơ",
    _("Same pupil as in the records"),
    "listed",
    codes="same_pupil",
    is_answer=True,
)

POLICY_GROUPS = Field(
    "policy_groups",
    "Đối tượng chính sách",
    _("Policy groups"),
    "many",
    codes="policy_groups",
    aliases=("Diện chính sách", "Chế độ chính sách", "Đối tượng ưu tiên", "Diện ưu tiên"),
)
DISABILITY = Field(
    "disability",
    "Loại khuyết tật",
    _("Disability"),
    "listed",
    codes="disabilities",
    aliases=("Khuyết tật", "Dạng khuyết tật", "Dạng tật", "Khuyết tật (loại)"),
)

MINISTRY_FIELDS = (
    ORDINAL,
    MOET_CODE,
    FULL_NAME,
    BIRTH_DATE,
    SEX,
    ETHNICITY,
    STATE,
    CONTACT_PHONE,
    BIRTH_PLACE,
    PERMANENT_HAMLET,
    HOME_PROVINCE,
    HOME_COMMUNE,
    CURRENT_ADDRESS,
    ID_CARD_NUMBER,
    ID_CARD_ISSUED_ON,
    ID_CARD_ISSUED_BY,
    FATHER_NAME,
    FATHER_JOB,
    FATHER_BIRTH_YEAR,
    MOTHER_NAME,
    MOTHER_JOB,
    MOTHER_BIRTH_YEAR,
    CLASS_NAME,
    GRADE_LEVEL,
    PERSONAL_NUMBER,
)
OTHER_FIELDS = (
    FAMILY_MIDDLE_NAME,
    GIVEN_NAME,
    FEMALE_MARK,
    FATHER_PHONE,
    MOTHER_PHONE,
    GUARDIAN_NAME,
    GUARDIAN_PHONE,
    REGISTRY_NUMBER,
    PUPIL_PHONE,
    ENTERED_ON,
    NATIONALITY,
    POLICY_GROUPS,
    DISABILITY,
    SAME_PUPIL,
)

STUDENT_LAYOUT = Layout(
    CODE,
    _("Ministry list of pupils"),
    MINISTRY_FIELDS + OTHER_FIELDS,
    _("List of pupils"),
    UNCLEAR_HEADERS,
)


@cache
def ethnic_groups() -> CodeList:
    """Return the 54 ethnic groups and the foreigners."""
    return CodeList.of_table(code_table("peoples"))


@cache
def nationalities() -> CodeList:
    """Return the countries somebody may be of."""
    return CodeList.of_table(code_table("nationalities"))


@cache
def same_pupil_answers() -> CodeList:
    """Return the answers to the question whether a row is a pupil the records know."""
    return CodeList.from_csv(LISTS / "same_pupil.csv")
