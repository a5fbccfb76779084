"""Names by real frequency, sharpened by sex, generation, region and people."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random

from khuevan.cli.world.draw import Weighted
from khuevan.kernel.vietnamese import canonical_tones, normalize

DATA = Path(__file__).parent / "data"
MALE, FEMALE = "MALE", "FEMALE"
KINH = "01"
RARE = 0.08
"""A name borne by fewer than this share of one sex is not given to it."""

# The counts come from the south, the center and the north: what Hà Tĩnh has less and more of.
REGION = {
    "Huỳnh": 0.005, "Võ": 0.9, "Phan": 2.0, "Hoàng": 1.8, "Dương": 1.3, "Đặng": 1.3, "Lê": 1.2,
    "Lâm": 0.1, "Lý": 0.1, "Châu": 0.05, "Thái": 1.6, "Đậu": 8.0, "Biện": 6.0, "Uông": 5.0,
    "Cù": 3.0, "Nghiêm": 1.5, "Thiều": 1.5, "Từ": 0.3, "Tăng": 0.3, "Quách": 0.1, "Văn": 0.3,
}  # fmt: skip
COMMON_FROM = 550
"""A family name with fewer bearers in the counts is one of a region, and is given here only when
it is one of these; the rest are southern, Chinese, Khmer or Chăm names."""
RARER_HERE = frozenset(
    "Chu Từ Đàm Tống Kiều Đồng Thân Đậu Biện Uông Cù Nghiêm Thiều Lã Mạc Khổng Doãn Bạch"  # noqa: SIM905
    " Trình Lại Giáp Phí Tăng Ngụy Ninh Khương Hàn Sử Đường Tưởng".split()
)

# Family names of the small peoples of the province.
FAMILIES_OF_PEOPLES = {
    "44": {"Hồ": 8, "Cao": 2},
    "06": {"Bùi": 4, "Đinh": 3, "Quách": 2, "Phạm": 1, "Hà": 1},
    "03": {"Vi": 4, "Lò": 2, "Lô": 2, "Lương": 2, "Hà": 1},
    "37": {"Lương": 4, "Vi": 3, "Lò": 1},
}


@dataclass(frozen=True, slots=True)
class NameBook:
    """Where names are drawn from."""

    families: Weighted[str]
    families_of_peoples: Mapping[str, Weighted[str]]
    middles: Mapping[str, Weighted[str]]
    givens: Mapping[str, Weighted[str]]
    elders_middles: Mapping[str, Weighted[str]]
    elders_givens: Mapping[str, Weighted[str]]

    def family(self, rng: Random, ethnicity: str = KINH) -> str:
        """Return a family name as common among a people as in life."""
        return self.families_of_peoples.get(ethnicity, self.families).pick(rng.random())

    def child(self, rng: Random, sex: str) -> tuple[str, str]:
        """Return a middle and a given name as today's pupils bear them."""
        return _pair(rng, self.middles[sex], self.givens[sex])

    def elder(self, rng: Random, sex: str) -> tuple[str, str]:
        """Return a middle and a given name as parents and teachers bear them."""
        return _pair(rng, self.elders_middles[sex], self.elders_givens[sex])


@lru_cache(maxsize=1)
def name_book() -> NameBook:
    """Return the names read from the counts that ship with the program."""
    families = _counts("freq_ho.csv", "ho")
    of_sex = _share_of_boys("middle_name_gender.csv", "dem")
    middles = {name: count for name, count in _counts("freq_dem.csv", "dem").items() if name}
    double = {name for name, count in families.items() if count > 3000} - {"Hoàng"}
    middles = {name: n for name, n in middles.items() if name.partition(" ")[0] not in double}
    boys = {name: _middle_share(name, of_sex) for name in middles}
    given_of_sex = _share_of_boys("given_name_gender.csv", "ten")
    givens = {n: c for n, c in _counts("freq_ten.csv", "ten").items() if n in given_of_sex}
    return NameBook(
        families=Weighted({name: _borne_here(name, n) for name, n in families.items()}),
        families_of_peoples={k: Weighted(v) for k, v in FAMILIES_OF_PEOPLES.items()},
        middles=_by_sex(middles, boys),
        givens=_by_sex(givens, given_of_sex),
        elders_middles=_elders("middle"),
        elders_givens=_elders("given"),
    )


def _pair(rng: Random, middles: Weighted[str], givens: Weighted[str]) -> tuple[str, str]:
    given = givens.pick(rng.random())
    middle = middles.pick(rng.random())
    while middle.endswith(given):
        middle = middles.pick(rng.random())
    return middle, given


def _borne_here(name: str, count: float) -> float:
    """Return the weight of a family name in Hà Tĩnh; none for a name of other regions."""
    is_known = count >= COMMON_FROM or name in RARER_HERE
    return count * REGION.get(name, 1) if is_known else 0.0


def _by_sex(counts: Mapping[str, float], boys: Mapping[str, float]) -> dict[str, Weighted[str]]:
    return {
        MALE: Weighted({n: c * _sharp(boys[n]) for n, c in counts.items()}),
        FEMALE: Weighted({n: c * _sharp(1 - boys[n]) for n, c in counts.items()}),
    }


def _elders(part: str) -> dict[str, Weighted[str]]:
    """Return what parents and teachers were called when they were born: a list of our own."""
    rows = [row for row in _rows("elders.csv") if row["part"] == part]
    return {
        sex: Weighted((row["name"], float(row["weight"])) for row in rows if row["sex"] == sex)
        for sex in (MALE, FEMALE)
    }


def _sharp(share: float) -> float:
    return share if share >= RARE else 0.0


def _middle_share(name: str, known: Mapping[str, float]) -> float:
    """Return the share of boys among bearers of a middle name of one or two words."""
    first, _, rest = name.partition(" ")
    if first == "Thị":
        return 0.0
    if first == "Văn":
        return 1.0
    return known.get(name, known.get(rest or first, 0.5))


def _share_of_boys(file: str, column: str) -> dict[str, float]:
    boys: dict[str, float] = defaultdict(float)
    girls: dict[str, float] = defaultdict(float)
    for row in _rows(file):
        name = _clean(row[column])
        boys[name] += int(row["nam"])
        girls[name] += int(row["nu"])
    return {name: (boys[name] + 0.5) / (boys[name] + girls[name] + 1) for name in boys}


def _counts(file: str, column: str) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for row in _rows(file):
        counts[_clean(row[column])] += int(row["count"])
    return dict(counts)


def _clean(name: str) -> str:
    return canonical_tones(normalize(name))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
