"""Grades with the age their pupils usually have, and how large their classes are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GradePlan:
    """A grade: its level, the age by year of birth, a typical class and how classes are called."""

    code: str
    name: str
    level: str
    age: int
    class_size: int
    prefix: str


def _general(level: str, first: int, last: int, size: int) -> list[GradePlan]:
    return [
        GradePlan(str(n), f"Khối {n}", level, n + 5, size, str(n)) for n in range(first, last + 1)
    ]


GRADES: tuple[GradePlan, ...] = (
    GradePlan("NT", "Nhà trẻ", "MN", 2, 22, "Nhà trẻ "),
    GradePlan("MG3", "Mẫu giáo 3 - 4 tuổi", "MN", 3, 23, "Bé "),
    GradePlan("MG4", "Mẫu giáo 4 - 5 tuổi", "MN", 4, 28, "Nhỡ "),
    GradePlan("MG5", "Mẫu giáo 5 - 6 tuổi", "MN", 5, 32, "Lớn "),
    *_general("TH", 1, 5, 33),
    *_general("THCS", 6, 9, 41),
    *_general("THPT", 10, 12, 43),
    GradePlan("TX10", "Khối 10 GDTX", "GDTX", 15, 42, "10TX"),
    GradePlan("TX11", "Khối 11 GDTX", "GDTX", 16, 42, "11TX"),
    GradePlan("TX12", "Khối 12 GDTX", "GDTX", 17, 42, "12TX"),
)
GRADE = {grade.code: grade for grade in GRADES}
LETTERS = "ABCDEGHIKLMNPQRSTUVXY"


def grades_of(levels: tuple[str, ...]) -> list[GradePlan]:
    """Return the grades that a school of some levels teaches, by age."""
    return [grade for grade in GRADES if grade.level in levels]


def class_name(grade: GradePlan, index: int) -> str:
    """Return the name of a grade's n-th class: 6A, 6B, 10A1, Lớn A."""
    if grade.level == "THPT":
        return f"{grade.prefix}A{index + 1}"
    if grade.level == "GDTX":
        return f"{grade.prefix}{index + 1}"
    round_, letter = divmod(index, len(LETTERS))
    return f"{grade.prefix}{LETTERS[letter]}{round_ + 1 if round_ else ''}"
