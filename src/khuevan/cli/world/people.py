"""Making people: pupils with the guardians of their household, and what belongs to a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from typing import Protocol

from khuevan.cli.world import cast
from khuevan.cli.world.draw import Serials, Weighted
from khuevan.cli.world.eras import former_communes, has_districts, lowered
from khuevan.cli.world.grades import GRADE
from khuevan.cli.world.names import FEMALE, KINH, MALE, NameBook, name_book
from khuevan.cli.world.network import CAST_COMMUNE, DISADVANTAGED, communes
from khuevan.cli.world.shapes import GuardianPlan, HouseholdPlan, PersonPlan, PupilPlan, SchoolPlan

BOYS = 0.522
HOME = "042"
BIRTHPLACES = Weighted({
    HOME: 0.945, "040": 0.018, "044": 0.009, "001": 0.010, "079": 0.008, "074": 0.006, "048": 0.004,
})  # fmt: skip
PLACE_NAMES = {
    HOME: "Hà Tĩnh", "040": "Nghệ An", "044": "Quảng Bình", "001": "Hà Nội",
    "079": "Thành phố Hồ Chí Minh", "074": "Bình Dương", "048": "Đà Nẵng",
}  # fmt: skip
NO_NUMBER_YET, REPEATS, CAME_LATER = 0.01, 0.011, 0.03

# Where the small peoples of the province live, and who goes to the boarding school.
PEOPLES = {
    "18547": Weighted({KINH: 0.96, "44": 0.025, "06": 0.015}),
    "18544": Weighted({KINH: 0.97, "44": 0.02, "06": 0.01}),
    "18313": Weighted({KINH: 0.965, "37": 0.02, "03": 0.01, "06": 0.005}),
    "18196": Weighted({KINH: 0.97, "03": 0.015, "06": 0.01, "37": 0.005}),
    "18199": Weighted({KINH: 0.97, "03": 0.015, "06": 0.01, "37": 0.005}),
    "18844": Weighted({KINH: 0.985, "06": 0.015}),
}
PEOPLES_ELSEWHERE = Weighted({KINH: 0.9982, "06": 0.0006, "03": 0.0006, "37": 0.0002, "02": 0.0004})
PEOPLES_OF_BOARDING = Weighted({KINH: 0.03, "44": 0.14, "06": 0.30, "03": 0.29, "37": 0.24})
VERY_SMALL = frozenset({"44"})

HOUSEHOLDS = Weighted({"BOTH": 0.93, "MOTHER": 0.045, "FATHER": 0.012, "GRANDPARENT": 0.013})
OCCUPATIONS = Weighted({
    "Làm ruộng": 33, "Công nhân": 18, "Buôn bán": 10, "Lao động tự do": 11, "Thợ xây": 6,
    "Lái xe": 4, "Giáo viên": 4, "Công chức": 3, "Ngư dân": 4, "Bộ đội": 2, "Thợ may": 2,
    "Lao động nước ngoài": 4, "Nhân viên y tế": 1, "Kinh doanh": 4,
})  # fmt: skip
POVERTY = Weighted({"": 0.945, "POOR": 0.022, "NEAR_POOR": 0.033})
POVERTY_OF_MOUNTAINS = Weighted({"": 0.80, "POOR": 0.10, "NEAR_POOR": 0.10})
DISABILITIES = Weighted({
    "": 992.5, "INTELLECTUAL": 3, "MOBILITY": 1.5, "MENTAL": 1, "HEARING_SPEECH": 1, "VISION": 0.6,
    "OTHER": 0.4,
})  # fmt: skip
HAMLETS = (
    "Đông Hòa", "Bình Minh", "Tân Tiến", "Liên Hương", "Nam Trung", "Bắc Sơn", "Trung Thành",
    "Quang Trung", "Hòa Bình", "Thống Nhất", "Tiền Phong", "Phú Mỹ", "Yên Lạc", "Đại Đồng",
    "Hưng Thịnh", "Vĩnh Phú",
)  # fmt: skip


class Place(Protocol):
    """What is needed of a seat."""

    @property
    def school(self) -> SchoolPlan:
        """Return the school."""

    @property
    def class_name(self) -> str:
        """Return the class."""

    @property
    def grade(self) -> str:
        """Return the grade's code."""

    @property
    def age(self) -> int:
        """Return the usual age by year of birth."""


