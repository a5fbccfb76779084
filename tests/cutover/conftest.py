"""A move-over that a school has begun."""

from __future__ import annotations

import pytest

from khuevan.registry.cutover import actions
from khuevan.registry.cutover.models import Cutover
from tests.cast import Cast, actor_of
from tests.factories import NOW, TODAY


@pytest.fixture
def begun(cast: Cast) -> Cutover:
    return actions.begin(
        actor=actor_of(cast.loan),
        school_id=cast.school_a.pk,
        product="VNEDU",
        on=TODAY,
        responsible="Phan Thị Loan, văn thư",
        now=NOW,
    )
