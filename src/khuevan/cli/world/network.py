"""The schools of the province: how many of each kind, where, how large, with which classes."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import cycle
from pathlib import Path
from random import Random

from khuevan.cli.world.draw import seeded, share_out
from khuevan.cli.world.eras import former_of, has_districts, lowered
from khuevan.cli.world.grades import GradePlan, class_name, grades_of
from khuevan.cli.world.shapes import ClassPlan, CommunePlan, SchoolPlan
from khuevan.kernel.vietnamese import fold

DATA = Path(__file__).parent / "data"
PROVINCE_CODE = "42"
DEPARTMENT_CODE = "42-SGDDT"
FEWEST_SCHOOLS = 8
FEWEST_PUPILS_A_SCHOOL = 60

# The communes the cast lives and works in, then those whose peoples the boarding school is for.
CAST_COMMUNE, CITY, BOARDING_COMMUNE = "18685", "18073", "18496"
PINNED = (CAST_COMMUNE, CITY, BOARDING_COMMUNE, "18547", "18313")
DISADVANTAGED = frozenset(
    "18160 18196 18199 18223 18313 18328 18523 18544 18547 18838 18844".split()  # noqa: SIM905
)

NURSERY_CUT, FIRST_CLASS_OF_CAST = 0.35, 45
BOARDING_CLASS = 33
"""A typical class of an ethnic boarding school, which may hold 35."""


@dataclass(frozen=True, slots=True)
class KindPlan:
    """A kind of school: its levels, usual size, share of all schools, and how it is called."""

    kind: str
    levels: tuple[str, ...]
    pupils: int
    share: float
    title: str
    short: str
    digit: int
    is_departments: bool = False


PRESCHOOL = KindPlan("PRESCHOOL", ("MN",), 330, 0.325, "Trường Mầm non", "Mầm non", 2)
PRIMARY = KindPlan("PRIMARY", ("TH",), 570, 0.33, "Trường Tiểu học", "Tiểu học", 3)
COMBINED = KindPlan(
    "PRIMARY_LOWER_SECONDARY", ("TH", "THCS"), 480, 0.06, "Trường TH&THCS", "TH&THCS", 4
)
LOWER = KindPlan("LOWER_SECONDARY", ("THCS",), 560, 0.22, "Trường THCS", "THCS", 5)
CENTER = KindPlan(
    "CONTINUING_CENTER", ("GDTX",), 380, 0.008, "Trung tâm GDNN-GDTX", "GDNN-GDTX", 6,
    is_departments=True,
)  # fmt: skip
UPPER = KindPlan(
    "UPPER_SECONDARY", ("THPT",), 950, 0.07, "Trường THPT", "THPT", 7, is_departments=True
)
BOARDING = KindPlan(
    "ETHNIC_BOARDING", ("THCS", "THPT"), 280, 0.004, "Trường PTDTNT THCS và THPT", "PTDTNT", 8,
    is_departments=True,
)  # fmt: skip
KINDS = (LOWER, PRIMARY, PRESCHOOL, UPPER, COMBINED, CENTER, BOARDING)


def district_office_code(district_code: str) -> str:
    """Return the code of the education office that a district had until 30/6/2025."""
    return f"{PROVINCE_CODE}-{district_code}-PGDDT"


@lru_cache(maxsize=1)
def communes() -> tuple[CommunePlan, ...]:
    """Return the 69 communes of Hà Tĩnh, district by former district."""
    with (DATA / "ha_tinh.csv").open(encoding="utf-8", newline="") as file:
        found = [
            CommunePlan(
                row["code"],
                row["full_name"],
                row["district_code"],
                tuple(row["former_names"].split(";")),
                tuple(row["former_codes"].split(";")),
            )
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(found, key=lambda commune: (commune.district_code, commune.code)))


def plan_schools(
    *, seed: int, schools: int, pupils: int, year: int, today: date
) -> tuple[SchoolPlan, ...]:
    """Return the schools of a province with their classes; class sizes add up to the pupils.

    Names, codes and classes are those of the year; only the address is that of the day's era.

    :raises ValueError: if the world would be too small to hold the cast
    """
    if schools < FEWEST_SCHOOLS or pupils < schools * FEWEST_PUPILS_A_SCHOOL:
        raise ValueError(
            f"a world has at least {FEWEST_SCHOOLS} schools of {FEWEST_PUPILS_A_SCHOOL} pupils"
        )
    rng = seeded(seed, "network", schools)
    kinds = _kinds(schools)
    sited = _sites(kinds, _chosen_communes(rng, schools), groups=kinds.count(UPPER))
    sizes = _sizes(rng, sited, pupils)
    numbers: dict[tuple[str, int], int] = defaultdict(int)
    taken: set[tuple[str, str]] = set()
    planned = []
    for (kind, commune, group), size in zip(sited, sizes, strict=True):
        numbers[commune.district_code, kind.digit] += 1
        number = numbers[commune.district_code, kind.digit]
        code = f"{PROVINCE_CODE}{commune.district_code}{kind.digit}{number:03d}"
        school = _school(rng, kind, commune, group, code, _place(kind, commune, taken), year, today)
        planned.append(replace(school, classes=tuple(_classes(rng, kind, school, size))))
    return tuple(sorted(planned, key=lambda school: (school.group, school.code)))


def _kinds(schools: int) -> list[KindPlan]:
    """Return a kind for each school: never without the kinds the cast needs, the rest by share."""
    needed = [LOWER, LOWER, PRIMARY, PRIMARY, PRESCHOOL, UPPER]
    if schools >= 20:
        needed += [CENTER, BOARDING, COMBINED]
    counts = share_out(schools - len(needed), [kind.share for kind in KINDS])
    more = [kind for kind, count in zip(KINDS, counts, strict=True) for _ in range(count)]
    if schools < 20:
        more = [PRIMARY if kind in (CENTER, BOARDING) else kind for kind in more]
    return sorted(needed + more, key=KINDS.index)


def _chosen_communes(rng: Random, schools: int) -> list[CommunePlan]:
    """Return the communes that have schools: about one for three schools, from all districts."""
    by_district: dict[str, list[CommunePlan]] = defaultdict(list)
    for commune in communes():
        if commune.code not in PINNED:
            by_district[commune.district_code].append(commune)
    for some in by_district.values():
        rng.shuffle(some)
    wanted = max(2, min(len(communes()), round(schools / 3.1)))
    known = {commune.code: commune for commune in communes()}
    chosen = [known[code] for code in PINNED[:wanted]]
    for district in cycle(sorted(by_district)):
        if len(chosen) >= wanted:
            return chosen
        if by_district[district]:
            chosen.append(by_district[district].pop())
    return chosen  # pragma: no cover


Site = tuple[KindPlan, CommunePlan, int]


def _sites(kinds: Sequence[KindPlan], chosen: Sequence[CommunePlan], *, groups: int) -> list[Site]:
    """Return a commune for each school; each group of neighboring communes has an upper one."""
    groups = min(groups, len(chosen))
    near = sorted(
        chosen, key=lambda c: (c.code != CAST_COMMUNE, c.code != CITY, c.district_code, c.code)
    )
    group_of = {commune.code: i * groups // len(near) for i, commune in enumerate(near)}
    first = [next(c for c in chosen if group_of[c.code] == g) for g in range(groups)]
    boarding = [c for c in chosen if c.code == BOARDING_COMMUNE] or [chosen[0]]
    orders = {
        UPPER: cycle(first),
        BOARDING: cycle(boarding),
        CENTER: cycle([*chosen[1:], chosen[0]]),
        COMBINED: cycle(reversed(chosen)),
    }
    usual = {kind: cycle(chosen) for kind in (LOWER, PRIMARY, PRESCHOOL)}
    sited = []
    for kind in kinds:
        commune = next(orders[kind] if kind in orders else usual[kind])
        sited.append((kind, commune, group_of[commune.code]))
    return sited


def _sizes(rng: Random, sited: Sequence[Site], pupils: int) -> list[int]:
    """Return the pupils of each school; the cast's school is a full one."""
    weights = []
    for index, (kind, commune, _) in enumerate(sited):
        in_town = 1.2 if commune.is_ward else 1.0
        varied = 1.25 if index == 0 else in_town * rng.uniform(0.7, 1.3)
        weights.append(kind.pupils * varied)
    floor = FEWEST_PUPILS_A_SCHOOL // 2
    spread = share_out(pupils - floor * len(sited), weights)
    return [floor + size for size in spread]