@dataclass(slots=True)
class Registers:
    """The numbers given out in a world: no two people get one."""

    pupils: Serials = field(default_factory=lambda: Serials(6))
    phones: Serials = field(default_factory=lambda: Serials(7))
    codes: Serials = field(default_factory=lambda: Serials(8))
    entries: dict[tuple[str, int], int] = field(default_factory=lambda: defaultdict(int))

    def personal_number(self, province: str, sex: str, year: int) -> str:
        """Return the next number of a place of birth, sex and year."""
        head = f"{province}{personal_digit(sex, year)}{year % 100:02d}"
        return head + self.pupils.next(head)

    def phone(self) -> str:
        """Return a mobile number under a prefix that no operator uses."""
        return "095" + self.phones.next("phone")

    def registry_number(self, school_code: str, year: int) -> str:
        """Return the next number of a school's registry book in a year."""
        self.entries[school_code, year] += 1
        return f"{year}-{self.entries[school_code, year]:04d}"


def personal_digit(sex: str, year: int) -> int:
    """Return the digit that tells century and sex: 0 and 1 for the 1900s, 2 and 3 for the 2000s."""
    return (year // 100 - 19) * 2 + (sex == FEMALE)


def some_day(rng: Random, year: int) -> date:
    """Return some day of a year."""
    first = date(year, 1, 1).toordinal()
    return date.fromordinal(first + int(rng.random() * (date(year + 1, 1, 1).toordinal() - first)))


@dataclass(slots=True)
class Parents:
    """What a household's children have from their guardians."""

    guardians: tuple[GuardianPlan, ...]
    family: str
    ethnicity: str
    policies: tuple[str, ...]


class PupilMaker:
    """Makes the households of one group, drawing everything from one source."""

    def __init__(self, rng: Random, year: int, today: date, registers: Registers) -> None:
        self.rng = rng
        self.year = year
        self._has_districts = has_districts(today)
        self.registers = registers
        self.names: NameBook = name_book()
        self._communes = {commune.code: commune for commune in communes()}

    def household(self, seats: Sequence[Place], home: str) -> HouseholdPlan:
        """Return the household whose children take some seats."""
        rng = self.rng
        seats = sorted(seats, key=lambda seat: -seat.age)
        birth_dates = self._birth_dates(seats)
        parents = self._parents(seats[0], home, birth_dates)
        given: set[str] = set()
        children = []
        for seat, birth_date in zip(seats, birth_dates, strict=True):
            sex = MALE if rng.random() < BOYS else FEMALE
            middle, name = self.names.child(rng, sex)
            while name in given:
                middle, name = self.names.child(rng, sex)
            given.add(name)
            children.append(self._pupil(seat, parents, (middle, name), sex, birth_date))
        return HouseholdPlan(parents.guardians, tuple(children), *self._address(home))

    def cast_household(self, seats: Sequence[Place]) -> HouseholdPlan:
        """Return the family that everybody meets in the demo."""
        guardians = tuple(
            GuardianPlan(self._cast_adult(member), relation, occupation, order, member.username)
            for order, (member, relation, occupation) in enumerate(
                zip(cast.PARENTS, ("MOTHER", "FATHER"), ("Buôn bán", "Công nhân"), strict=True), 1
            )
        )
        parents = Parents(guardians, "Phạm", KINH, ())
        children = []
        for seat, member in zip(seats, cast.CHILDREN, strict=True):
            birth_date = cast.birth_date_in(member, year=self.year)
            name = (member.middle, member.given)
            pupil = self._pupil(seat, parents, name, member.sex, birth_date, home_born=True)
            children.append(replace(pupil, username=member.username, disability=""))
        return HouseholdPlan(guardians, tuple(children), *self._address(CAST_COMMUNE))

    def can_be_choosers(self, house: HouseholdPlan) -> bool:
        """Return whether the cast can play a household: two parents and an only daughter."""
        person = house.children[0].person
        born = cast.birth_date_in(cast.LINH, year=self.year)
        relations = {one.relation for one in house.guardians}
        is_alike = (person.sex, person.birth_year) == (cast.LINH.sex, born.year)
        return is_alike and len(house.children) == 1 and relations == {"MOTHER", "FATHER"}

    def choosers(self, house: HouseholdPlan) -> HouseholdPlan:
        """Return a household as mother and daughter of the cast; nothing is drawn for it."""
        member, [child] = cast.LINH, house.children
        mother = self._cast_adult(cast.THU)
        guardians = tuple(
            replace(one, person=mother, username=cast.THU.username)
            if one.relation == "MOTHER"
            else replace(one, person=replace(one.person, family=member.family))
            for one in house.guardians
        )
        person = replace(
            child.person,
            family=member.family,
            middle=member.middle,
            given=member.given,
            birth_date=cast.birth_date_in(member, year=self.year),
        )
        played = replace(child, person=person, username=member.username, disability="")
        return replace(house, guardians=guardians, children=(played,))

    def former_pupil(self, seat: Place, home: str) -> PupilPlan:
        """Return somebody who sat in a class of the maker's year and is a pupil no more."""
        ethnicity = PEOPLES.get(home, PEOPLES_ELSEWHERE).pick(self.rng.random())
        sex = MALE if self.rng.random() < BOYS else FEMALE
        parents = Parents((), self.names.family(self.rng, ethnicity), ethnicity, ())
        birth_date = some_day(self.rng, self.year - seat.age - self._years_late(seat))
        made = self._pupil(seat, parents, self.names.child(self.rng, sex), sex, birth_date)
        return replace(made, disability="", policies=(), birthplace="")

    def _cast_adult(self, member: cast.CastMember) -> PersonPlan:
        year = member.birth_date.year
        return PersonPlan(
            member.family, member.middle, member.given, member.sex, year, member.birth_date,
            self.registers.personal_number(HOME, member.sex, year), KINH, self.registers.phone(),
        )  # fmt: skip

    def _birth_dates(self, seats: Sequence[Place]) -> list[date]:
        """Return birth dates, eldest first; only the eldest may be older than the grade expects."""
        dates: list[date] = []
        for index, seat in enumerate(seats):
            if index and seats[index - 1].age == seat.age:  # twins
                dates.append(dates[-1])
                continue
            older = self._years_late(seat) if index == 0 else 0
            dates.append(some_day(self.rng, self.year - seat.age - older))
        return dates

    def _years_late(self, seat: Place) -> int:
        level = GRADE[seat.grade].level
        if level == "GDTX":
            return int(self.rng.random() * 3)
        return int(level != "MN" and self.rng.random() < REPEATS)

    def _parents(self, eldest: Place, home: str, birth_dates: Sequence[date]) -> Parents:
        rng = self.rng
        peoples = PEOPLES.get(home, PEOPLES_ELSEWHERE)
        if eldest.school.kind == "ETHNIC_BOARDING":
            peoples = PEOPLES_OF_BOARDING
        ethnicity = peoples.pick(rng.random())
        kind = HOUSEHOLDS.pick(rng.random())
        mother_born = birth_dates[0].year - int(rng.triangular(19, 35, 24))
        mother = self._elder(FEMALE, mother_born, ethnicity)
        father = self._elder(MALE, mother_born - int(rng.triangular(-2, 9, 2)), ethnicity)
        if kind == "GRANDPARENT":
            elder = self._elder(FEMALE, mother_born - 24, ethnicity)
            guardians = [(elder, "GUARDIAN")]
        elif kind == "BOTH":
            guardians = [(mother, "MOTHER"), (father, "FATHER")]
            if rng.random() < 0.4:
                guardians.reverse()
        else:
            guardians = [(mother, "MOTHER")] if kind == "MOTHER" else [(father, "FATHER")]
        family = mother.family if kind == "MOTHER" else father.family
        plans = tuple(
            GuardianPlan(person, relation, OCCUPATIONS.pick(rng.random()), order)
            for order, (person, relation) in enumerate(guardians, 1)
        )
        return Parents(plans, family, ethnicity, self._policies(home, kind, ethnicity))

    def _elder(self, sex: str, year: int, ethnicity: str) -> PersonPlan:
        middle, given = self.names.elder(self.rng, sex)
        phone = self.registers.phone() if self.rng.random() < 0.9 else ""
        family = self.names.family(self.rng, ethnicity)
        return PersonPlan(family, middle, given, sex, year, None, None, ethnicity, phone)

    def _policies(self, home: str, kind: str, ethnicity: str) -> tuple[str, ...]:
        poverty = (POVERTY_OF_MOUNTAINS if home in DISADVANTAGED else POVERTY).pick(
            self.rng.random()
        )
        found = [poverty] if poverty else []
        if kind == "GRANDPARENT" and self.rng.random() < 0.3:
            found.append("ORPHAN")
        if ethnicity != KINH:
            found.append("VERY_SMALL_ETHNIC" if ethnicity in VERY_SMALL else "ETHNIC_MINORITY")
        return tuple(found)

    def _pupil(
        self,
        seat: Place,
        parents: Parents,
        name: tuple[str, str],
        sex: str,
        birth_date: date,
        *,
        home_born: bool = False,
    ) -> PupilPlan:
        rng = self.rng
        place = HOME if home_born else BIRTHPLACES.pick(rng.random())
        number: str | None = self.registers.personal_number(place, sex, birth_date.year)
        if seat.grade == "NT" and rng.random() < NO_NUMBER_YET:
            number = None
        disability = DISABILITIES.pick(rng.random())
        enrolled_on = self._enrolled_on(seat, birth_date)
        person = PersonPlan(
            parents.family, *name, sex, birth_date.year, birth_date, number, parents.ethnicity, ""
        )
        return PupilPlan(
            person=person,
            school_code=seat.school.code,
            class_name=seat.class_name,
            moet_code="42" + self.registers.codes.next("pupil"),
            registry_number=self.registers.registry_number(seat.school.code, enrolled_on.year),
            enrolled_on=enrolled_on,
            birthplace=PLACE_NAMES[place],
            policies=(*parents.policies, *(("DISABLED",) if disability else ())),
            disability=disability,
        )

    def _enrolled_on(self, seat: Place, birth_date: date) -> date:
        """Return the day a pupil came: with the school's first grade, or later from elsewhere."""
        first = min(3 if level == "MN" else _first_age(level) for level in seat.school.levels)
        opening = date(self.year - max(0, seat.age - first), 9, 5)
        if opening.year == self.year or self.rng.random() > CAME_LATER:
            return opening
        return opening + timedelta(days=int(self.rng.random() * (self.year - opening.year) * 365))

    def _address(self, home: str) -> tuple[str, str]:
        """Return the code of the commune of the planned day, and the address there."""
        commune = self._communes[home]
        hamlet = HAMLETS[int(self.rng.random() * len(HAMLETS))]
        if not self._has_districts:
            hood = "Tổ dân phố" if commune.is_ward else "Thôn"
            return home, f"{hood} {hamlet}, {lowered(commune.full_name)}, tỉnh Hà Tĩnh"
        codes = commune.former_codes
        former = former_communes()[codes[int(self.rng.random() * len(codes))]]
        hood = "Tổ dân phố" if former.has_groups else "Thôn"
        return former.code, f"{hood} {hamlet}, {former.place}, tỉnh Hà Tĩnh"


def _first_age(level: str) -> int:
    return min(grade.age for grade in GRADE.values() if grade.level == level)
