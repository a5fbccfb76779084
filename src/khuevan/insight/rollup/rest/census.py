"""Census days for programs: decided, frozen, opened again; frozen beside what is known now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Schema

from khuevan.insight.rollup import actions
from khuevan.insight.rollup.dimensions import PUPILS, STAFF
from khuevan.insight.rollup.errors import CensusNotUnderstood
from khuevan.insight.rollup.forms import CensusForm, ReopenForm
from khuevan.insight.rollup.models import Census, CensusVersion
from khuevan.insight.rollup.permissions import DECIDE_CENSUS, VIEW_COUNTS
from khuevan.insight.rollup.rest.words import router
from khuevan.insight.rollup.selectors.census import Beside, beside_now, censuses, get_census
from khuevan.insight.rollup.selectors.frozen import things_beside_now
from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import NotFound
from khuevan.ui.request import Request
from khuevan.ui.rest import StrictSchema


class CensusVersionOut(Schema):
    """A version of a census: when it was frozen, and why there was another."""

    number: int
    frozen_at: datetime
    reason: str


class CensusOut(Schema):
    """A census day."""

    uuid: UUID
    on: date
    level: str
    decision: str
    state: str
    reason: str
    versions: list[CensusVersionOut]


class CensusSchoolOut(Schema):
    """A school of a census: frozen, and what is known of that day now."""

    school: str
    frozen: int
    now: int
    is_whole: bool


class CensusFiguresOut(CensusOut):
    """A census with its figures by school, in one version; without one nothing is frozen yet."""

    version: int | None
    schools: list[CensusSchoolOut]


class CensusIn(StrictSchema):
    """A census day to be kept."""

    on: date
    level: str = ""
    decision: str = ""


class ReopenIn(StrictSchema):
    """Why a census is opened again."""

    reason: str


@router.get("/censuses", permission=VIEW_COUNTS, response=list[CensusOut])
def list_censuses(request: Request) -> list[CensusOut]:
    """Return all census days, the newest first."""
    return [_census_out(one) for one in censuses()]


@router.get("/censuses/{uuid}", permission=VIEW_COUNTS, response=CensusFiguresOut)
def show_census(
    request: Request,
    uuid: UUID,
    version: int | None = None,
    of: Literal["pupils", "classes", "staff"] = "pupils",
) -> CensusFiguresOut:
    """Return a census by school within reach: frozen in a version (the newest), and known now."""
    found = get_census(uuid)
    kept = found.newest_first
    asked = next((one for one in kept if version in (None, one.number)), None)
    if asked is None and version is not None:
        raise NotFound
    actor = request.actor
    rows = _beside(actor, found, asked, of) if asked else []
    return CensusFiguresOut(
        **_census_out(found).dict(),
        version=asked.number if asked else None,
        schools=[
            CensusSchoolOut(
                school=one.place.code, frozen=one.frozen, now=one.now, is_whole=one.is_whole
            )
            for one in rows
        ],
    )


def _beside(actor: Actor, found: Census, version: CensusVersion, of: str) -> list[Beside]:
    if of == PUPILS:
        return beside_now(actor=actor, census=found, version=version)
    if not version.keeps_things or (of == STAFF and found.level):
        return []
    return things_beside_now(actor=actor, census=found, version=version, of=of)


@router.post("/censuses", permission=DECIDE_CENSUS, response=CensusOut)
def decide_census(request: Request, body: CensusIn) -> CensusOut:
    """Decide a census day."""
    actor = request.actor
    form = CensusForm({**body.dict(), "on": f"{body.on:%d/%m/%Y}"})
    if not form.is_valid():
        raise CensusNotUnderstood(fields=", ".join(form.errors))
    made = actions.open_census(actor=actor, now=clock.now(), **form.cleaned_data)
    return _census_out(get_census(made.uuid))


@router.post("/censuses/{uuid}/freeze", permission=DECIDE_CENSUS, response=CensusOut)
def freeze(request: Request, uuid: UUID) -> CensusOut:
    """Keep the figures of the day as they are known now."""
    actions.freeze_census(actor=request.actor, uuid=uuid, now=clock.now())
    return _census_out(get_census(uuid))


@router.post("/censuses/{uuid}/reopen", permission=DECIDE_CENSUS, response=CensusOut)
def reopen(request: Request, uuid: UUID, body: ReopenIn) -> CensusOut:
    """Open a census again, saying why."""
    form = ReopenForm(body.dict())
    if not form.is_valid():
        raise CensusNotUnderstood(fields=", ".join(form.errors))
    actor = request.actor
    actions.reopen_census(actor=actor, uuid=uuid, now=clock.now(), **form.cleaned_data)
    return _census_out(get_census(uuid))


def _census_out(found: Census) -> CensusOut:
    kept = found.newest_first
    return CensusOut(
        uuid=found.uuid,
        on=found.on,
        level=found.level,
        decision=found.decision,
        state=found.state,
        reason=found.reason,
        versions=[
            CensusVersionOut(number=one.number, frozen_at=one.frozen_at, reason=one.reason)
            for one in kept
        ],
    )
