"""Who signs a move-over for the principal, and as what (Decree 30/2020, article 13)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from khuevan.platform.access.actions import delegate
from khuevan.platform.access.api import GrantActor
from khuevan.platform.access.errors import MayNotSignFor
from khuevan.platform.access.selectors import delegable_grants
from khuevan.registry.cutover import actions
from khuevan.registry.cutover.models import Cutover
from khuevan.registry.cutover.papers import paper_of
from khuevan.registry.schools.api import get_school_for
from khuevan.registry.staff.api import Position
from tests.cast import Cast, Client, actor_of
from tests.cutover.test_cutover import enter, numbers, own, submit
from tests.factories import NOW, TODAY, make_staff


def stand_in(cast: Cast, kind: str, position: Position, instrument: str = "") -> GrantActor:
    """Return an actor who stands in for the principal."""
    person = make_staff("Đinh Thị Thay", school=cast.school_a, position=position).person
    head = actor_of(cast.hung)
    delegate(
        actor=head,
        to_person=person,
        kind=kind,
        grants=list(delegable_grants(actor=head)),
        starts_on=TODAY,
        ends_on=TODAY + timedelta(days=7),
        instrument=instrument,
        reason="Đi công tác",
        now=NOW,
    )
    hat = next(one for one in actor_of(person).hats if one.delegated_as == kind)
    return actor_of(person, hat=hat.key)


def test_a_vice_principal_signs_for_the_principal(
    cast: Cast, client: Client, begun: Cutover
) -> None:
    actor = stand_in(cast, "KT", Position.VICE_PRINCIPAL)
    submit(cast, enter(cast, begun, own(cast, begun)))
    record = actions.sign(
        actor=actor, uuid=begun.uuid, numbers=numbers(cast, begun), number="12/BB", now=NOW
    )
    paper = paper_of(record, get_school_for(actor, cast.school_a.code), on=TODAY)
    assert paper.signed_as == ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG")
    assert "Người ký: Đinh Thị Thay, phó hiệu trưởng, ký thay hiệu trưởng." in paper.people
    client.sign_in(cast.hung)
    shown = client.get(reverse("cutover:record", args=[record.uuid])).content.decode()
    assert "<p>KT. HIỆU TRƯỞNG</p><p>PHÓ HIỆU TRƯỞNG</p>" in shown


@pytest.mark.parametrize(
    ("position", "instrument", "form"),
    [
        (Position.VICE_PRINCIPAL, "", "KT"),
        (Position.VICE_PRINCIPAL, "15/QĐ-THCS", "KT"),
        (Position.TEACHER, "15/QĐ-THCS", "TUQ"),
        (Position.TEACHER, "", ""),
    ],
)
def test_during_an_absence_a_deputy_signs_or_who_has_it_in_writing(
    cast: Cast, begun: Cutover, position: Position, instrument: str, form: str
) -> None:
    actor = stand_in(cast, "ABSENCE", position, instrument)
    submit(cast, enter(cast, begun, own(cast, begun)))
    given: dict[str, Any] = {"numbers": numbers(cast, begun), "number": "12/BB", "now": NOW}
    if not form:
        with pytest.raises(MayNotSignFor):
            actions.sign(actor=actor, uuid=begun.uuid, **given)
        return
    record = actions.sign(actor=actor, uuid=begun.uuid, **given)
    paper = paper_of(record, get_school_for(actor, cast.school_a.code), on=TODAY)
    assert paper.signed_as[0] == f"{form}. HIỆU TRƯỞNG"
