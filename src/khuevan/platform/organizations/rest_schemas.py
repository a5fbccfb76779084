"""What programs read and send of the tree of units."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self
from uuid import UUID

from ninja import Schema
from pydantic import Field

from khuevan.platform.organizations.comparing import Changed
from khuevan.platform.organizations.models import (
    Handed,
    LinkKind,
    OrgUnitVersion,
    ReportingLink,
    UnitKind,
)
from khuevan.platform.organizations.papers import Decided
from khuevan.platform.organizations.signing import Signed
from khuevan.ui.rest import StrictSchema


class UnitOut(Schema):
    """A unit as it is called and placed on a day; `ends_on` is the first day after."""

    uuid: UUID
    code: str
    kind: str
    name: str
    short_name: str
    parent: str
    area: str
    starts_on: date
    ends_on: date | None
    decision: str
    signed_on: date | None
    ended_by: str

    @classmethod
    def of(cls, row: OrgUnitVersion) -> Self:
        """Return the document of a unit."""
        return cls(
            uuid=row.unit.uuid,
            code=row.unit.code,
            kind=row.kind_then,
            name=row.name,
            short_name=row.short_name,
            parent=row.parent.code if row.parent else "",
            area=row.area.code if row.area else "",
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            decision=row.decision,
            signed_on=row.paper.signed_on if row.paper else None,
            ended_by=row.ended_by.number if row.ended_by else "",
        )


class UnitPage(Schema):
    """A part of the list of units; `next` is given as `after` to get the following one."""

    items: list[UnitOut]
    next: str


class SuccessionOut(Schema):
    """Who took over which part of a unit's work, from which day."""

    unit: str
    successor: str
    handed: str
    starts_on: date


class AliasOut(Schema):
    """The code of a unit in another register."""

    code: str
    source: str
    starts_on: date
    ends_on: date | None


class LinkOut(Schema):
    """A unit that another one answers to beside its manager."""

    uuid: UUID
    unit: str
    master: str
    kind: str
    starts_on: date
    ends_on: date | None
    decision: str

    @classmethod
    def of(cls, link: ReportingLink) -> Self:
        """Return the document of a link."""
        return cls(
            uuid=link.uuid,
            unit=link.unit.code,
            master=link.master.code,
            kind=link.kind,
            starts_on=link.starts_on,
            ends_on=link.ends_on,
            decision=link.decision,
        )


class TwoDaysIn(Schema):
    """Two days to compare."""

    first: date = Field(alias="from")
    second: date = Field(alias="to")


class UnitHistoryOut(Schema):
    """One unit through time, with its heirs, whom it succeeded, its codes and second masters."""

    code: str
    kind: str
    versions: list[UnitOut]
    successions: list[SuccessionOut]
    aliases: list[AliasOut]
    links: list[LinkOut]


class ChangedOut(Schema):
    """A unit before and after; where either is missing it was opened or ended in between."""

    code: str
    before: UnitOut | None
    after: UnitOut | None
    others: list[str]

    @classmethod
    def of(cls, one: Changed) -> Self:
        """Return the document of a change."""
        return cls(
            code=one.unit.code,
            before=UnitOut.of(one.before) if one.before else None,
            after=UnitOut.of(one.after) if one.after else None,
            others=[other.unit.code for other in one.others],
        )


class UnitChangesOut(Schema):
    """What differs between two days."""

    created: list[ChangedOut]
    merged: list[ChangedOut]
    closed: list[ChangedOut]
    renamed: list[ChangedOut]
    moved: list[ChangedOut]
    relocated: list[ChangedOut]


class DecidedIn(StrictSchema):
    """What every change names: the number of its decision, and the day it was signed."""

    decision: str
    signed_on: date | None = None

    @property
    def decided(self) -> Decided:
        """Return the decision."""
        return Decided(self.decision, self.signed_on)


class UnitIn(DecidedIn):
    """A unit to open; a school is opened as a school."""

    code: str
    kind: UnitKind
    name: str
    short_name: str
    parent: str
    area: str = ""
    starts_on: date


class RenameIn(DecidedIn):
    """Another name for a unit, or another kind of unit, from a day on."""

    name: str
    short_name: str
    kind: UnitKind | Literal[""] = ""
    on: date


class MoveIn(DecidedIn):
    """Units that come under another, or are merged into it, from a day on."""

    units: list[str]
    into: str
    on: date


class SplitIn(DecidedIn):
    """A unit that is divided: each heir with the units that come to it, and who gets the rest."""

    on: date
    parts: dict[str, list[str]]
    registers_to: str


class UnitEndIn(DecidedIn):
    """The end of a unit under which nothing stands; who takes over which part of its work."""

    on: date
    successors: dict[Handed, list[str]] = {}


class AliasIn(StrictSchema):
    """A code that another register gives a unit from a day on."""

    code: str
    source: str
    starts_on: date


class LinkIn(StrictSchema):
    """A unit to answer to beside the manager, from a day on."""

    master: str
    kind: LinkKind
    starts_on: date
    decision: str = ""


class LinkEndIn(StrictSchema):
    """The first day without a link."""

    on: date


class UndoIn(StrictSchema):
    """Why the latest change of a unit is taken back."""

    reason: str


class SignedIn(StrictSchema):
    """Number and day of a decision, who signed it, in which form and position."""

    number: Annotated[str, Field(min_length=1, max_length=60)]
    decided_on: date
    signer: Annotated[str, Field(min_length=1, max_length=160)]
    signer_position: Annotated[str, Field(min_length=1, max_length=120)]
    signed_as: Literal["HEAD", "KT", "TM", "TM_KT", "TL", "TUQ"]
    """By Decree 30/2020, article 13."""
    authorization: Annotated[str, Field(max_length=60)] = ""
    """Of what is signed TUQ.: number of the paper that authorizes the signer, and its day."""
    authorized_on: date | None = None

    def signed(self) -> Signed:
        """Return number, day and signature."""
        return Signed(
            self.number,
            self.decided_on,
            self.signer,
            self.signer_position,
            self.signed_as,
            self.authorization,
            self.authorized_on,
        )
