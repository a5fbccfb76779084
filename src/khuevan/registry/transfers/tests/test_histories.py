"""Random steps by random people: a pupil is never in two schools, a withdrawal leaves no trace."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY

from khuevan.kernel.errors import DomainError
from khuevan.platform.organizations.api import Signed
from khuevan.registry.students.api import ClassPlacement, Enrollment
from khuevan.registry.transfers import actions, rules
from khuevan.registry.transfers.kinds import Side, State
from khuevan.registry.transfers.models import Transfer, TransferStep
from khuevan.registry.transfers.tests.cases import again, asked, clerk_of, with_papers

Move = Callable[[Transfer, Any, date], object]

MOVES: tuple[Move, ...] = (
    lambda t, a, _on: actions.accept(actor=a, uuid=t.uuid, now=NOW),
    lambda t, a, _on: actions.refuse(actor=a, uuid=t.uuid, reason="Hết chỗ", now=NOW),
    lambda t, a, _on: actions.withdraw(actor=a, uuid=t.uuid, reason="Đổi ý", now=NOW),
    lambda t, a, on: actions.release(actor=a, uuid=t.uuid, on=on, is_day_sure=True, now=NOW),
    lambda t, a, on: actions.release(actor=a, uuid=t.uuid, on=on, is_day_sure=True, now=NOW),
    lambda t, a, _on: actions.take_back(actor=a, uuid=t.uuid, now=NOW),
    lambda t, a, on: actions.receive(actor=a, uuid=t.uuid, on=on, is_day_sure=True, now=NOW),
    lambda t, a, on: actions.receive(actor=a, uuid=t.uuid, on=on, is_day_sure=True, now=NOW),
    lambda t, a, _on: _decide(t, a, Side.ORIGIN, "LETTER"),
    lambda t, a, _on: _decide(t, a, Side.DESTINATION, "CHECK", "TM"),
    lambda t, a, _on: _decide(t, a, Side.DESTINATION, "EXCEPTION"),
)


def _decide(transfer: Transfer, actor: Any, side: Side, matter: str, form: str = "HEAD") -> None:
    actions.decide(
        actor=actor,
        uuid=transfer.uuid,
        side=side,
        matter=matter,
        is_granted=True,
        signed=Signed("1/GT-UBND", TODAY, "Trần Văn Ký", "Chủ tịch", form),
        now=NOW,
    )


def registry_of(cast: Cast) -> list[tuple[Any, ...]]:
    """Return what the registry says of the pupil, without row numbers and times."""
    why = "a test compares"
    times = Enrollment.objects.unscoped(because=why).filter(student=cast.minh_anh)
    seats = ClassPlacement.objects.unscoped(because=why).filter(student=cast.minh_anh)
    told = ("school_id", "starts_on", "ends_on", "entry_kind", "exit_kind", "went_to")
    sat = ("homeroom_class_id", "starts_on", "ends_on")
    return [
        *times.order_by("starts_on").values_list(*told),
        *seats.order_by("starts_on").values_list(*sat),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_random_steps_keep_the_pupil_in_at_most_one_school(cast: Cast, seed: int) -> None:
    rng, before = Random(seed), registry_of(cast)  # noqa: S311  (a history, not a secret)
    people = [
        actor_of(cast.loan),
        actor_of(clerk_of(cast.school_b)),
        actor_of(cast.hoa),
        EVERYTHING,
    ]
    transfer = with_papers(asked(cast))
    for _turn in range(14):
        on = TODAY + timedelta(days=rng.randint(-3, 3))
        was = again(transfer).state
        try:
            rng.choice(MOVES)(transfer, rng.choice(people), on)
        except DomainError:
            assert again(transfer).state == was
        _check(cast, again(transfer), before)


def _check(cast: Cast, transfer: Transfer, before: list[tuple[Any, ...]]) -> None:
    rows = Enrollment.objects.unscoped(because="a test counts")
    times = list(rows.filter(student=cast.minh_anh, is_primary=True).order_by("starts_on"))
    for first, second in zip(times, times[1:], strict=False):
        assert first.ends_on is not None
        assert first.ends_on <= second.starts_on
    if transfer.state in (State.REQUESTED, State.ACCEPTED, State.WITHDRAWN, State.REFUSED):
        assert registry_of(cast) == before
    else:
        assert times[0].ends_on == transfer.released_on
    steps = TransferStep.objects.unscoped(because="a test reads").filter(transfer=transfer)
    told = list(steps.order_by("pk").values_list("state", flat=True))
    assert told[-1] == transfer.state
    assert rules.is_done(transfer.state, transfer.route) == (transfer.waits_for == [])
