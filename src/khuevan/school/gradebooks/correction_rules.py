"""How a correction goes on: pure. At least two people stand behind every change (ASM-15).

The subject teacher asks, the homeroom teacher confirms, the principal approves. Who is both
teachers confirms by asking. Where a class has no homeroom teacher at work, and nobody stands in,
the principal decides alone on what somebody else asked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from khuevan.school.gradebooks.errors import (
    CorrectionOver,
    HomeroomFirst,
    NotTheHomeroomTeacher,
    NotYourCorrection,
    TwoPeopleNeeded,
)
from khuevan.school.gradebooks.models import Confirmation, CorrectionState

ASKED, CONFIRMED = CorrectionState.ASKED, CorrectionState.CONFIRMED
OPEN = (ASKED, CONFIRMED)


class Step(StrEnum):
    """What somebody does with a correction."""

    CONFIRM = "CONFIRM"
    TURN_DOWN = "TURN_DOWN"
    """The homeroom teacher refuses."""
    APPROVE = "APPROVE"
    REFUSE = "REFUSE"
    """The principal refuses."""
    WITHDRAW = "WITHDRAW"


@dataclass(frozen=True, slots=True)
class InCharge:
    """Who may confirm for a class today: its homeroom teacher unless away, or who stands in."""

    teacher: int | None = None
    stand_ins: frozenset[int] = frozenset()

    @property
    def people(self) -> frozenset[int]:
        """Return all of them."""
        own = frozenset() if self.teacher is None else frozenset({self.teacher})
        return own | self.stand_ins


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction as far as the rules ask."""

    state: CorrectionState
    asker: int
    confirmer: int | None = None


def start(asker: int, charge: InCharge) -> tuple[CorrectionState, str]:
    """Return where a new correction stands, and who stood for the class already."""
    if asker in charge.people:
        return CONFIRMED, Confirmation.ASKER
    if not charge.people:
        return CONFIRMED, Confirmation.NOBODY
    return ASKED, ""


def after(one: Standing, step: Step, actor: int, charge: InCharge) -> CorrectionState:
    """Return where a correction stands after somebody's step.

    :raises CorrectionOver: when nothing is open
    :raises NotYourCorrection: when somebody else than the asker withdraws
    :raises NotTheHomeroomTeacher: when somebody else confirms, or it is confirmed
    :raises HomeroomFirst: when the principal goes before the homeroom teacher
    :raises TwoPeopleNeeded: when one person would ask, confirm and approve
    """
    if one.state not in OPEN:
        raise CorrectionOver
    if step is Step.WITHDRAW:
        if actor != one.asker:
            raise NotYourCorrection
        return CorrectionState.WITHDRAWN
    if step in {Step.CONFIRM, Step.TURN_DOWN}:
        if one.state != ASKED or actor == one.asker or actor not in charge.people:
            raise NotTheHomeroomTeacher
        return CONFIRMED if step is Step.CONFIRM else CorrectionState.REFUSED
    if step is Step.REFUSE:
        return CorrectionState.REFUSED
    if one.state == ASKED and charge.people:
        raise HomeroomFirst
    if not are_two(actor, one.asker, one.confirmer):
        raise TwoPeopleNeeded
    return CorrectionState.DONE


def confirmation_by(actor: int, charge: InCharge) -> Confirmation:
    """Return as whom somebody confirms."""
    return Confirmation.HOMEROOM if actor == charge.teacher else Confirmation.STAND_IN


def are_two(*people: int | None) -> bool:
    """Return whether at least two different people are among these."""
    return len({one for one in people if one is not None}) > 1


def may(one: Standing, step: Step, actor: int | None, charge: InCharge) -> bool:
    """Return whether somebody's step would be taken."""
    if actor is None:
        return False
    try:
        after(one, step, actor, charge)
    except STEPS_REFUSED:
        return False
    return True


STEPS_REFUSED = (
    CorrectionOver,
    HomeroomFirst,
    NotTheHomeroomTeacher,
    NotYourCorrection,
    TwoPeopleNeeded,
)


def open_states() -> Collection[str]:
    """Return the states in which something is still to do."""
    return [one.value for one in OPEN]
