"""Reading transfers: the board, one case with what the reader's side may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q

from khuevan.kernel.actor import Actor, Permission
from khuevan.kernel.errors import NotFound
from khuevan.kernel.scoping import ScopedQuerySet
from khuevan.kernel.words import name_has
from khuevan.platform.files.api import StoredFile
from khuevan.registry.people.api import VIEW_SENSITIVE
from khuevan.registry.students.api import VIEW_STUDENTS, Student
from khuevan.registry.transfers import facts, rules
from khuevan.registry.transfers.desks import PUPILS, STAFF, Desk, desk_of, desks_seen
from khuevan.registry.transfers.filed import case_of
from khuevan.registry.transfers.kinds import (
    DecisionState,
    Route,
    Side,
    State,
    Step,
    Subject,
)
from khuevan.registry.transfers.models import (
    Transfer,
    TransferDecision,
    TransferPaper,
    TransferStep,
    TravellingRecord,
)
from khuevan.registry.transfers.permissions import (
    VIEW_TRANSFERS,
)

OFFICES = (Side.ORIGIN, Side.DESTINATION)
P = TypeVar("P", bound=Model)


def transfers(*, actor: Actor, desk: Desk = PUPILS) -> ScopedQuerySet[Transfer]:
    """Return the transfers of pupils, or of staff, within reach."""
    return Transfer.objects.visible_to(actor, desk.view).select_related(
        "grade_level", "from_school", "to_school", "homeroom_class"
    )


def own_moves(*, actor: Actor) -> ScopedQuerySet[Transfer]:
    """Return the actor's own moves."""
    return Transfer.objects.visible_to(actor, STAFF.ask).select_related("from_school", "to_school")


def children_to_ask_for(*, actor: Actor) -> list[Student]:
    """Return the actor's own children who may be asked a change of school for: no case is open."""
    if not actor.may(PUPILS.ask):
        return []
    asked = Transfer.objects.visible_to(actor, PUPILS.view).filter(open_ones())
    rows = Student.objects.visible_to(actor, PUPILS.ask).filter(
        enrollments__is_primary=True, enrollments__ends_on__isnull=True
    )
    found = rows.exclude(pk__in=asked.values("student_id")).select_related("person")
    return list(found.order_by("person__sort_key", "pk").distinct())


def pupils_to_send(*, actor: Actor, words: str, most: int) -> list[Student]:
    """Return pupils of the actor's school by some words of the name, by number or code."""
    rows = Student.objects.visible_to(actor, PUPILS.record).filter(
        enrollments__is_primary=True, enrollments__ends_on__isnull=True
    )
    if any(char.isdigit() for char in words):
        rows = rows.filter(Q(moet_code=words) | Q(person__personal_number=words))
    else:
        rows = rows.filter(name_has(words, field="person__search_name"))
    found = rows.select_related("person").order_by("person__sort_key", "pk")
    return list(found.distinct()[:most])


def cases_of(*, actor: Actor, students: Sequence[Student]) -> dict[int, Transfer]:
    """Return the open cases of some pupils within the actor's reach, by pupil."""
    rows = transfers(actor=actor).filter(open_ones(), student__in=students)
    return {one.student_id: one for one in rows if one.student_id is not None}


def under_way(*, actor: Actor, student: Student) -> list[Transfer]:
    """Return the open cases of a pupil within the actor's reach."""
    if not actor.may(PUPILS.view):
        return []
    rows = transfers(actor=actor).filter(open_ones(), student=student)
    return list(rows.order_by("asked_on", "pk"))


def record_in_reach(*, actor: Actor, transfer: Transfer) -> UUID | None:
    """Return whose record a case leads to, when the actor may open it."""
    if transfer.student_id is None or not actor.may(VIEW_STUDENTS):
        return None
    rows = Student.objects.visible_to(actor, VIEW_STUDENTS).filter(pk=transfer.student_id)
    return rows.values_list("uuid", flat=True).first()


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
    over = Q(route=Route.OUT) | Q(subject=Subject.STAFF)
    return Q(state__in=[state.value for state in rules.OPEN]) & ~(over & Q(state=State.RECEIVED))


