"""What is on file for a case: papers asked for and given, so where it stands."""

from __future__ import annotations

from collections.abc import Iterable

from khuevan.registry.transfers import rules
from khuevan.registry.transfers.kinds import DecisionState, State
from khuevan.registry.transfers.law import PaperRule
from khuevan.registry.transfers.models import Transfer, TransferDecision, TransferPaper

WHY = "papers of a case that the caller reached through a scope"


def needed_papers(transfer: Transfer) -> list[tuple[PaperRule, str]]:
    """Return the papers that the law of the day asks for, each with the side that gives it."""
    student = transfer.student
    groups = {"DISABILITY"} if student is not None and student.disability_code else set()
    groups |= {"PRIVATE_TO_PUBLIC"} if transfer.grounds else set()
    groups |= {transfer.move} if transfer.move else set()
    return rules.papers_of(
        transfer.whose,
        transfer.route,
        transfer.asked_on,
        asker=transfer.asked_by,
        groups=groups,
    )


def missing_papers(transfer: Transfer) -> list[str]:
    """Return the codes of required papers that a case lacks."""
    return rules.missing(needed_papers(transfer), _given(transfer))


def case_of(transfer: Transfer, decisions: Iterable[TransferDecision]) -> rules.Case:
    """Return where a case stands, for the rules that say what is next."""
    needed = rules.consents_needed(transfer.whose, transfer.move, transfer.route, transfer.asked_on)
    waits = transfer.is_of_staff and transfer.state == State.ACCEPTED
    open_sides = tuple(one.side for one in decisions if one.state == DecisionState.OPEN)
    return rules.Case(
        state=transfer.state,
        route=transfer.route,
        subject=transfer.subject,
        to_agree=tuple(side for side in needed if side not in transfer.consents),
        open_sides=open_sides,
        owing=tuple(rules.owing(needed_papers(transfer), _given(transfer)))
        if waits and open_sides
        else (),
    )


def _given(transfer: Transfer) -> set[str]:
    rows = TransferPaper.objects.unscoped(because=WHY).filter(transfer=transfer)
    return set(rows.values_list("paper", flat=True))