def _place(kind: KindPlan, commune: CommunePlan, taken: set[tuple[str, str]]) -> str:
    """Return the place a school is called after: the commune, a former one, or a numbered one."""
    for place in (commune.name, *commune.former_names):
        if (kind.kind, fold(place)) not in taken:
            taken.add((kind.kind, fold(place)))
            return place
    number = 2
    while (kind.kind, fold(f"{commune.name} {number}")) in taken:
        number += 1
    taken.add((kind.kind, fold(f"{commune.name} {number}")))
    return f"{commune.name} {number}"


def _school(
    rng: Random,
    kind: KindPlan,
    commune: CommunePlan,
    group: int,
    code: str,
    place: str,
    year: int,
    today: date,
) -> SchoolPlan:
    hamlet = rng.choice(("Đông", "Trung Tâm", "Nam Sơn", "Bình Minh"))
    former = former_of(commune, place)
    before = has_districts(today)
    hood = "Tổ dân phố" if (former.has_groups if before else commune.is_ward) else "Thôn"
    where = former.place if before else lowered(commune.full_name)
    return SchoolPlan(
        code=code,
        kind=kind.kind,
        levels=kind.levels,
        name=f"{kind.title} {place}",
        short_name=f"{kind.short} {place}",
        commune=commune,
        former_code=former.code,
        former_district=former.district_code,
        group=group,
        is_departments=kind.is_departments,
        is_disadvantaged=commune.code in DISADVANTAGED,
        founded_on=date(min(rng.randrange(1956, 2008), year - 15), 9, 5),
        phone=f"0239 {rng.randrange(100, 1000)} {rng.randrange(1000):03d}",
        address=f"{hood} {hamlet}, {where}",
        classes=(),
    )


