"""Opening a school, and what a school must be to be recorded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import UnitKind, create_unit
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.errors import (
    CodeTaken,
    LevelsDontFit,
    OwnershipDoesntFit,
    WebsiteNotAnAddress,
)
from khuevan.registry.schools.facts import FACTS, SchoolFacts
from khuevan.registry.schools.founding import (
    Founded,
    FoundingDecision,
    own_permission,
    require_decision,
    require_founder,
)
from khuevan.registry.schools.models import (
    Boarding,
    Campus,
    EducationLevel,
    Ownership,
    School,
    SchoolCode,
    SchoolVersion,
)
from khuevan.registry.schools.permissions import MANAGE_SCHOOLS
from khuevan.registry.schools.rules import (
    class_match_name,
    in_order,
    levels_fit,
    levels_offered,
    ownership_fits,
)


@dataclass(frozen=True, slots=True)
class SchoolData:
    """A school as it is opened."""

    code: str
    name: str
    short_name: str
    school_type: str
    levels: tuple[str, ...]
    parent_id: int
    area_id: int | None = None
    ownership: str = Ownership.PUBLIC
    address: str = ""
    phone: str = ""
    is_disadvantaged: bool = False
    boarding: str = Boarding.NONE
    national_standard: int | None = None
    decision: str = ""
    website: str = ""
    founded_on: date | None = None
    founding: FoundingDecision | None = None

    @property
    def facts(self) -> SchoolFacts:
        """Return what the school is by law when it opens."""
        return SchoolFacts(
            school_type=self.school_type,
            levels=in_order(self.levels),
            ownership=self.ownership,
            boarding=self.boarding,
            is_disadvantaged=self.is_disadvantaged,
            national_standard=self.national_standard,
            decision=self.decision or (self.founding.number if self.founding else ""),
        )

    @property
    def founded(self) -> Founded:
        """Return what matters of it for who founds it."""
        return Founded(self.school_type, self.levels, self.ownership, self.parent_id, self.area_id)


@transaction.atomic
def open_school(*, actor: Actor, data: SchoolData, starts_on: date, now: datetime) -> School:
    """Open a school as a unit under its managing unit, with its main campus.

    :raises CodeTaken: when another unit has or had the code
    :raises LevelsDontFit: when a school of this type teaches other levels
    :raises OwnershipDoesntFit: when a school of this type has other owners
    :raises FoundingNeeded, FoundingNotSigned, FoundedAfterOpening: without a whole decision
    :raises NotTheFounder, ManagedByFounder: when another office founds such a school
    """
    _require_may_open(actor, data)
    require_near(starts_on, today=actor.today)
    require_fit(data.facts)
    founding = require_decision(data.founding, starts_on=starts_on, today=actor.today)
    require_founder(actor, data.founded, signed_on=founding.signed_on)
    require_free_codes([data.code])
    require_website(data.website)
    unit = create_unit(
        code=data.code,
        kind=UnitKind.SCHOOL,
        name=data.name,
        short_name=data.short_name,
        parent_id=data.parent_id,
        area_id=data.area_id,
        starts_on=starts_on,
    )
    school = School.objects.create(
        unit=unit,
        code=data.code,
        founded_on=data.founded_on or starts_on,
        founding_number=normalize(founding.number)[:120],
        founding_signed_on=founding.signed_on,
        founding_signed_by=normalize(founding.signed_by)[:160],
        phone=data.phone,
        website=data.website,
        address=data.address,
    )
    build_version(school.pk, data.facts, starts_on=starts_on).save(force_insert=True)
    SchoolCode.objects.create(school=school, code=data.code, starts_on=starts_on)
    build_main_campus(school, data, starts_on=starts_on).save(force_insert=True)
    record(
        audit_codes.SCHOOL_OPENED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"decision": school.founding_number, "on": f"{starts_on:%d/%m/%Y}"},
    )
    return school


def build_main_campus(school: School, data: SchoolData, *, starts_on: date) -> Campus:
    """Return the unsaved main campus of a school that opens."""
    return Campus(
        school=school,
        name=data.short_name,
        match_name=class_match_name(data.short_name),
        is_main=True,
        address=data.address,
        area_id=data.area_id,
        phone=data.phone,
        starts_on=starts_on,
    )


def _require_may_open(actor: Actor, data: SchoolData) -> None:
    """Raise `NotFound` unless the actor opens such schools under that unit.

    Independent preschool facilities are licensed by their commune (Decree 142/2025, art. 4).
    """
    permissions = (MANAGE_SCHOOLS, own_permission(data.school_type))
    if not any(data.parent_id in actor.reach(one, "school") for one in permissions):
        raise NotFound


def build_version(school_id: int, facts: SchoolFacts, *, starts_on: date) -> SchoolVersion:
    """Return an unsaved version of what a school is by law from a day on."""
    told = {name: getattr(facts, name) for name in FACTS if name != "levels"}
    return SchoolVersion(
        school_id=school_id,
        levels=list(in_order(facts.levels)),
        decision=facts.decision,
        starts_on=starts_on,
        **told,
    )


def require_fit(facts: SchoolFacts) -> None:
    """Refuse facts that contradict each other.

    :raises LevelsDontFit: when a school of this type teaches other levels
    :raises OwnershipDoesntFit: when a school of this type has other owners
    """
    if not levels_fit(facts.school_type, facts.levels):
        offered = in_order(levels_offered(facts.school_type))
        labels = ", ".join(str(EducationLevel(level).label) for level in offered)
        raise LevelsDontFit(type=facts.type_label, levels=labels or "–")
    if not ownership_fits(facts.school_type, facts.ownership):
        raise OwnershipDoesntFit


def require_website(website: str) -> None:
    """Refuse a website that a browser would run instead of opening.

    :raises WebsiteNotAnAddress:
    """
    if website and not website.startswith(("http://", "https://")):
        raise WebsiteNotAnAddress


def require_free_codes(codes: Collection[str]) -> None:
    """Refuse codes that schools have or had: an old paper must find one school.

    :raises CodeTaken: when one is taken
    """
    known = SchoolCode.objects.unscoped(because="codes are unique everywhere")
    taken = known.filter(code__in=codes).order_by("code").first()
    if taken is not None:
        raise CodeTaken(code=taken.code)
