"""A whole planned province, fixed by seed and day; people are made while one iterates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby

from django.utils.translation import gettext_lazy as _

from khuevan.cli.world import cast
from khuevan.cli.world.eras import FIRST_DAY, has_districts, require_day
from khuevan.cli.world.households import plan_households, upper_of
from khuevan.cli.world.leavers import LeaverPlan, ends_with_nine, plan_leavers
from khuevan.cli.world.network import (
    CAST_COMMUNE,
    DEPARTMENT_CODE,
    PROVINCE_CODE,
    communes,
    district_office_code,
    plan_schools,
)
from khuevan.cli.world.past import PastMaker
from khuevan.cli.world.people import Registers
from khuevan.cli.world.shapes import (
    CommunePlan,
    HouseholdPlan,
    SchoolPlan,
    StaffPlan,
    YearPlan,
)
from khuevan.cli.world.staffing import StaffMaker
from khuevan.cli.world.years import year_of, years_before
from khuevan.kernel.errors import DomainError

DEMO_SCHOOLS, DEMO_PUPILS, DEMO_SEED, DEMO_YEARS = 60, 30_000, 42, 3


MOST_YEARS = 8


class YearsNotPlanned(DomainError):
    """A world tells of the day's academic year and a few before it."""

    code = "world.years_not_planned"
    message = _("A world tells of 1 to %(most)s academic years.")
    status = 400


@dataclass(frozen=True)
class WorldPlan:
    """The province: its tree and schools at once, its people group by group."""

    seed: int
    today: date
    year: YearPlan
    communes: tuple[CommunePlan, ...]
    schools: tuple[SchoolPlan, ...]
    past: tuple[YearPlan, ...] = ()
    """The earlier academic years it tells of, newest first."""

    @property
    def since(self) -> date:
        """Return the day from which its units exist."""
        return min([FIRST_DAY, *(year.starts_on for year in self.past)])

    @cached_property
    def groups(self) -> tuple[tuple[SchoolPlan, ...], ...]:
        """Return the schools by the part of the province whose families they share."""
        return tuple(tuple(some) for _, some in groupby(self.schools, key=lambda s: s.group))

    def offices_on(self, day: date) -> dict[str, str]:
        """Return the unit's code for each office the cast works in on a day, of its era."""
        places = {cast.COMMUNE_OF_A: self.school_a, cast.COMMUNE_OF_B: self.school_b}
        offices = {
            place: district_office_code(school.former_district)
            if has_districts(day)
            else f"{PROVINCE_CODE}-{school.commune.code}"
            for place, school in places.items()
        }
        return {cast.PROVINCE: DEPARTMENT_CODE, **offices}

    @property
    def pupils(self) -> int:
        """Return how many pupils the plan holds."""
        return sum(school.pupils for school in self.schools)

    @cached_property
    def school_a(self) -> SchoolPlan:
        """Return the school of Ms Lan, Mr Hùng and Minh Anh."""
        return self._first("THCS", of_cast=True)

    @cached_property
    def school_b(self) -> SchoolPlan:
        """Return the school of Ms Mai and Ms Ngọc, in another commune."""
        return self._first("THCS", of_cast=False)

    @cached_property
    def primary_of_a(self) -> SchoolPlan:
        """Return the primary school of the younger child."""
        return self._first("TH", of_cast=True)

    @cached_property
    def upper_school(self) -> SchoolPlan:
        """Return the school of Mr Phúc, Mr Khánh and Khánh Linh."""
        return upper_of(self.schools)

    def leavers(self, registers: Registers) -> Iterator[tuple[PastMaker, YearPlan, LeaverPlan]]:
        """Yield who left in the earlier years, with who tells their past before that year.

        The registers are those of the households, read before: today's numbers stay as they are.
        """
        share = ends_with_nine(self.schools)
        for group in self.groups:
            for back, year in enumerate(self.past, start=1):
                past = PastMaker(self.seed, group, self.past[back:], registers.registry_number)
                for leaver in plan_leavers(
                    seed=self.seed,
                    year=year,
                    today=self.today,
                    schools=group,
                    share_of_nine=share,
                    registers=registers,
                ):
                    yield past, year, leaver

    def households(
        self, registers: Registers | None = None
    ) -> Iterator[tuple[PastMaker, Iterator[HouseholdPlan]]]:
        """Yield each group's households, with who tells their past; read one before the next."""
        registers = registers or Registers()
        for group in self.groups:
            yield (
                PastMaker(self.seed, group, self.past, registers.registry_number),
                plan_households(
                    seed=self.seed,
                    year=self.year.starts_on.year,
                    today=self.today,
                    schools=group,
                    registers=registers,
                ),
            )

    def staff(self) -> Iterator[tuple[SchoolPlan | None, list[StaffPlan]]]:
        """Yield the officers of the province, then each school with everybody who works in it."""
        maker = self._staff_maker()
        yield None, maker.officers(self.offices_on(self.today))
        for school in self.schools:
            yield school, maker.staff_of(school)

    def _staff_maker(self) -> StaffMaker:
        places = {
            cast.SCHOOL_A: self.school_a.code,
            cast.SCHOOL_B: self.school_b.code,
            cast.UPPER_SCHOOL: self.upper_school.code,
        }
        casting = {
            code: tuple(member for member in cast.STAFF if member.place == place)
            for place, code in places.items()
        }
        return StaffMaker(seed=self.seed, year=self.year.starts_on.year, casting=casting)

    def _first(self, level: str, *, of_cast: bool) -> SchoolPlan:
        return next(
            school
            for school in self.schools
            if school.levels == (level,) and (school.commune.code == CAST_COMMUNE) is of_cast
        )


def plan_world(
    *,
    today: date,
    seed: int = DEMO_SEED,
    schools: int = DEMO_SCHOOLS,
    pupils: int = DEMO_PUPILS,
    years: int = 1,
) -> WorldPlan:
    """Return the plan of a province for a day: the same one every time.

    `years` is how many academic years it tells of, the day's own among them. Of today, earlier ones
    change the numbers of registry books alone.

    :raises DayNotPlanned: if nothing is recorded of that day, or it is too far ahead
    :raises YearsNotPlanned: if it is to tell of none or too many years
    :raises ValueError: if it would be too small to hold the cast
    """
    require_day(today)
    if not 1 <= years <= MOST_YEARS:
        raise YearsNotPlanned(most=MOST_YEARS)
    year = year_of(today)
    planned = plan_schools(
        seed=seed, schools=schools, pupils=pupils, year=year.starts_on.year, today=today
    )
    return WorldPlan(seed, today, year, communes(), planned, years_before(year, years - 1))
