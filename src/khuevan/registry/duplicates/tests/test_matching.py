"""One person in two records: what is proposed, what never is, and the file of pairs."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.kernel.vietnamese import fold
from khuevan.registry.duplicates.matching.files import (
    ColumnMissing,
    PairsNotWritable,
    PersonRefused,
    SameFile,
    UnreadablePeople,
)
from khuevan.registry.duplicates.matching.finding import find
from khuevan.registry.duplicates.matching.names import Likeness, compare_names, is_slip, name_form
from khuevan.registry.duplicates.matching.records import Record, compare_dates, record
from khuevan.ui.commands import run_tool

BORN = date(2014, 5, 3)
FACTS: dict[str, Any] = {
    "birth_date": BORN,
    "sex": "Nam",
    "number": "042214005123",
    "guardian_name": "Trần Văn Lực",
    "guardian_phone": "0912345678",
    "ward": "18001",
    "school": "424465001",
}
CROWD = [
    record(str(at), f"{family} {middle} {given}", date(2012, 1 + at % 12, 1 + at % 28))
    for at, (family, middle, given) in enumerate(
        (family, middle, given)
        for family in ("Nguyễn", "Trần", "Lê", "Phạm", "Bùi")
        for middle in ("Văn", "Thị", "Minh", "Ngọc")
        for given in ("Anh", "Hùng", "Lan", "Mai", "Sơn", "Thảo")
    )
]
"""Other people, so that names are as frequent as anywhere."""


def person(key: str, name: str, **facts: Any) -> Record:
    return record(key, name, **{**FACTS, **facts})


def pairs(*people: Record) -> set[tuple[str, str]]:
    return {(one.one.key, one.other.key) for one in find([*people, *CROWD]).pairs}


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Nguyễn Văn Hòa", "Nguyễn Văn Hoà", Likeness.SAME),
        ("Nguyễn Thị Mỹ", "NGUYỄN  THỊ MĨ", Likeness.SAME),
        ("Đặng Thị Thúy", "Dang Thi Thuy", Likeness.UNMARKED),
        ("Đặng Thị Thúy", "Đăng Thị Thúy", Likeness.UNMARKED),
        ("Nguyễn Thị Minh Anh", "Nguyễn Anh", Likeness.SHORTENED),
        ("Nguyễn Thị Minh Anh", "Nguyen Minh Anh", Likeness.SHORTENED),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Hưng", Likeness.DIFFERENT),
        ("Nguyễn Minh Anh", "Nguyễn Ngọc Anh", Likeness.DIFFERENT),
        ("Nguyễn Văn Thắng", "Nguyễn Văn Thắnh", Likeness.SLIP),
        ("Nguyễn Văn Anh", "", Likeness.UNKNOWN),
    ],
)
def test_names_side_by_side(one: str, other: str, likeness: Likeness) -> None:
    forms = name_form(one), name_form(other)
    assert compare_names(*forms) is compare_names(*reversed(forms)) is likeness


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (BORN, Likeness.SAME),
        (date(2014, 3, 5), Likeness.SWAPPED),
        (date(2014, 5, 8), Likeness.SLIP),
        (date(2041, 5, 3), Likeness.SLIP),
        (date(2013, 11, 20), Likeness.DIFFERENT),
        (None, Likeness.UNKNOWN),
    ],
)
def test_dates_side_by_side(other: date | None, likeness: Likeness) -> None:
    assert compare_dates(BORN, other) is likeness


@given(st.text("0123456789", min_size=2, max_size=12), st.data())
def test_two_neighbors_that_change_places_are_a_slip(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text) - 2))
    other = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    assert other == text or is_slip(text, other)


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "tran thi bao ngoc"},
        {"name": unicodedata.normalize("NFD", "Trần Thị Bảo Ngọc")},
        {"name": "Trần Ngọc", "number": ""},
        {"birth_date": date(2014, 3, 5), "number": ""},
        {"birth_date": date(2014, 5, 8), "school": "424465002"},
        {"number": "042214005132", "ward": "18002", "school": "424465002"},
        {"number": "", "guardian_name": "Lê Thị Hoa", "school": "424465002"},
        {"number": "", "guardian_phone": "0987111222", "guardian_name": "tran van luc"},
    ],
)
def test_one_person_written_twice_is_found(changes: dict[str, Any]) -> None:
    name = changes.pop("name", "Trần Thị Bảo Ngọc")
    assert pairs(person("A", "Trần Thị Bảo Ngọc"), person("B", name, **changes)) == {("A", "B")}


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("Trần Thị Bảo Anh", {"number": "042214005124"}),  # a twin, numbered next
        ("Trần Thị Bảo Ngóc", {"number": "042214005124"}),  # a mark apart, numbered next
        ("Trần Thị Gia Ngọc", {"number": ""}),
        ("Trần Thị Bảo Ngọc", {"number": "042314009871", "guardian_name": "Lê Văn Tám",
         "guardian_phone": "0987654321", "ward": "18050"}),
        ("Trần Thị Bảo Ngọc", {"number": "", "guardian_name": "Lê Văn Tám",
         "guardian_phone": "0987654321", "ward": "18050", "school": "424465009"}),
        ("Trần Thị Bảo Ngọc", {"birth_date": date(2016, 11, 20), "number": ""}),
    ],
)  # fmt: skip
def test_twins_and_namesakes_stay_apart(name: str, changes: dict[str, Any]) -> None:
    assert not pairs(person("A", "Trần Thị Bảo Ngọc"), person("B", name, **changes))


def test_a_shortened_name_that_fits_two_twins_is_left_to_people() -> None:
    first = person("A", "Trần Bảo Anh", number="042214005123")
    second = person("B", "Trần Gia Anh", number="042214005124")
    assert not pairs(first, second, person("C", "Trần Anh", number=""))
    assert pairs(first, second, person("C", "Trần Anh")) == {("A", "C")}


@pytest.mark.parametrize(
    ("year", "phone", "is_found"),
    [(1988, "", False), (1988, "0912000111", True), (1980, "", True), (None, "", True)],
)
def test_parents_of_one_name_and_other_years_are_two_unless_more_speaks_for_one(
    year: int | None, phone: str, is_found: bool
) -> None:
    first = record("A", "Bùi Bá Tân", birth_year=1980, guardian_phone=phone)
    second = record("B", "Bùi Bá Tân", birth_year=year, guardian_phone=phone)
    assert bool(pairs(first, second)) is is_found


def test_name_and_date_alone_say_least_and_no_two_scores_of_other_evidence_are_equal(
    tmp_path: Path,
) -> None:
    lines = [
        "id,full_name,birth_date,sex,personal_number,guardian_name,guardian_phone,school_code",
        "1,Bùi An,2015-01-01,Nam,,,,A",
        "2,Bùi An,2015-01-01,Nam,,,,B",
        "3,Võ Thị Ngọc Hân,2015-06-07,Nữ,042315000501,Võ H,0912000005,A",
        "4,Võ Ngọc Hân,2015-06-07,Nữ,042315000510,Võ H,0912000005,B",
        "5,Đỗ Gia Bảo,2016-02-03,Nam,042216000601,Đỗ Y,0912000006,A",
        "6,Đỗ Gia Bảo,2016-02-03,Nam,,Đỗ Y,0912000006,B",
    ]
    _said, found = matched(tmp_path, "\n".join(lines))
    scores = {(one["id_a"], one["id_b"]): float(one["score"]) for one in found}
    assert scores[("1", "2")] == 0.5
    assert len(set(scores.values())) == 3
    swapped = next(one for one in found if one["id_a"] == "3")
    assert "đổi chỗ" in swapped["reasons"]


def matched(tmp_path: Path, text: str) -> tuple[dict[str, Any], list[dict[str, str]]]:
    source, target = tmp_path / "people.csv", tmp_path / "pairs.csv"
    source.write_text(text, "utf-8")
    answer = run_tool("match", [str(source), "--out", str(target)])
    with target.open(encoding="utf-8", newline="") as file:
        return dict(answer.data), list(csv.DictReader(file))


def test_a_file_of_people_gives_a_file_of_pairs(tmp_path: Path) -> None:
    lines = ["id,full_name,birth_date,sex,guardian_phone"]
    lines += [f"{one.key},{one.name.plain},{one.birth_date},," for one in CROWD]
    lines += ["x,Võ Đình Tạo,2013-04-09,Nam,0912000111", "y,vo dinh tao,2013-09-04,,84912000111"]
    said, found = matched(tmp_path, "\n".join(lines))
    assert (said["people"], said["pairs"]) == (len(CROWD) + 2, 1)
    assert (found[0]["id_a"], found[0]["id_b"]) == ("x", "y")
    assert float(found[0]["score"]) > 0.8
    assert len(found[0]["reasons"].split("; ")) == 4


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("id,name\n1,An", ColumnMissing),
        ("id,full_name\n1,An\n1,Bình", PersonRefused),
        ("id,full_name,birth_date\n1,An,05/03/2014", PersonRefused),
    ],
)
def test_a_file_that_makes_no_sense_is_refused(
    tmp_path: Path, text: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        matched(tmp_path, text)
    assert not (tmp_path / "pairs.csv").exists()


def test_a_crowd_of_one_name_is_told_not_passed_over(tmp_path: Path) -> None:
    lines = ["id,full_name,birth_date", *(f"{at},Nguyễn Văn An,2015-01-01" for at in range(401))]
    said, found = matched(tmp_path, "\n".join(lines))
    assert (said["too_many_alike"], found) == (401, [])


def test_the_people_are_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("id,full_name\n1,An\n", "utf-8")
    with pytest.raises(SameFile):
        run_tool("match", [str(path), "--out", str(tmp_path / "." / "people.csv")])
    assert path.read_text("utf-8") == "id,full_name\n1,An\n"
    with pytest.raises(PairsNotWritable):
        run_tool("match", [str(path), "--out", str(tmp_path / "none" / "pairs.csv")])


def test_a_file_of_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_bytes("id,full_name\n1,Nguyễn".encode("utf-16"))
    with pytest.raises(UnreadablePeople):
        run_tool("match", [str(tmp_path / "people.csv"), "--out", str(tmp_path / "pairs.csv")])


@given(st.lists(st.text("aăâbcdđeêhinoôơtuưy ́̀ngSH", max_size=14), min_size=2, max_size=8))
def test_any_names_are_compared_without_a_fault(names: list[str]) -> None:
    for one in names:
        for other in names:
            seen = compare_names(name_form(one), name_form(other))
            if fold(one) and fold(other):
                assert (seen is Likeness.UNKNOWN) == (not one.strip() or not other.strip())
