"""Reading transfers: the board, one case with what the reader's side may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.platform.files.api import StoredFile
from khuevan.registry.transfers import rules
from khuevan.registry.transfers.kinds import DecisionState, Route, Side, State, Step
from khuevan.registry.transfers.models import (
    Transfer,
    TransferDecision,
    TransferPaper,
    TransferStep,
    TravellingRecord,
)
from khuevan.registry.transfers.permissions import (
    ASK_TRANSFER,
    DECIDE_TRANSFERS,
    RECORD_TRANSFERS,
    VIEW_TRANSFERS,
)

OFFICES = (Side.ORIGIN, Side.DESTINATION)


def transfers(*, actor: Actor) -> ScopedQuerySet[Transfer]:
    """Return the transfers within reach."""
    return Transfer.objects.visible_to(actor, VIEW_TRANSFERS).select_related(
        "grade_level", "from_school", "to_school", "homeroom_class"
    )


def get_transfer_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_TRANSFERS) -> Transfer:
    """Return the transfer with this uuid or raise `NotFound`."""
    found = (
        Transfer.objects.visible_to(actor, permission)
        .select_related("grade_level", "from_school", "to_school", "homeroom_class", "student")
        .filter(uuid=uuid)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def open_ones() -> Q:
    """Return the condition that a transfer isn't over."""
    return Q(state__in=[state.value for state in rules.OPEN]) & ~Q(
        route=Route.OUT, state=State.RECEIVED
    )


def waiting_for(actor: Actor) -> Q:
    """Return the condition that the actor's school or office has to act."""
    schools = actor.reach(RECORD_TRANSFERS, "school")
    mine = Q(pk__in=())
    if schools.everything:
        return ~Q(waits_for=[])
    if schools.ids:
        mine |= Q(waits_for__contains=[Side.RECEIVER], to_school_id__in=schools.ids)
        mine |= Q(waits_for__contains=[Side.RELEASER], from_school_id__in=schools.ids)
    offices = actor.reach(DECIDE_TRANSFERS, "school")
    if offices:
        decisions = TransferDecision.objects.visible_to(actor, DECIDE_TRANSFERS).filter(
            state=DecisionState.OPEN
        )
        if not offices.everything:
            decisions = decisions.filter(unit_id__in=offices.ids)
        mine |= Q(state=State.ACCEPTED, pk__in=decisions.values("transfer_id"))
    return mine


def incoming(actor: Actor) -> Q:
    """Return the condition that a pupil comes to a school of the actor."""
    reach = actor.reach(VIEW_TRANSFERS, "school")
    return Q(to_school__isnull=False) if reach.everything else Q(to_school_id__in=reach.ids)


def outgoing(actor: Actor) -> Q:
    """Return the condition that a pupil leaves a school of the actor."""
    reach = actor.reach(VIEW_TRANSFERS, "school")
    return Q(from_school__isnull=False) if reach.everything else Q(from_school_id__in=reach.ids)


def overdue(on: date) -> Q:
    """Return the condition that a step's time limit has passed."""
    return open_ones() & Q(due_on__lt=on)


def on_the_way() -> Q:
    """Return the condition that a pupil is in no school's roll between two."""
    return Q(state=State.RELEASED)


def count_waiting(actor: Actor) -> int:
    """Return how many transfers wait for the actor."""
    rows = Transfer.objects.visible_to(actor, VIEW_TRANSFERS).filter(open_ones())
    return rows.filter(waiting_for(actor)).count()


@dataclass(frozen=True, slots=True)
class Standing:
    """Which sides of a case the reader is on, and so what of it may be read."""

    sides: frozenset[str]
    """The schools the reader works at, as sides of the case."""
    offices: frozenset[str]
    """The offices the reader may decide for."""
    is_family: bool
    is_above: bool
    """Whether the reader's office manages one of the two schools."""

    def sees_paper(self, transfer: Transfer, given_by: str) -> bool:
        """Return whether a paper may be opened: one's own, all of them after the reception."""
        if self.is_above or self.is_family or given_by in self.sides:
            return True
        return Side.RECEIVER in self.sides and has_arrived(transfer)

    def sees_travelling(self, transfer: Transfer) -> bool:
        """Return whether what travels may be read: by the sender, and by whoever has received."""
        if self.is_above or self.is_family or Side.RELEASER in self.sides:
            return True
        return Side.RECEIVER in self.sides and has_arrived(transfer)

    @property
    def sees_class(self) -> bool:
        """Return whether the new class is named: not to the school the pupil left."""
        return self.is_above or self.is_family or Side.RECEIVER in self.sides


