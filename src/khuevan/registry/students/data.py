"""Plain values that cross the line into the students app: pupils and guardians as known."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

PERSON_FIELDS = (
    "full_name",
    "sex",
    "birth_date",
    "personal_number",
    "ethnicity_code",
    "nationality_code",
    "phone",
)


@dataclass(frozen=True, slots=True)
class GuardianData:
    """One guardian as a list or a form names them."""

    relation: str
    full_name: str
    birth_year: int | None = None
    occupation: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class StudentData:
    """A pupil as a list or a form names them. Empty text and None both mean: not stated."""

    full_name: str
    sex: str
    birth_date: date | None
    personal_number: str | None = None
    moet_code: str | None = None
    ethnicity_code: str = ""
    nationality_code: str = ""
    phone: str = ""
    addresses: dict[str, str] = field(default_factory=dict)
    """Address kind to text."""
    guardians: tuple[GuardianData, ...] = ()
    policy_codes: tuple[str, ...] | None = None
    """None: not stated; empty: of no policy group."""
    disability_code: str = ""
    disability_degree: str = ""


@dataclass(frozen=True, slots=True)
class NewStudent:
    """A pupil to be registered, with the class to sit in (id) and the first day."""

    data: StudentData
    homeroom_class_id: int | None
    starts_on: date
    registry_number: str = ""
    placed_on: date | None = None
    """First day in the class, when the pupil came to the school before this year."""
    uuid: UUID | None = None
    """Chosen by the caller, so that sending the same thing twice makes one pupil."""
    came_from: str = ""
    paper: str = ""
    grade_level_id: int | None = None
    """The pupil's own grade, when the class teaches it beside its own."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A pupil whom the records know and who comes to a school, in a class when one is given."""

    student_id: int
    homeroom_class_id: int | None
    starts_on: date
    registry_number: str = ""
    came_from: str = ""
    paper: str = ""
    grade_level_id: int | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """New values for a known pupil, based on the version that was read."""

    student_id: int
    version: int
    changes: dict[str, Any]
    """A field of PERSON_FIELDS, "moet_code", "registry_number", "policy_codes", "disability_code",
    "disability_degree", "addresses" or "guardians", to its value."""
