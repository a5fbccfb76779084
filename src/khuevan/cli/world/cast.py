"""The people everybody meets in the demo and the tests: who, where, and what they can see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DEMO_PASSWORD = "khue-van-demo"  # noqa: S105 (shown on the demo's sign-in page, refused elsewhere)

SCHOOL_A, SCHOOL_B, PRIMARY_OF_A = "SCHOOL_A", "SCHOOL_B", "PRIMARY_OF_A"
UPPER_SCHOOL = "UPPER_SCHOOL"
PROVINCE = "PROVINCE"
COMMUNE_OF_A, COMMUNE_OF_B = "COMMUNE_OF_A", "COMMUNE_OF_B"


GROUPS: dict[str, str | Promise] = {
    SCHOOL_A: _("Cẩm Bình lower-secondary school"),
    SCHOOL_B: _("Another school"),
    UPPER_SCHOOL: _("Cẩm Bình upper-secondary school"),
    PROVINCE: _("Department and commune"),
    COMMUNE_OF_A: _("Department and commune"),
    COMMUNE_OF_B: _("Department and commune"),
}
KEEPERS = frozenset({"system_admin", "data_protection_officer", "support_engineer"})


@dataclass(frozen=True, slots=True)
class CastMember:
    """Somebody with a known sign-in. `place` is a name that the loader turns into a unit."""

    username: str
    family: str
    middle: str
    given: str
    sex: str
    birth_date: date
    roles: tuple[str, ...]
    place: str
    sees: str | Promise
    position: str = ""
    subject: str = ""
    homeroom: str = ""
    classes: tuple[str, ...] = ()
    grade: str = ""

    @property
    def group(self) -> str | Promise:
        """Return the heading they stand under on the demo's sign-in page."""
        if "guardian" in self.roles or "student" in self.roles:
            return _("Family")
        return GROUPS[self.place] if self.roles[0] not in KEEPERS else _("Keeping the system")

    @property
    def full_name(self) -> str:
        """Return the name in Vietnamese order."""
        return f"{self.family} {self.middle} {self.given}"