def _classes(rng: Random, kind: KindPlan, school: SchoolPlan, pupils: int) -> Iterator[ClassPlan]:
    grades = grades_of(kind.levels)
    weights = [_demand(rng, grade) for grade in grades]
    afternoon = kind is LOWER and rng.random() < 0.3
    for grade, count in zip(grades, share_out(pupils, weights), strict=True):
        session = _session(grade, afternoon=afternoon)
        is_casts = school.commune.code == CAST_COMMUNE and grade.code == "6" and kind is LOWER
        full = min(grade.class_size, BOARDING_CLASS) if kind is BOARDING else grade.class_size
        for index, size in enumerate(_class_sizes(full, count, first_full=is_casts)):
            yield ClassPlan(grade.code, class_name(grade, index), size, session)


def _demand(rng: Random, grade: GradePlan) -> float:
    """Return how many pupils a grade has beside others of its school."""
    share = NURSERY_CUT if grade.code == "NT" else 1.0
    return share * rng.uniform(0.93, 1.07)


def _class_sizes(full: int, count: int, *, first_full: bool) -> list[int]:
    if count == 0:
        return []
    classes = -(-count // full)
    if first_full and classes > 2:
        rest = count - FIRST_CLASS_OF_CAST
        return [FIRST_CLASS_OF_CAST, *share_out(rest, [1.0] * (classes - 1))]
    return share_out(count, [1.0] * classes)


def _session(grade: GradePlan, *, afternoon: bool) -> str:
    if grade.level in ("MN", "TH"):
        return "FULL_DAY"
    return "AFTERNOON" if afternoon and grade.code in ("6", "7") else "MORNING"
