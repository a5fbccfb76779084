"""A list to practice on, for the demo: rows of the school's own pupils, and what goes wrong."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from khuevan.kernel.actor import Actor
from khuevan.kernel.periods import in_force
from khuevan.platform.sheets.api import format_date
from khuevan.registry.students.imports.compare import SEX_NAMES
from khuevan.registry.students.models import ClassPlacement
from khuevan.registry.students.permissions import IMPORT_STUDENTS

FEWEST = 6
"""Pupils that a class must have for the list to be made from it."""
NEW = ("Nguyễn Thảo Vy", "Trần Gia Huy", "Lê Minh Châu")
GRADE = re.compile(r"^\d{1,2}")
Row = dict[str, str]


def practice(actor: Actor, unit_id: int, on: date) -> list[Row]:
    """Return rows for the first large class: some new, changed and unchanged, most refused."""
    classes = _classes(actor, unit_id, on)
    if not classes:
        return []
    own, others = classes[0], classes[1:]
    class_name = own[0].homeroom_class.name
    return _numbered(
        [
            *_known(own, class_name, others[0][0].homeroom_class.name if others else ""),
            *_new(own, class_name),
            *_refused(own, class_name),
            *_asked(own, others),
        ]
    )


def _classes(actor: Actor, unit_id: int, on: date) -> list[list[ClassPlacement]]:
    """Return the pupils of each class that has enough of them, in the order of the classes."""
    rows = (
        ClassPlacement.objects.visible_to(actor, IMPORT_STUDENTS)
        .filter(in_force(on), school_id=unit_id, person__birth_date__isnull=False)
        .select_related("person", "student", "homeroom_class")
        .order_by("homeroom_class__sort_key", "homeroom_class_id", "sort_key", "pk")
    )
    classes: dict[int, list[ClassPlacement]] = defaultdict(list)
    for row in rows:
        classes[row.homeroom_class_id].append(row)
    return [listed for listed in classes.values() if len(listed) >= FEWEST]


def _known(own: Sequence[ClassPlacement], class_name: str, other_class: str) -> list[Row]:
    """Return two pupils as they are, one with another phone, one who changed the class."""
    first, second, third, fourth = (_row(one, class_name) for one in own[:4])
    return [
        first,
        second,
        {**third, "pupil_phone": "0987000111"},
        {**fourth, "class_name": other_class or class_name},
    ]


def _new(own: Sequence[ClassPlacement], class_name: str) -> list[Row]:
    """Return new pupils; the last one with a phone that only makes a warning."""
    rows = [_invented(own, class_name, place) for place in range(len(NEW))]
    return [*rows[:-1], {**rows[-1], "contact_phone": "0912"}]


def _refused(own: Sequence[ClassPlacement], class_name: str) -> list[Row]:
    """Return rows that are refused, each for another reason."""
    year = _year(own)
    grade = GRADE.match(class_name)
    rows = [
        {"full_name": "Phạm Quốc Bảo", "birth_date": f"31/02/{year}", "sex": "Nam"},
        {"full_name": "Đỗ Khánh Linh", "birth_date": f"12/03/{year}", "sex": "N"},
        {"full_name": "", "birth_date": f"05/06/{year}", "sex": "Nữ"},
        {"full_name": "Võ Anh Khoa", "birth_date": f"{year}", "sex": "Nam"},
        {
            "full_name": "Bùi Thanh Trúc",
            "birth_date": f"09/10/{year}",
            "sex": "Nữ",
            "personal_number": f"423{year % 100:02d}990021",
        },
        {**_invented(own, class_name, 0), "full_name": NEW[0].upper()},
        {
            **_row(own[4], class_name),
            "full_name": "Hoàng Văn Lạ",
            "birth_date": f"01/01/{year - 1}",
        },
    ]
    if grade:
        no_class = {"full_name": "Đặng Ngọc Hân", "birth_date": f"21/07/{year}", "sex": "Nữ"}
        rows.append({**no_class, "class_name": f"{grade.group()}Z"})
    return [{"class_name": class_name, **row} for row in rows]


def _asked(own: Sequence[ClassPlacement], others: Sequence[Sequence[ClassPlacement]]) -> list[Row]:
    """Return a pupil without a number in another class: is it the one the records know?"""
    if not others:
        return []
    row = _row(own[5], others[0][0].homeroom_class.name)
    return [{name: text for name, text in row.items() if name != "moet_code"}]


def _row(placement: ClassPlacement, class_name: str) -> Row:
    person = placement.person
    return {
        "moet_code": placement.student.moet_code or "",
        "full_name": person.full_name,
        "birth_date": format_date(person.birth_date) if person.birth_date else "",
        "sex": SEX_NAMES.get(person.sex, ""),
        "class_name": class_name,
    }


def _invented(own: Sequence[ClassPlacement], class_name: str, place: int) -> Row:
    year = _year(own)
    return {
        "full_name": NEW[place],
        "birth_date": f"{11 + place}/0{4 + place}/{year}",
        "sex": "Nam" if place == 1 else "Nữ",
        "personal_number": f"042{2 if place == 1 else 3}{year % 100:02d}99001{place}",
        "mother_name": "Lê Thị Thu",
        "contact_phone": f"098700022{place}",
        "class_name": class_name,
    }


def _year(own: Sequence[ClassPlacement]) -> int:
    """Return the usual year of birth of a class."""
    years = sorted(one.person.birth_date.year for one in own if one.person.birth_date)
    return years[len(years) // 2]


def _numbered(rows: Sequence[Row]) -> list[Row]:
    return [{"ordinal": str(number), **row} for number, row in enumerate(rows, start=1)]
