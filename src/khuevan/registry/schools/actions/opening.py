"""Opening a school, and what a school must be to be recorded."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction

from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.kernel.periods import require_near
from khuevan.kernel.phone import is_phone, phone_digits
from khuevan.kernel.vietnamese import normalize
from khuevan.platform.areas.api import Area, AreaKind
from khuevan.platform.audit.api import record
from khuevan.platform.organizations.api import (
    OrgUnit,
    Signed,
    UnitKind,
    create_unit,
    version_of,
)
from khuevan.registry.schools import audit_codes
from khuevan.registry.schools.actions.decisions import write_decision
from khuevan.registry.schools.competence import AskedSchool
from khuevan.registry.schools.deciding import (
    own_permission,
    require_decider,
    require_decision,
    require_under_founder,
)
from khuevan.registry.schools.errors import (
    CodeTaken,
    LevelsDontFit,
    OwnershipDoesntFit,
    WebsiteNotAnAddress,
)
from khuevan.registry.schools.errors_of_founding import (
    FACILITY_UNFIT,
    AreaElsewhere,
    AreaNeeded,
    CodeReserved,
    NameNeeded,
    PhoneUnfit,
)
from khuevan.registry.schools.facts import FACTS, SchoolFacts
from khuevan.registry.schools.models import (
    Boarding,
    Campus,
    EducationLevel,
    Matter,
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
from khuevan.ui.formats import day

RESERVED = frozenset(("new", "found", "facilities"))
"""Words that stand in addresses where a school's code would."""
_TAKEN = ("organizations_orgunit_code", "schools_school_code", "school_code_of_one_school")


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
    founding: Signed | None = None
    """The decision by which it is founded or licensed."""

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
    def asked(self) -> AskedSchool:
        """Return what matters of it for who founds it."""
        return AskedSchool(
            self.school_type, self.levels, self.ownership, self.parent_id, self.area_id
        )


@transaction.atomic
def open_school(*, actor: Actor, data: SchoolData, starts_on: date, now: datetime) -> School:
    """Open a school as a unit under its managing unit, with its main campus.

    :raises CodeTaken: when another unit has or had the code
    :raises CodeReserved: when the code is a word of the addresses
    :raises NameNeeded, PhoneUnfit: when it can't be called so
    :raises AreaElsewhere: when it stands in another commune than the one it stands under
    :raises AreaNeeded: when a school that no commune manages stands in no commune
    :raises LevelsDontFit: when a school of this type teaches other levels
    :raises OwnershipDoesntFit: when a school of this type has other owners
    :raises DecisionNeeded, DecisionToCome, CountsBeforeDecision: without a decision before it
    :raises NotTheDecider, ManagedByFounder: when another office founds such a school
    :raises NumberUnfit, SignerNeeded, SignedOtherwise, PositionUnfit: when it can't be signed so
    """
    _require_may_open(actor, data)
    data = _clean(data)
    require_near(starts_on, today=actor.today)
    require_fit(data.facts)
    founding = require_decision(data.founding, counts_from=starts_on, today=actor.today)
    data = replace(data, area_id=_own_area(data, on=starts_on))
    own = own_permission(data.school_type)
    founder = require_decider(actor, data.asked, Matter.FOUNDING, signed=founding, own=own)
    require_under_founder(data.asked, founder)
    require_free_code(data.code)
    require_website(data.website)
    school = _create(data, starts_on=starts_on)
    decided = write_decision(
        school, Matter.FOUNDING, founding, founder, counts_from=starts_on, actor=actor, now=now
    )
    build_version(school.pk, data.facts, starts_on=starts_on).save(force_insert=True)
    build_main_campus(school, data, starts_on=starts_on).save(force_insert=True)
    record(
        audit_codes.SCHOOL_OPENED,
        actor=actor,
        at=now,
        target=school,
        unit_id=school.pk,
        details={"decision": decided.number, "on": day(starts_on)},
    )
    return school


def _create(data: SchoolData, *, starts_on: date) -> School:
    """Create the unit, the school and its code."""
    with code_once(data.code):
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
            phone=data.phone,
            website=data.website,
            address=data.address,
        )
        SchoolCode.objects.create(school=school, code=data.code, starts_on=starts_on)
    return school


def _clean(data: SchoolData) -> SchoolData:
    """Return a school in the one stored form of its names, address and phone.

    :raises NameNeeded, PhoneUnfit:
    """
    name, short_name = normalize(data.name), normalize(data.short_name)
    if not name or not short_name:
        raise NameNeeded
    phone = phone_digits(data.phone)
    if phone and not is_phone(phone):
        raise PhoneUnfit
    address = normalize(data.address)
    return replace(data, name=name, short_name=short_name, address=address, phone=phone)


def _own_area(data: SchoolData, *, on: date) -> int | None:
    """Return the commune where a school stands: that of the commune that manages it, or its own.

    :raises AreaElsewhere: when a commune's school stands in another one
    :raises AreaNeeded: when a school of another office stands in no commune
    """
    above = version_of(data.parent_id, on=on)
    if above is None or above.unit.kind != UnitKind.COMMUNE:
        communes = Area.objects.filter(kind=AreaKind.COMMUNE)
        if data.area_id is None or not communes.filter(pk=data.area_id).exists():
            raise AreaNeeded
        return data.area_id
    if above.area_id is not None and data.area_id not in (None, above.area_id):
        raise AreaElsewhere(unit=above.name)
    return data.area_id or above.area_id


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
    :raises FacilityOwnershipUnfit, FacilityBoardingUnfit, FacilityStandardUnfit: when no
        independent preschool facility can be so
    """
    if not levels_fit(facts.school_type, facts.levels):
        offered = in_order(levels_offered(facts.school_type))
        labels = ", ".join(str(EducationLevel(level).label) for level in offered)
        raise LevelsDontFit(type=facts.type_label, levels=labels or "–")
    if not ownership_fits(facts.school_type, facts.ownership):
        raise OwnershipDoesntFit
    for name in facts.unfit_for_facility:
        raise FACILITY_UNFIT[name]


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


def require_free_code(code: str) -> None:
    """Refuse a code that a unit or school has or had, or that is a word of the addresses.

    :raises CodeTaken: when it is taken
    :raises CodeReserved: when it is such a word
    """
    if code.lower() in RESERVED:
        raise CodeReserved(code=code)
    require_free_codes([code])
    if OrgUnit.objects.filter(code=code).exists():
        raise CodeTaken(code=code)


@contextmanager
def code_once(code: str) -> Iterator[None]:
    """Turn the database's refusal of a code that was taken meanwhile into the sentence about it.

    :raises CodeTaken:
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not any(name in str(error) for name in _TAKEN):
            raise
        raise CodeTaken(code=code) from error