def has_arrived(transfer: Transfer) -> bool:
    """Return whether the new school has received the pupil."""
    return transfer.state in (State.RECEIVED, State.PLACED)


def standing_of(
    actor: Actor, transfer: Transfer, decisions: Sequence[TransferDecision]
) -> Standing:
    """Return on which sides of a case an actor stands."""
    own = actor.own_schools(VIEW_TRANSFERS)
    record = actor.reach(RECORD_TRANSFERS, "school")
    view = actor.reach(VIEW_TRANSFERS, "school")
    decide = actor.reach(DECIDE_TRANSFERS, "school")
    ends = {Side.RECEIVER: transfer.to_school_id, Side.RELEASER: transfer.from_school_id}
    sides = {side for side, pk in ends.items() if pk and (pk in own or pk in record)}
    return Standing(
        sides=frozenset(sides),
        offices=frozenset(one.side for one in decisions if one.unit_id in decide),
        is_family=transfer.person_id in actor.reach(VIEW_TRANSFERS, "person").ids,
        is_above=any(
            pk and pk in view and pk not in own
            for pk in (
                *ends.values(),
                transfer.origin_office_id,
                transfer.destination_office_id,
            )
        ),
    )


def decisions_of(*, actor: Actor, transfer: Transfer) -> list[TransferDecision]:
    """Return what the offices decide about a case, the old school's first."""
    rows = TransferDecision.objects.visible_to(actor, VIEW_TRANSFERS).filter(transfer=transfer)
    found = rows.select_related("file", "unit").order_by("pk")
    return sorted(found, key=lambda one: one.side != Side.ORIGIN)


def papers_of(*, actor: Actor, transfer: Transfer) -> list[TransferPaper]:
    """Return the papers of a case in the order they were given."""
    rows = TransferPaper.objects.visible_to(actor, VIEW_TRANSFERS).filter(transfer=transfer)
    return list(rows.select_related("file").order_by("pk"))


def steps_of(*, actor: Actor, transfer: Transfer) -> list[TransferStep]:
    """Return what happened to a case, newest first."""
    rows = TransferStep.objects.visible_to(actor, VIEW_TRANSFERS).filter(transfer=transfer)
    return list(rows.order_by("-pk"))


def travelling_of(*, actor: Actor, transfer: Transfer) -> list[TravellingRecord]:
    """Return what of the record travels, by part, in the order it was taken."""
    rows = TravellingRecord.objects.visible_to(actor, VIEW_TRANSFERS).filter(transfer=transfer)
    return list(rows.order_by("pk"))


def possible_steps(
    transfer: Transfer, standing: Standing, decisions: Sequence[TransferDecision]
) -> list[Step]:
    """Return what the reader may do to a case now, the expected step first."""
    waiting = [one.side for one in decisions if one.state == DecisionState.OPEN]
    sides = [*standing.sides, *standing.offices]
    if standing.is_family and transfer.asked_by == Side.FAMILY:
        sides.append(Side.FAMILY)
    return [
        step
        for step in Step
        if any(
            rules.may_do(step, side, state=transfer.state, route=transfer.route, open_sides=waiting)
            for side in sides
        )
    ]


def may_ask_for(actor: Actor) -> bool:
    """Return whether the actor may open a case at a school or for a child."""
    return actor.may(RECORD_TRANSFERS) or actor.may(ASK_TRANSFER)


def get_paper_for(actor: Actor, uuid: UUID) -> StoredFile:
    """Return the scan of a paper the actor may open, or raise `NotFound`."""
    rows = TransferPaper.objects.visible_to(actor, VIEW_TRANSFERS)
    paper = rows.select_related("transfer", "file").filter(uuid=uuid).first()
    if paper is None or paper.file is None:
        raise NotFound
    if not standing_of(actor, paper.transfer, ()).sees_paper(paper.transfer, paper.given_by):
        raise NotFound
    return paper.file


def get_decision_for(actor: Actor, uuid: UUID) -> StoredFile:
    """Return the signed document of an office's decision, or raise `NotFound`."""
    rows = TransferDecision.objects.visible_to(actor, VIEW_TRANSFERS)
    decision = rows.select_related("file").filter(uuid=uuid).first()
    if decision is None or decision.file is None:
        raise NotFound
    return decision.file
