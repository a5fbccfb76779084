"""The competent office decides: who may write it down, what it says, who signed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.cast import Cast, actor_of
from tests.factories import EVERYTHING, NOW, TODAY
from tests.signing import decide_all, head_of

from khuevan.kernel.errors import DayOutOfRange, NotFound
from khuevan.platform.organizations.api import (
    AuthorizationNeeded,
    NumberUnfit,
    PositionUnfit,
    Signed,
    SignedOtherwise,
    SignerNeeded,
    SigningForm,
)
from khuevan.registry.transfers.actions import (
    decide,
    release,
)
from khuevan.registry.transfers.errors import (
    DecidedTooEarly,
    DecisionsOpen,
    DoneAlready,
    MatterNeeded,
    NotTheSigner,
)
from khuevan.registry.transfers.kinds import DecisionState, Matter, Side, State
from khuevan.registry.transfers.shown import signed_by
from khuevan.registry.transfers.tests.cases import (
    accepted,
    again,
    decisions,
)

DAY = timedelta(days=1)
SIGNED = Signed("5/GT", TODAY, "Nguyễn Văn Chủ", "Phó Chủ tịch", SigningForm.DEPUTY)


def test_in_november_both_communes_decide(cast: Cast) -> None:
    """Example 4: outside the usual time the office of the new school decides on an exception.

    Its committee checks the file, its chair decides on the exception: two papers.
    """
    transfer = accepted(cast)
    assert [(one.side, one.matters) for one in decisions(transfer)] == [
        (Side.ORIGIN, [Matter.LETTER]),
        (Side.DESTINATION, [Matter.CHECK]),
        (Side.DESTINATION, [Matter.EXCEPTION]),
    ]
    assert [one.office for one in decisions(transfer)[1:]] == ["COMMUNE_COMMITTEE", "COMMUNE_CHAIR"]
    assert transfer.waits_for == [Side.DESTINATION, Side.ORIGIN]
    with pytest.raises(DecisionsOpen):
        release(actor=EVERYTHING, uuid=transfer.uuid, on=TODAY, now=NOW)


def test_which_of_two_papers_is_meant_has_to_be_said(cast: Cast) -> None:
    """Both are of one office: recording the check must not settle the exception."""
    transfer = accepted(cast)
    (check, _exception) = [one for one in decisions(transfer) if one.side == Side.DESTINATION]
    told: dict[str, Any] = {
        "actor": head_of(check.unit), "uuid": transfer.uuid, "side": Side.DESTINATION,
        "is_granted": True, "signed": replace(SIGNED, position="Chủ tịch", form="TM"), "now": NOW,
    }  # fmt: skip
    with pytest.raises(MatterNeeded):
        decide(**told)
    decide(matter=Matter.CHECK, **told)
    found = {one.matters[0]: one.state for one in decisions(transfer)}
    assert found[Matter.CHECK] == DecisionState.GRANTED
    assert found[Matter.EXCEPTION] == DecisionState.OPEN


def test_the_second_officer_is_told_who_decided_and_when(cast: Cast) -> None:
    transfer = accepted(cast)
    told: dict[str, Any] = {
        "uuid": transfer.uuid, "side": Side.ORIGIN, "signed": SIGNED, "now": NOW,
    }  # fmt: skip
    decide(actor=actor_of(cast.hoa), is_granted=True, **told)
    with pytest.raises(DoneAlready) as second:
        decide(actor=actor_of(cast.hoa), is_granted=False, reason="Không", **told)
    assert "Lê Thị Hoa" in str(second.value)


@pytest.mark.parametrize("is_granted", [True, False])
@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"number": " "}, NumberUnfit),
        ({"number": "abc"}, NumberUnfit),
        ({"signer": ""}, SignerNeeded),
        ({"position": " "}, SignerNeeded),
        ({"signer": "Lê Thị Hoa"}, NotTheSigner),
        ({"form": SigningForm.COLLECTIVE}, SignedOtherwise),
        ({"position": "Chủ tịch"}, PositionUnfit),
        ({"on": TODAY + DAY}, DecidedTooEarly),
        ({"on": date(1026, 11, 23)}, DayOutOfRange),
    ],
)
def test_a_decision_names_its_number_day_and_signer(
    cast: Cast, is_granted: bool, changes: dict[str, Any], refused: type[Exception]
) -> None:
    """An officer writes down what the chair signed; a refusal is a decision like any other."""
    with pytest.raises(refused):
        decide(
            actor=actor_of(cast.hoa),
            uuid=accepted(cast).uuid,
            side=Side.ORIGIN,
            is_granted=is_granted,
            reason="Không đủ điều kiện",
            signed=replace(SIGNED, **changes),
            now=NOW,
        )


def test_the_chair_signs_and_a_vice_chair_for_the_chair(cast: Cast) -> None:
    transfer = accepted(cast)
    (one,) = [row for row in decisions(transfer) if row.side == Side.ORIGIN]
    chair = head_of(one.unit)
    decide(
        actor=chair, uuid=transfer.uuid, side=Side.ORIGIN, is_granted=True, now=NOW,
        signed=replace(SIGNED, signer=chair.label, form=SigningForm.DEPUTY),
    )  # fmt: skip
    (one,) = [row for row in decisions(transfer) if row.side == Side.ORIGIN]
    assert signed_by(one) == f"KT. Phó Chủ tịch {chair.label}"


def test_the_department_does_not_decide_what_a_commune_decides(cast: Cast) -> None:
    transfer = accepted(cast)
    for person in (cast.binh, cast.thanh):
        for side in (Side.ORIGIN, Side.DESTINATION):
            with pytest.raises(NotFound):
                decide(
                    actor=actor_of(person), uuid=transfer.uuid, side=side, is_granted=True,
                    signed=SIGNED, now=NOW,
                )  # fmt: skip


def test_one_decision_may_be_about_several_pupils(cast: Cast) -> None:
    """Practice: one number for all pupils who move together."""
    cases = [accepted(cast), accepted(cast, student=cast.others_6a[0])]
    for case in cases:
        decide(
            actor=actor_of(cast.hoa), uuid=case.uuid, side=Side.ORIGIN, is_granted=True,
            signed=SIGNED, now=NOW,
        )  # fmt: skip
    assert {decisions(case)[0].number for case in cases} == {SIGNED.number}


def test_a_commune_decides_for_its_own_side_only(cast: Cast) -> None:
    transfer = accepted(cast)
    with pytest.raises(NotFound):
        decide(
            actor=actor_of(cast.hoa),
            uuid=transfer.uuid,
            side=Side.DESTINATION,
            is_granted=True,
            signed=SIGNED,
            now=NOW,
        )


def test_an_office_that_does_not_agree_ends_the_case(cast: Cast) -> None:
    transfer = accepted(cast)
    decide_all(transfer, side=Side.DESTINATION, reason="Chưa đủ điều kiện", number="21/UBND")
    assert again(transfer).state == State.REFUSED
    assert {one.state for one in decisions(transfer)} == {
        DecisionState.OPEN, DecisionState.REFUSED,
    }  # fmt: skip
    assert "21/UBND" in [one.number for one in decisions(transfer)]


def test_what_is_signed_by_authorization_keeps_its_paper(cast: Cast) -> None:
    transfer = accepted(cast)
    signed = replace(
        SIGNED, form=SigningForm.AUTHORIZED, position="Giám đốc Trung tâm Hành chính công"
    )
    told: dict[str, Any] = {
        "actor": actor_of(cast.hoa), "uuid": transfer.uuid, "side": Side.ORIGIN,
        "is_granted": True, "now": NOW,
    }  # fmt: skip
    with pytest.raises(AuthorizationNeeded):
        decide(signed=signed, **told)
    paper: dict[str, Any] = {"authorization": "12/UQ-UBND", "authorized_on": TODAY}
    decide(signed=replace(signed, **paper), **told)
    (one,) = [row for row in decisions(transfer) if row.side == Side.ORIGIN]
    assert (one.authorization, one.authorized_on) == ("12/UQ-UBND", TODAY)
    assert "12/UQ-UBND" in signed_by(one)