def waiting_for(actor: Actor, desk: Desk = PUPILS) -> Q:
    """Return the condition that the actor's school or office has to act."""
    schools = actor.reach(desk.record, "school")
    mine = Q(pk__in=())
    if schools.everything:
        return ~Q(waits_for=[])
    if schools.ids:
        mine |= Q(waits_for__contains=[Side.RECEIVER], to_school_id__in=schools.ids)
        mine |= Q(waits_for__contains=[Side.RELEASER], from_school_id__in=schools.ids)
    offices = actor.reach(desk.decide, "school")
    if offices:
        decisions = TransferDecision.objects.visible_to(actor, desk.decide).filter(
            state=DecisionState.OPEN
        )
        own = Q(unit_id__in=offices.ids)
        decisions = decisions.filter(
            Q(unit__kind__in=facts.PROVINCIAL) if offices.everything else own
        )
        mine |= Q(
            state=State.ACCEPTED,
            waits_for__overlap=[side.value for side in OFFICES],
            pk__in=decisions.values("transfer_id"),
        )
    return mine


def incoming(actor: Actor, desk: Desk = PUPILS) -> Q:
    """Return the condition that somebody comes to a school of the actor."""
    reach = actor.reach(desk.view, "school")
    return Q(to_school__isnull=False) if reach.everything else Q(to_school_id__in=reach.ids)


def outgoing(actor: Actor, desk: Desk = PUPILS) -> Q:
    """Return the condition that somebody leaves a school of the actor."""
    reach = actor.reach(desk.view, "school")
    return Q(from_school__isnull=False) if reach.everything else Q(from_school_id__in=reach.ids)


def overdue(on: date) -> Q:
    """Return the condition that a step's time limit has passed."""
    return open_ones() & Q(due_on__lt=on)


def on_the_way() -> Q:
    """Return the condition that a pupil is in no school's roll between two."""
    return Q(state=State.RELEASED)


def waiting(actor: Actor) -> dict[str, tuple[int, int]]:
    """Return how many cases wait for the actor, and how many of them are late, by subject.

    One query for both desks, none for who never acts.
    """
    desks = [one for one in desks_seen(actor) if actor.may(one.record) or actor.may(one.decide)]
    if not desks:
        return {}
    rows = Transfer.objects.unscoped(because="each desk's own scope is asked below")
    told = rows.filter(open_ones()).filter(
        reduce(
            or_,
            (
                Q(pk__in=_seen(actor, one).filter(waiting_for(actor, one)).values("pk"))
                for one in desks
            ),
        )
    )
    counted = told.values_list("subject").annotate(
        Count("pk"), late=Count("pk", filter=overdue(actor.today))
    )
    return {subject: (count, late) for subject, count, late in counted}


def _seen(actor: Actor, desk: Desk) -> ScopedQuerySet[Transfer]:
    return Transfer.objects.visible_to(actor, desk.view)


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
        return self.is_receiver_of(transfer)

    def sees_travelling(self, transfer: Transfer) -> bool:
        """Return whether what travels may be read: by the sender, and by whoever has received."""
        if self.is_above or self.is_family or Side.RELEASER in self.sides:
            return True
        return self.is_receiver_of(transfer)

    def sees_number(self, actor: Actor, transfer: Transfer) -> bool:
        """Return whether the personal number that travelled is read in full: at the new school."""
        reach = actor.reach(VIEW_SENSITIVE, "school")
        return self.is_receiver_of(transfer) and transfer.to_school_id in reach

    def is_receiver_of(self, transfer: Transfer) -> bool:
        """Return whether the reader works at the school that has received them."""
        return Side.RECEIVER in self.sides and has_arrived(transfer)

    @property
    def sees_class(self) -> bool:
        """Return whether the new class is named: not to the school the pupil left."""
        return self.is_above or self.is_family or Side.RECEIVER in self.sides


def has_arrived(transfer: Transfer) -> bool:
    """Return whether the new school has received them."""
    return transfer.state in (State.RECEIVED, State.PLACED)


