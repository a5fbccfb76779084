"""Whoever works in an office sees what stands under it today: moving a unit changes it at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, make_commune

from khuevan.platform.organizations import api
from khuevan.registry.schools.api import VIEW_SCHOOLS, schools

pytestmark = pytest.mark.django_db

ON = date(2026, 9, 1)
BY = api.Decided("1/QĐ")
DO: dict[str, Any] = {"actor": EVERYTHING, "on": ON, "now": NOW}


def parent_of(unit_id: int) -> int:
    held = api.version_of(unit_id, on=ON)
    assert held is not None
    assert held.parent_id is not None
    return held.parent_id


def test_what_a_commune_may_see_changes_at_once(cast: Cast) -> None:
    """Moving a unit needs no job: the very next request reaches what the tree of today says."""

    def seen() -> set[str]:
        actor = actor_of(cast.hoa)
        return {one.code for one in schools(actor=actor, on=actor.today, permission=VIEW_SCHOOLS)}

    own = parent_of(cast.school_a.pk)
    assert cast.school_a.code in seen()
    assert cast.school_b.code not in seen()
    api.move_units(unit_ids=[cast.school_b.pk], parent_id=own, decision=BY, **DO)
    assert cast.school_b.code in seen()
    far = make_commune("UBND xã Xa")
    api.move_units(
        actor=EVERYTHING, unit_ids=[cast.school_a.pk], parent_id=far.pk, decision=BY,
        on=date(2026, 11, 23), now=NOW,
    )  # fmt: skip
    assert cast.school_a.code not in seen()
    below = make_commune("UBND xã Con")
    place = api.UnitPlace("UBND xã Con", "xã Con", own, None)
    api.move_unit(actor=EVERYTHING, unit_id=below.pk, to=place, on=ON, now=NOW)
    api.move_units(
        actor=EVERYTHING, unit_ids=[cast.school_b.pk], parent_id=below.pk, decision=BY,
        on=date(2026, 11, 22), now=NOW,
    )  # fmt: skip
    assert cast.school_b.code in seen()
