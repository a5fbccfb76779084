"""The ministry's list of staff as data: its 72 columns, what others call them.

The layout is put together from files seen and from memory (71 and 72 columns were seen): `SEEN` are
the headers of a real file, letter by letter; every other header, and the order, is from memory.
Columns are matched by their words: a file with others, or in another order, is read all the same.
What the records have no place for is named before anything is written.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.sheets.api import Field, Layout

CODE = "staff.ministry_list"
SEEN = (
    "UBND Xã",
    "Tên trường",
    "Mã định danh Bộ GD&ĐT",
    "Họ tên",
    "Ngày sinh",
    "Trạng thái",
    "Vị trí việc làm",
    "Email",
)


def _unkept(number: int, header: str, *aliases: str) -> Field:
    """Return a column of the ministry's file that the records of staff have no place for."""
    return Field(f"other_{number}", header, header, aliases=aliases, max_length=2000, is_kept=False)


FIELDS = (
    Field("ordinal", "STT", _("No."), "ordinal", aliases=("Số TT", "TT", "Số thứ tự")),
    Field(
        "office",
        "UBND Xã",
        _("Managing office"),
        aliases=("UBND xã/phường", "Phòng GD&ĐT"),
        is_kept=False,
    ),
    Field(
        "school_code",
        "Mã trường",
        _("School code"),
        "code",
        max_length=20,
        aliases=("Mã đơn vị", "Mã trường học"),
    ),
    Field("school_name", "Tên trường", _("School"), aliases=("Trường", "Đơn vị", "Tên đơn vị")),
    Field(
        "moet_code",
        "Mã định danh Bộ GD&ĐT",
        _("Ministry code"),
        "code",
        max_length=20,
        aliases=(
            "Mã định danh Bộ",
            "Mã Bộ GD&ĐT",
            "Mã định danh ngành",
            "Mã CSDL ngành",
            "Mã giáo viên",
            "Mã GV",
            "Mã cán bộ",
            "Mã CBGVNV",
        ),
    ),
    Field(
        "full_name",
        "Họ tên",
        _("Full name"),
        "full_name",
        required=True,
        max_length=180,
        blank_fault="staff.blank_name",
        aliases=(
            "Họ và tên",
            "Họ tên giáo viên",
            "Họ và tên giáo viên",
            "Họ tên CBGVNV",
            "Họ, chữ đệm và tên",
            "Họ tên nhân sự",
        ),
    ),
    Field(
        "birth_date",
        "Ngày sinh",
        _("Date of birth"),
        "birth_date",
        aliases=("Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "NTNS", "Sinh ngày"),
    ),
    Field("sex", "Giới tính", _("Sex"), "sex", aliases=("Giới", "Phái", "Nam/Nữ")),
    Field(
        "ethnicity", "Dân tộc", _("Ethnic group"), "listed", codes="ethnic_groups", aliases=("DT",)
    ),
    _unkept(10, "Tôn giáo"),
    _unkept(11, "Quốc tịch"),
    Field(
        "state",
        "Trạng thái",
        _("State"),
        "listed",
        codes="states",
        aliases=("Trạng thái cán bộ", "Tình trạng", "Trạng thái làm việc"),
    ),
    Field(
        "personal_number",
        "Số định danh cá nhân",
        _("Personal number"),
        "personal_number",
        aliases=(
            "CCCD",
            "Số CCCD",
            "Số CMND/CCCD",
            "CMND/CCCD",
            "Số định danh cá nhân/CCCD",
            "Số ĐDCN/CCCD",
            "Số căn cước",
            "Mã định danh cá nhân",
        ),
    ),
    _unkept(14, "Ngày cấp CCCD", "Ngày cấp"),
    _unkept(15, "Nơi cấp CCCD", "Nơi cấp"),
    Field(
        "phone",
        "Điện thoại",
        _("Phone"),
        "phone",
        aliases=("Số điện thoại", "SĐT", "Điện thoại di động", "Số ĐT", "ĐT"),
    ),
    _unkept(17, "Email", "Địa chỉ email", "Thư điện tử"),
    _unkept(18, "Tỉnh thành quê quán", "Quê quán"),
    _unkept(19, "Phường Xã quê quán"),
    _unkept(20, "Nơi sinh"),
    _unkept(21, "Hộ khẩu thường trú", "Địa chỉ thường trú"),
    _unkept(22, "Chỗ ở hiện nay", "Nơi ở hiện nay", "Địa chỉ"),
    _unkept(23, "Đảng viên", "Là đảng viên"),
    _unkept(24, "Ngày vào Đảng"),
    _unkept(25, "Đoàn viên", "Là đoàn viên"),
    _unkept(26, "Công đoàn viên"),
    Field(
        "position",
        "Vị trí việc làm",
        _("Position"),
        "listed",
        required=True,
        codes="positions",
        blank_fault="staff.blank_position",
        aliases=("Chức vụ", "Vị trí", "Loại cán bộ", "Nhóm vị trí việc làm", "Chức danh"),
    ),
    _unkept(28, "Nhóm chức vụ", "Nhóm chức danh"),
    _unkept(29, "Kiêm nhiệm", "Nhiệm vụ kiêm nhiệm"),
    Field(
        "employment",
        "Hình thức hợp đồng",
        _("Employment"),
        "listed",
        codes="employments",
        keeps_row=True,
        aliases=("Loại hợp đồng", "Hình thức tuyển dụng", "Hợp đồng"),
    ),
    Field(
        "starts_on",
        "Ngày về trường",
        _("At the school since"),
        "date",
        aliases=("Ngày về trường hiện nay", "Ngày bắt đầu làm việc", "Ngày vào trường"),
    ),
    _unkept(32, "Ngày tuyển dụng", "Ngày vào ngành"),
    _unkept(33, "Cơ quan tuyển dụng"),
    _unkept(34, "Nghề nghiệp khi được tuyển dụng"),
    _unkept(35, "Ngày vào biên chế"),
    _unkept(
        36, "Chức danh nghề nghiệp", "Ngạch/hạng", "Mã ngạch", "Hạng chức danh nghề nghiệp", "Hạng"
    ),
    _unkept(37, "Ngày bổ nhiệm chức danh nghề nghiệp"),
    _unkept(38, "Bậc lương", "Bậc"),
    _unkept(39, "Hệ số lương", "Hệ số"),
    _unkept(40, "Ngày hưởng lương", "Ngày hưởng"),
    _unkept(41, "Phụ cấp thâm niên", "% thâm niên"),
    _unkept(42, "Phụ cấp ưu đãi"),
    _unkept(43, "Phụ cấp chức vụ", "Phụ cấp", "PC"),
    _unkept(44, "Phụ cấp khu vực", "Phụ cấp thu hút"),
    _unkept(45, "Số sổ BHXH", "Mã số BHXH", "BHXH"),
    _unkept(46, "Môn dạy", "Môn dạy chính", "Môn giảng dạy", "Bộ môn"),
    _unkept(47, "Môn dạy khác", "Môn dạy kiêm nhiệm"),
    _unkept(48, "Cấp dạy", "Dạy cấp học"),
    _unkept(49, "Số tiết dạy/tuần", "Số tiết thực dạy"),
    _unkept(50, "Số tiết kiêm nhiệm"),
    _unkept(51, "Tổ chuyên môn", "Tổ bộ môn", "Tổ"),
    _unkept(52, "Dạy 2 buổi/ngày"),
    _unkept(53, "Dạy lớp khuyết tật", "Dạy hòa nhập"),
    _unkept(54, "Tổng phụ trách Đội", "Là tổng phụ trách Đội"),
    _unkept(55, "Trình độ chuyên môn", "Trình độ chuyên môn cao nhất", "Trình độ đào tạo"),
    _unkept(56, "Chuyên ngành đào tạo", "Chuyên ngành"),
    _unkept(57, "Cơ sở đào tạo", "Nơi đào tạo"),
    _unkept(58, "Hình thức đào tạo"),
    _unkept(59, "Năm tốt nghiệp"),
    _unkept(60, "Trình độ lý luận chính trị", "Trình độ LLCT", "LLCT"),
    _unkept(61, "Trình độ quản lý giáo dục", "Trình độ QLGD"),
    _unkept(62, "Trình độ quản lý nhà nước", "Trình độ QLNN"),
    _unkept(63, "Ngoại ngữ chính", "Ngoại ngữ"),
    _unkept(64, "Trình độ ngoại ngữ"),
    _unkept(65, "Trình độ tin học", "Tin học"),
    _unkept(66, "Bồi dưỡng thường xuyên", "Kết quả BDTX"),
    _unkept(67, "Đánh giá chuẩn nghề nghiệp", "Chuẩn nghề nghiệp"),
    _unkept(68, "Đánh giá viên chức", "Xếp loại viên chức"),
    _unkept(69, "Giáo viên giỏi", "Danh hiệu giáo viên giỏi"),
    _unkept(70, "Khen thưởng"),
    _unkept(71, "Kỷ luật"),
    _unkept(72, "Ghi chú"),
)

STAFF_LAYOUT = Layout(CODE, _("Ministry list of staff"), FIELDS, _("List of staff"))
