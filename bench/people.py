"""`python -m bench.people --people 20000`: recall and precision of `khuevan match`, blind.

Invents people with twins and namesakes, records some of them twice the way schools do, and keeps
who is who to itself. It shares no code and no list of names with the program, which sees the csv
file alone.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import random
import subprocess
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

KHUEVAN = Path(__file__).resolve().parent.parent / ".venv" / "bin" / "khuevan"
RECALL, PRECISION = 0.98, 0.995
COLUMNS = (
    "id", "full_name", "birth_date", "sex", "personal_number", "guardian_name", "guardian_phone",
    "ward_code", "school_code",
)  # fmt: skip
FAMILY_NAMES = (
    "Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Phạm Hoàng Huỳnh Phan Vũ Võ "
    "Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Trịnh Mai Cao Tạ Thái Quách Kiều Lò Vàng"
)
FAMILIES = FAMILY_NAMES.split()
MIDDLES = {
    "Nam": "Văn Văn Văn Đức Minh Quang Hữu Quốc Gia Tuấn Anh Xuân Thành Công Đình Bảo Hải Duy",
    "Nữ": "Thị Thị Thị Ngọc Thanh Thu Minh Phương Khánh Bảo Hồng Mỹ Diệu Quỳnh Thuỳ Kim Như Hà",
}
GIVEN = {
    "Nam": (
        "Anh Huy Minh Khang Bảo Phúc Long Hoàng Nam Sơn Dũng Hùng Hưng Đạt Khôi Kiên Tuấn Thắng "
        "Trí Quân Quang Hải Phong Thịnh Vinh Bình Đức Hoà Hiếu Lộc Tài Thông Tùng Việt Nghĩa Khoa"
    ),
    "Nữ": (
        "Anh Linh Chi Hà Hương Lan Mai Ngân Ngọc Nhi Như Phương Quỳnh Thảo Thư Trang Trâm Uyên Vy "
        "Yến Hoa Huệ Thuý Hằng Hạnh Hiền Loan Ly My Nga Nhung Tâm Thơ Thuỳ Tuyết Vân Đào Duyên"
    ),
}
SECOND_OLD = {"òa": "oà", "óa": "oá", "ùy": "uỳ", "úy": "uý"}
TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody as one school wrote them down."""

    who: int
    full_name: str
    born: date
    sex: str
    number: str
    guardian: str
    phone: str
    ward: str
    school: str


Error = Callable[[Person, random.Random], Person]


def invent(people: int, rng: random.Random) -> list[Person]:
    """Return the records of so many people, some of them twice, in no order."""
    truly = list(itertools.islice(_everybody(rng), people))
    again = [_again(one, rng) for one in truly if rng.random() < 0.1]
    records = truly + again
    rng.shuffle(records)
    return records


def _everybody(rng: random.Random) -> Iterator[Person]:
    counter = itertools.count(1)
    while True:
        eldest = _child(next(counter), rng)
        yield eldest
        if rng.random() < 0.3:
            yield _sibling(next(counter), eldest, rng)
        if rng.random() < 0.02:
            yield _twin(next(counter), eldest, rng)
        if rng.random() < 0.01:
            yield _namesake(next(counter), eldest, rng)


def _child(who: int, rng: random.Random) -> Person:
    sex = rng.choice(("Nam", "Nữ"))
    born = date(2008, 1, 1) + timedelta(days=rng.randrange(4700))
    family = rng.choice(FAMILIES)
    ward = f"{rng.randrange(130):05d}"
    return Person(
        who=who,
        full_name=_name(family, sex, rng),
        born=born,
        sex=sex,
        number=_number(born, sex, rng) if rng.random() < 0.85 else "",
        guardian=_name(rng.choice(FAMILIES), "Nữ", rng),
        phone=_phone(rng),
        ward=ward,
        school=f"42{ward}{rng.randrange(4)}",
    )