def standing_of(
    actor: Actor, transfer: Transfer, decisions: Sequence[TransferDecision]
) -> Standing:
    """Return on which sides of a case an actor stands."""
    desk = desk_of(transfer.subject)
    own = actor.own_schools(desk.view)
    record = actor.reach(desk.record, "school")
    view = actor.reach(desk.view, "school")
    ends = {Side.RECEIVER: transfer.to_school_id, Side.RELEASER: transfer.from_school_id}
    sides = {side for side, pk in ends.items() if pk and (pk in own or pk in record)}
    is_own = transfer.is_own_move_of(actor)
    if transfer.is_of_staff:
        concerned = is_own
        sides = set() if is_own else sides
    else:
        concerned = transfer.person_id in actor.reach(desk.view, "person").ids
    return Standing(
        sides=frozenset(sides),
        offices=frozenset(
            one.side
            for one in decisions
            if not is_own and facts.is_at_office(actor, desk.decide, one.unit)
        ),
        is_family=concerned,
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
    rows = _parts(TransferDecision, actor, transfer)
    found = rows.select_related("file", "unit").order_by("pk")
    return sorted(found, key=lambda one: one.side != Side.ORIGIN)


def asked_of(
    decisions: Sequence[TransferDecision], side: str, matter: str = ""
) -> TransferDecision:
    """Return what an office is to decide: on a matter, else what is open first; else the last.

    :raises NotFound: when no office of that side decides so
    """
    own = [one for one in decisions if one.side == side and (not matter or matter in one.matters)]
    if not own:
        raise NotFound
    return next((one for one in own if one.state == DecisionState.OPEN), own[-1])


def decided_at_own_office(*, actor: Actor, desk: Desk = PUPILS) -> ScopedQuerySet[TransferDecision]:
    """Return what the actor's own office has decided; at the province what is the Department's."""
    reach = actor.reach(desk.decide, "school")
    own = Q(unit__kind__in=facts.PROVINCIAL) if reach.everything else Q(unit_id__in=reach.ids)
    rows = TransferDecision.objects.visible_to(actor, desk.decide).filter(own)
    return rows.exclude(state=DecisionState.OPEN).select_related("transfer")


def papers_of(*, actor: Actor, transfer: Transfer) -> list[TransferPaper]:
    """Return the papers of a case in the order they were given."""
    return list(_parts(TransferPaper, actor, transfer).select_related("file").order_by("pk"))


def steps_of(*, actor: Actor, transfer: Transfer) -> list[TransferStep]:
    """Return what happened to a case, newest first."""
    return list(_parts(TransferStep, actor, transfer).order_by("-pk"))


def travelling_of(*, actor: Actor, transfer: Transfer) -> list[TravellingRecord]:
    """Return what of the record travels, by part, in the order it was taken."""
    return list(_parts(TravellingRecord, actor, transfer).order_by("pk"))


def _parts(model: type[P], actor: Actor, transfer: Transfer) -> ScopedQuerySet[P]:
    """Return the rows of a case: of one's own move by being who it is about, else by the desk."""
    desk = desk_of(transfer.subject)
    is_own = transfer.is_own_move_of(actor)
    permission = desk.ask if is_own and actor.may(desk.ask) else desk.view
    rows: ScopedQuerySet[P] = model.objects.visible_to(actor, permission)  # type: ignore[attr-defined]
    return rows.filter(transfer=transfer)


def possible_steps(
    transfer: Transfer, standing: Standing, decisions: Sequence[TransferDecision]
) -> list[Step]:
    """Return what the reader may do to a case now, the expected step first."""
    case = case_of(transfer, decisions)
    sides = [*standing.sides, *standing.offices]
    if standing.is_family and transfer.asked_by in (Side.FAMILY, Side.PERSON):
        sides.append(transfer.asked_by)
    return [step for step in Step if any(rules.may_do(step, side, case) for side in sides)]


def get_paper_for(actor: Actor, uuid: UUID, permission: Permission = VIEW_TRANSFERS) -> StoredFile:
    """Return the scan of a paper the actor may open, or raise `NotFound`."""
    rows = TransferPaper.objects.visible_to(actor, permission)
    paper = rows.select_related("transfer", "file").filter(uuid=uuid).first()
    if paper is None or paper.file is None:
        raise NotFound
    if not standing_of(actor, paper.transfer, ()).sees_paper(paper.transfer, paper.given_by):
        raise NotFound
    return paper.file


def get_decision_for(
    actor: Actor, uuid: UUID, permission: Permission = VIEW_TRANSFERS
) -> StoredFile:
    """Return the signed document of an office's decision, or raise `NotFound`."""
    rows = TransferDecision.objects.visible_to(actor, permission)
    decision = rows.select_related("file").filter(uuid=uuid).first()
    if decision is None or decision.file is None:
        raise NotFound
    return decision.file