LAN = CastMember(
    "lan", "Nguyễn", "Thị", "Lan", "FEMALE", date(1985, 3, 14),
    ("homeroom_teacher", "subject_teacher", "school_staff"), SCHOOL_A,
    _("Homeroom teacher of 6A: sees the pupils of 6A and the classes she teaches, no other."),
    position="TEACHER", subject="Ngữ văn", homeroom="6A", classes=("6A", "6B"),
)  # fmt: skip
HUNG = CastMember(
    "hung", "Hoàng", "Văn", "Hùng", "MALE", date(1974, 8, 2),
    ("principal", "school_staff"), SCHOOL_A,
    _("Principal: sees everything of his own school."),
    position="PRINCIPAL",
)  # fmt: skip
LOAN = CastMember(
    "loan", "Phan", "Thị", "Loan", "FEMALE", date(1988, 11, 25),
    ("school_clerk", "school_staff"), SCHOOL_A,
    _("Clerk: keeps the pupils' records of her school and loads lists."),
    position="CLERK",
)  # fmt: skip
TOAN = CastMember(
    "toan", "Lê", "Quốc", "Toàn", "MALE", date(1991, 6, 9),
    ("subject_teacher", "school_staff"), SCHOOL_A,
    _("Mathematics teacher: sees the pupils of 6A and 7A, whom he teaches."),
    position="TEACHER", subject="Toán", classes=("6A", "7A"),
)  # fmt: skip
MAI = CastMember(
    "mai", "Trần", "Thị", "Mai", "FEMALE", date(1987, 1, 30),
    ("homeroom_teacher", "subject_teacher", "school_staff"), SCHOOL_B,
    _("Teacher at another school: sees her own class there and nothing of Ms Lan's school."),
    position="TEACHER", subject="Ngữ văn", homeroom="6A", classes=("6A",),
)  # fmt: skip
NGOC = CastMember(
    "ngoc", "Dương", "Thị", "Ngọc", "FEMALE", date(1990, 5, 6),
    ("school_clerk", "school_staff"), SCHOOL_B,
    _("Clerk at that other school: answers, receives and places pupils who move there."),
    position="CLERK",
)  # fmt: skip
PHUC = CastMember(
    "phuc", "Đinh", "Văn", "Phúc", "MALE", date(1973, 10, 20),
    ("principal", "school_staff"), UPPER_SCHOOL,
    _("Principal: offers combinations of subjects to grade 10, publishes who gets which."),
    position="PRINCIPAL",
)  # fmt: skip
KHANH = CastMember(
    "khanh", "Trần", "Quốc", "Khánh", "MALE", date(1986, 9, 2),
    ("homeroom_teacher", "subject_teacher", "school_staff"), UPPER_SCHOOL,
    _("Homeroom teacher of 10A1, teaches physics."),
    position="TEACHER", subject="Vật lí", homeroom="10A1",
)  # fmt: skip
BINH = CastMember(
    "binh", "Võ", "Thanh", "Bình", "MALE", date(1980, 4, 18),
    ("department_specialist",), PROVINCE,
    _(
        "Department specialist: sees the schools, classes and pupils of the province, founds "
        "and reorganizes none."
    ),
    position="OFFICER",
)  # fmt: skip
DUNG = CastMember(
    "dung", "Phạm", "Thị", "Dung", "FEMALE", date(1987, 10, 12),
    ("data_officer",), PROVINCE,
    _("Data officer of the department: loads the lists of all schools, a zip at a time."),
    position="OFFICER",
)  # fmt: skip
THANH = CastMember(
    "thanh", "Đặng", "Quốc", "Thành", "MALE", date(1970, 12, 5),
    ("department_director",), PROVINCE,
    _(
        "Director of the department: founds and reorganizes what it is competent for; sees "
        "figures, schools and transfers, opens no pupil's record."
    ),
    position="DIRECTOR",
)  # fmt: skip
HOA = CastMember(
    "hoa", "Lê", "Thị", "Hoa", "FEMALE", date(1983, 9, 21),
    ("commune_officer",), COMMUNE_OF_A,
    _(
        "Commune officer: sees the schools that her commune manages, and writes down which it "
        "founds, permits, merges or closes."
    ),
    position="OFFICER",
)  # fmt: skip
QUAN = CastMember(
    "quan", "Hà", "Minh", "Quân", "MALE", date(1984, 8, 19),
    ("commune_officer",), COMMUNE_OF_B,
    _(
        "Officer of that other school's commune: writes down what it decides on transfers and "
        "schools."
    ),
    position="OFFICER",
)  # fmt: skip
SON = CastMember(
    "son", "Nguyễn", "Thái", "Sơn", "MALE", date(1989, 2, 27),
    ("system_admin",), PROVINCE,
    _("System administrator: keeps users and their rights, sees no pupil."),
    position="OFFICER",
)  # fmt: skip
HIEN = CastMember(
    "hien", "Bùi", "Thu", "Hiền", "FEMALE", date(1982, 7, 7),
    ("data_protection_officer",), PROVINCE,
    _("Data protection officer: sees who did and looked at what."),
    position="OFFICER",
)  # fmt: skip
DUY = CastMember(
    "duy", "Phạm", "Anh", "Duy", "MALE", date(1993, 10, 12),
    ("support_engineer",), PROVINCE,
    _("Support engineer: sees nothing until he opens a timed session with a reason."),
    position="OFFICER",
)  # fmt: skip
HUONG = CastMember(
    "huong", "Trịnh", "Thu", "Hường", "FEMALE", date(1988, 5, 16),
    ("guardian",), COMMUNE_OF_A,
    _("Mother of two children in two schools: sees her own children only."),
)  # fmt: skip
TUNG = CastMember(
    "", "Phạm", "Đức", "Tùng", "MALE", date(1985, 2, 11),
    (), COMMUNE_OF_A,
    _("Father of the same children, not connected yet."),
)  # fmt: skip
MINH_ANH = CastMember(
    "minhanh", "Phạm", "Minh", "Anh", "FEMALE", date(2015, 7, 18),
    ("student",), SCHOOL_A,
    _("Pupil of 6A: sees her own record."),
    homeroom="6A", grade="6",
)  # fmt: skip
DUC_MINH = CastMember(
    "", "Phạm", "Đức", "Minh", "MALE", date(2018, 3, 3),
    (), PRIMARY_OF_A,
    _("Her brother, in the primary school nearby."),
    grade="3",
)  # fmt: skip
THU = CastMember(
    "thu", "Lương", "Thị", "Thu", "FEMALE", date(1984, 4, 9),
    ("guardian",), UPPER_SCHOOL,
    _("Mother of a pupil of grade 10: chooses a combination of subjects with her daughter."),
)  # fmt: skip
LINH = CastMember(
    "linh", "Vũ", "Khánh", "Linh", "FEMALE", date(2011, 9, 26),
    ("student",), UPPER_SCHOOL,
    _("Pupil of grade 10: ranks the combinations she would like to learn."),
    grade="10",
)  # fmt: skip

STAFF = (
    LAN,
    HUNG,
    LOAN,
    TOAN,
    MAI,
    NGOC,
    PHUC,
    KHANH,
    BINH,
    DUNG,
    THANH,
    HOA,
    QUAN,
    SON,
    HIEN,
    DUY,
)
PARENTS = (HUONG, TUNG)
CHILDREN = (MINH_ANH, DUC_MINH)
CHOOSERS = (THU, LINH)
CAST = tuple(m for m in (*STAFF, *PARENTS, *CHILDREN, *CHOOSERS) if m.username)
"""Everybody with a sign-in, in the order of the demo's sign-in page."""


def birth_date_in(member: CastMember, *, year: int) -> date:
    """Return a pupil's birth date for an academic year: they stay in their grade in every world."""
    return member.birth_date.replace(year=member.birth_date.year + year - 2026)
