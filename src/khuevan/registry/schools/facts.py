"""What a school is by law on a day: its type, levels and owner, read from its dated versions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, FilteredRelation, Q
from django.utils.translation import gettext

from khuevan.kernel.periods import in_force, last_day, not_over
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.vietnamese import normalize
from khuevan.registry.schools.errors import FactsNotRecorded
from khuevan.registry.schools.models import (
    AcademicYear,
    Boarding,
    EducationLevel,
    Ownership,
    SchoolCode,
    SchoolType,
    SchoolVersion,
)
from khuevan.registry.schools.rules import facility_unfit
from khuevan.ui.formats import day

FACTS = (
    "school_type",
    "ownership",
    "levels",
    "boarding",
    "is_disadvantaged",
    "national_standard",
)
"""The statutory facts of a school, as they are named everywhere."""


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """What a school is by law in a period, by which decision."""

    school_type: str
    levels: tuple[str, ...]
    ownership: str = Ownership.PUBLIC
    boarding: str = Boarding.NONE
    is_disadvantaged: bool = False
    national_standard: int | None = None
    decision: str = ""
    starts_on: date | None = None
    ends_on: date | None = None

    @property
    def type_label(self) -> str:
        """Return the type for people to read."""
        return str(SchoolType(self.school_type).label)

    @property
    def ownership_label(self) -> str:
        """Return the owner for people to read."""
        return str(Ownership(self.ownership).label)

    @property
    def level_labels(self) -> list[str]:
        """Return the levels for people to read."""
        return [str(EducationLevel(level).label) for level in self.levels]

    @property
    def unfit_for_facility(self) -> tuple[str, ...]:
        """Return which of the facts an independent preschool facility can't have, if it is one."""
        return facility_unfit(
            self.school_type,
            ownership=self.ownership,
            boarding=self.boarding,
            national_standard=self.national_standard,
        )

    @property
    def marks(self) -> list[str]:
        """Return what else stands out, for people to read."""
        found = [str(Boarding(self.boarding).label)] if self.boarding != Boarding.NONE else []
        if self.national_standard:
            found.append(
                gettext("National standard, level %(level)s") % {"level": self.national_standard}
            )
        if self.is_disadvantaged:
            found.append(gettext("Disadvantaged area"))
        return found

    @property
    def last_day(self) -> date | None:
        """Return the last day on which this holds, if it has one."""
        return last_day(self.ends_on) if self.ends_on else None

    @classmethod
    def told_by(cls, school: Any) -> SchoolFacts:
        """Return the facts that `with_facts` told with a school."""
        told = {name: getattr(school, name) for name in FACTS if name != "levels"}
        return cls(levels=tuple(school.levels), **told)

    @classmethod
    def of(cls, version: SchoolVersion) -> SchoolFacts:
        """Return the facts of a version."""
        told = {name: getattr(version, name) for name in FACTS if name != "levels"}
        return cls(
            levels=tuple(version.levels),
            decision=version.decision,
            starts_on=version.starts_on,
            ends_on=version.ends_on,
            **told,
        )


def school_facts(school_id: int, *, on: date) -> SchoolFacts:
    """Return what a school is by law on a day.

    :raises FactsNotRecorded: when nothing is recorded for that day
    """
    found = facts_of([school_id], on=on).get(school_id)
    if found is None:
        raise FactsNotRecorded(on=day(on))
    return found


def facts_of(school_ids: Collection[int] | None, *, on: date) -> dict[int, SchoolFacts]:
    """Return what schools are by law on a day, by id; those not recorded on that day are absent.

    None means all schools: the facts of a school are public.
    """
    rows = SchoolVersion.objects.unscoped(because="what a school is by law is public")
    rows = rows.filter(in_force(on))
    if school_ids is not None:
        rows = rows.filter(school_id__in=school_ids)
    return {row.school_id: SchoolFacts.of(row) for row in rows}


def versions_of(school_id: int) -> list[SchoolVersion]:
    """Return what a school was by law, newest first."""
    rows = SchoolVersion.objects.unscoped(because="what a school is by law is public")
    return list(rows.filter(school_id=school_id).order_by("-starts_on"))


def codes_of(school_id: int) -> list[SchoolCode]:
    """Return the codes a school had, newest first."""
    rows = SchoolCode.objects.unscoped(because="codes of schools are public")
    return list(rows.filter(school_id=school_id).order_by("-starts_on"))


def teaches_in(school_id: int, level: str, year: AcademicYear) -> bool:
    """Return whether a school teaches a level on some day of a year."""
    rows = SchoolVersion.objects.unscoped(because="what a school is by law is public")
    within = not_over(year.starts_on) & Q(starts_on__lt=year.ends_on)
    return rows.filter(within, school_id=school_id, levels__contains=[level]).exists()


def with_facts(rows: ScopedQuerySet[Any], *, on: date | None) -> ScopedQuerySet[Any]:
    """Keep the schools that are recorded on a day, and tell what they were by law: one join.

    Without a day: closed schools, as they were at the end.
    """
    return told_in(rows, in_force(on, "versions") if on else Q(versions__ends_on=F("closed_on")))


def told_in(rows: ScopedQuerySet[Any], held: Q) -> ScopedQuerySet[Any]:
    """Keep the schools that are recorded in a period, and tell what they were by law then."""
    recorded: ScopedQuerySet[Any] = (
        rows.alias(fact=FilteredRelation("versions", condition=held))
        .filter(fact__isnull=False)
        .annotate(**{name: F(f"fact__{name}") for name in FACTS})
    )
    return recorded


def had_code(code: str) -> Q:
    """Return the condition that a school has or had this code."""
    rows = SchoolCode.objects.unscoped(because="codes of schools are public")
    return Q(pk__in=rows.filter(code__iexact=normalize(code)).values("school_id"))