def _sibling(who: int, eldest: Person, rng: random.Random) -> Person:
    born = eldest.born + timedelta(days=rng.randrange(400, 2200))
    sex = rng.choice(("Nam", "Nữ"))
    name = _name(eldest.full_name.split()[0], sex, rng)
    number = _number(born, sex, rng)
    return replace(eldest, who=who, full_name=name, born=born, sex=sex, number=number)


def _twin(who: int, eldest: Person, rng: random.Random) -> Person:
    """Return a twin, named to match: the same middle name, or the same given name."""
    words = eldest.full_name.split()
    while True:
        other = _name(words[0], eldest.sex, rng).split()
        both = [*words[:-1], other[-1]] if rng.random() < 0.6 else [*other[:-1], words[-1]]
        if both != words and len(both) >= 3:
            break
    number = _number(eldest.born, eldest.sex, rng) if eldest.number else ""
    return replace(eldest, who=who, full_name=" ".join(both), number=number)


def _namesake(who: int, one: Person, rng: random.Random) -> Person:
    """Return somebody of one name, of the same day or year of birth, in another family."""
    other = _child(who, rng)
    born = one.born if rng.random() < 0.5 else one.born + timedelta(days=rng.randrange(20, 300))
    number = _number(born, one.sex, rng)
    return replace(other, full_name=one.full_name, born=born, sex=one.sex, number=number)


def _name(family: str, sex: str, rng: random.Random) -> str:
    middles = MIDDLES[sex].split()
    parts = [family, rng.choice(middles)]
    if rng.random() < 0.35:
        parts.append(rng.choice(middles))
    return " ".join([*parts, rng.choice(GIVEN[sex].split())])


def _number(born: date, sex: str, rng: random.Random) -> str:
    century = 2 if born.year >= 2000 else 0
    return f"042{century + (sex == 'Nữ')}{born.year % 100:02d}{rng.randrange(10**6):06d}"


def _phone(rng: random.Random) -> str:
    return f"0{rng.choice((3, 5, 7, 8, 9))}{rng.randrange(10**8):08d}"


def _again(one: Person, rng: random.Random) -> Person:
    """Return somebody as a second school, or the same one a second time, wrote them down."""
    moved = one
    if rng.random() < 0.7:
        school = f"{one.school[:-1]}{rng.randrange(4, 9)}"
        moved = replace(one, school=school)
    if rng.random() < 0.15:
        moved = replace(moved, ward=f"{rng.randrange(130):05d}")
    for error in rng.sample(ERRORS, rng.choice((0, 1, 1, 1, 2, 2))):
        moved = error(moved, rng)
    return moved


def _decomposed(one: Person, _rng: random.Random) -> Person:
    return replace(one, full_name=unicodedata.normalize("NFD", one.full_name))


def _tone_moved(one: Person, _rng: random.Random) -> Person:
    name = one.full_name
    for old, new in SECOND_OLD.items():
        name = name.replace(new, old) if new in name else name.replace(old, new)
    return replace(one, full_name=name)


def _plain_d(one: Person, _rng: random.Random) -> Person:
    return replace(one, full_name=one.full_name.replace("Đ", "D").replace("đ", "d"))


def _tone_lost(one: Person, rng: random.Random) -> Person:
    """Leave out one tone mark."""
    letters = unicodedata.normalize("NFD", one.full_name)
    places = [place for place, letter in enumerate(letters) if letter in TONES]
    if not places:
        return one
    lost = rng.choice(places)
    return replace(
        one, full_name=unicodedata.normalize("NFC", letters[:lost] + letters[lost + 1 :])
    )


