"""The router of transfers, and what its endpoints share."""

from __future__ import annotations

from khuevan.registry.schools.api import School
from khuevan.registry.transfers import facts
from khuevan.registry.transfers.actions import Outside
from khuevan.registry.transfers.documents import DecisionOut, OutsideIn, PaperOut
from khuevan.registry.transfers.errors import SchoolUnknown
from khuevan.registry.transfers.kinds import DecisionState
from khuevan.registry.transfers.models import TransferDecision, TransferPaper
from khuevan.ui.rest import Router

router = Router(tags=["transfers"])
PAGE_SIZE = 100


def end_of(code: str, outside: OutsideIn | None) -> School | Outside:
    """Return the school where somebody goes.

    :raises SchoolUnknown:
    """
    school = facts.school_by_code(code) if code else None
    if school is not None:
        return school
    if outside is None or code:
        raise SchoolUnknown
    return Outside(outside.school, outside.province)


def decision_out(one: TransferDecision) -> DecisionOut:
    """Return the document of an office's decision."""
    return DecisionOut(
        side=one.side,
        unit=one.unit.code,
        office=one.office,
        matters=one.matters,
        state=DecisionState(one.state).value,
        number=one.number,
        decided_on=one.decided_on,
        made_by=one.made_by,
        regulation=one.regulation,
        confidence=one.confidence,
    )


def paper_out(one: TransferPaper) -> PaperOut:
    """Return the document of a paper handed over."""
    return PaperOut(
        uuid=one.uuid,
        paper=one.paper,
        given_by=one.given_by,
        note=one.note,
        has_file=one.file_id is not None,
    )
