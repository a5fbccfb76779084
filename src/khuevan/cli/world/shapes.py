"""What a planned world is made of: frozen values, no database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TermPlan:
    """A term of the academic year; `ends_on` is the day after its last."""

    number: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The academic year that today falls in; it ends when the next one begins."""

    code: str
    starts_on: date
    ends_on: date
    terms: tuple[TermPlan, ...]


@dataclass(frozen=True, slots=True)
class CommunePlan:
    """A real commune of the province, with the former communes it was made of."""

    code: str
    full_name: str
    district_code: str
    former_names: tuple[str, ...]
    former_codes: tuple[str, ...]

    @property
    def is_ward(self) -> bool:
        """Return whether it is a phường, where people live in a tổ dân phố and not in a thôn."""
        return self.full_name.startswith("Phường")

    @property
    def name(self) -> str:
        """Return the name without the type of commune."""
        return self.full_name.partition(" ")[2]


@dataclass(frozen=True, slots=True)
class ClassPlan:
    """A homeroom class with the number of pupils it will hold."""

    grade: str
    name: str
    size: int
    session: str


@dataclass(frozen=True, slots=True)
class SchoolPlan:
    """A school with its classes; `group` is the part of the province whose families it shares.

    `former_code` is the commune it stood in until 30/6/2025, and `former_district` its district.
    """

    code: str
    kind: str
    levels: tuple[str, ...]
    name: str
    short_name: str
    commune: CommunePlan
    former_code: str
    former_district: str
    group: int
    is_departments: bool
    is_disadvantaged: bool
    founded_on: date
    phone: str
    address: str
    classes: tuple[ClassPlan, ...]

    @property
    def pupils(self) -> int:
        """Return how many pupils the school holds."""
        return sum(planned.size for planned in self.classes)


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """A human being as the population register would know them."""

    family: str
    middle: str
    given: str
    sex: str
    birth_year: int
    birth_date: date | None
    personal_number: str | None
    ethnicity: str
    phone: str

    @property
    def full_name(self) -> str:
        """Return the name in Vietnamese order."""
        return " ".join(filter(None, (self.family, self.middle, self.given)))


@dataclass(frozen=True, slots=True)
class GuardianPlan:
    """Somebody who answers for all the children of a household."""

    person: PersonPlan
    relation: str
    occupation: str
    contact_order: int
    username: str = ""


@dataclass(frozen=True, slots=True)
class PupilPlan:
    """A pupil in a class of a school."""

    person: PersonPlan
    school_code: str
    class_name: str
    moet_code: str
    registry_number: str
    enrolled_on: date
    birthplace: str
    policies: tuple[str, ...]
    disability: str
    username: str = ""


@dataclass(frozen=True, slots=True)
class HouseholdPlan:
    """Children with the guardians they share, under one roof, in a commune of the planned day."""

    guardians: tuple[GuardianPlan, ...]
    children: tuple[PupilPlan, ...]
    commune_code: str
    address: str


@dataclass(frozen=True, slots=True)
class StaffPlan:
    """Somebody who works in a unit, with the class in their charge and the lessons they give."""

    person: PersonPlan
    unit_code: str
    position: str
    moet_code: str
    appointed_on: date
    subject: str = ""
    homeroom: str = ""
    lessons: tuple[tuple[str, str], ...] = ()
    """Pairs of class name and subject."""
    username: str = ""