def _marks_lost(one: Person, _rng: random.Random) -> Person:
    letters = unicodedata.normalize("NFD", one.full_name.replace("Đ", "D").replace("đ", "d"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return replace(one, full_name=bare)


def _middle_dropped(one: Person, rng: random.Random) -> Person:
    words = one.full_name.split()
    if len(words) < 3:
        return one
    del words[rng.randrange(1, len(words) - 1)]
    return replace(one, full_name=" ".join(words))


def _capitals(one: Person, _rng: random.Random) -> Person:
    return replace(one, full_name=f" {one.full_name.upper().replace(' ', '  ')}")


def _day_month_swapped(one: Person, _rng: random.Random) -> Person:
    if one.born.day > 12:
        return one
    return replace(one, born=one.born.replace(day=one.born.month, month=one.born.day))


def _number_slipped(one: Person, rng: random.Random) -> Person:
    if not one.number:
        return one
    place = rng.randrange(6, 12)
    digit = str((int(one.number[place]) + rng.randrange(1, 10)) % 10)
    return replace(one, number=f"{one.number[:place]}{digit}{one.number[place + 1 :]}")


def _number_missing(one: Person, _rng: random.Random) -> Person:
    return replace(one, number="")


def _phone_missing(one: Person, _rng: random.Random) -> Person:
    return replace(one, phone="")


def _guardian_missing(one: Person, _rng: random.Random) -> Person:
    return replace(one, guardian="")


def _other_parent(one: Person, rng: random.Random) -> Person:
    """Name the father instead, with his phone: without a number nobody can tell then."""
    if rng.random() < 0.5:
        return one
    family = one.full_name.split()[0]
    return replace(one, guardian=_name(family, "Nam", rng), phone=_phone(rng))


ERRORS: list[Error] = [
    _decomposed,
    _tone_moved,
    _plain_d,
    _tone_lost,
    _marks_lost,
    _middle_dropped,
    _capitals,
    _day_month_swapped,
    _number_slipped,
    _number_missing,
    _number_missing,
    _phone_missing,
    _guardian_missing,
    _other_parent,
]


@dataclass(frozen=True, slots=True)
class Score:
    """How well the proposed pairs fit the truth."""

    true: int
    proposed: int
    right: int

    @property
    def recall(self) -> float:
        """Return the share of the true pairs that were proposed."""
        return self.right / max(self.true, 1)

    @property
    def precision(self) -> float:
        """Return the share of the proposed pairs that are true."""
        return self.right / max(self.proposed, 1)


def write(path: Path, records: list[Person]) -> None:
    """Write the file of people, by number of line, without who is who."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for line, one in enumerate(records):
            facts = (one.full_name, one.born.isoformat(), one.sex, one.number, one.guardian)
            writer.writerow((line, *facts, one.phone, one.ward, one.school))


def judged(records: list[Person], proposed: set[frozenset[int]]) -> Score:
    """Compare the proposed pairs of lines with who is who."""
    lines: dict[int, list[int]] = {}
    for line, one in enumerate(records):
        lines.setdefault(one.who, []).append(line)
    true = {frozenset(both) for same in lines.values() for both in itertools.combinations(same, 2)}
    return Score(len(true), len(proposed), len(true & proposed))


def read_pairs(path: Path) -> set[frozenset[int]]:
    """Return the pairs of lines that a file of pairs proposes."""
    with path.open(encoding="utf-8", newline="") as file:
        return {frozenset((int(row["id_a"]), int(row["id_b"]))) for row in csv.DictReader(file)}


def main() -> int:
    """Print recall and precision; exit 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder for the files")
    given = parser.parse_args()
    records = invent(given.people, random.Random(given.seed))  # noqa: S311  (no secret)
    with tempfile.TemporaryDirectory() as folder:
        place = given.keep or Path(folder)
        write(place / "people.csv", records)
        command = [KHUEVAN, "match", place / "people.csv", "--out", place / "pairs.csv"]
        subprocess.run(command, check=True, env={"KHUEVAN_MODE": "demo", **os.environ})
        score = judged(records, read_pairs(place / "pairs.csv"))
    print(
        f"{len(records):,} records, {score.true:,} pairs of one person, {score.proposed:,} proposed"
    )
    print(f"recall {score.recall:.4f}, precision {score.precision:.4f}")
    return 0 if score.recall >= RECALL and score.precision >= PRECISION else 1


if __name__ == "__main__":
    raise SystemExit(main())
