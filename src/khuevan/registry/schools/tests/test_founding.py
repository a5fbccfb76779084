"""The paper by which a school is founded."""

from __future__ import annotations

import pytest
from tests.factories import TODAY

from khuevan.registry.schools.errors import FoundingNumberUnfit
from khuevan.registry.schools.founding import FoundingDecision, require_decision


@pytest.mark.parametrize("number", ["abc", "412", "QĐ-UBND", "412/", "/QĐ", "412/1"])
def test_a_number_without_digits_or_sign_founds_nothing(number: str) -> None:
    paper = FoundingDecision(number, TODAY, "Chủ tịch UBND xã")
    with pytest.raises(FoundingNumberUnfit):
        require_decision(paper, starts_on=TODAY, today=TODAY)


@pytest.mark.parametrize(
    "number",
    ["412/QĐ-UBND", "12/2026/QĐ-UBND", "7/GP-UBND", "1/QĐ", "2058/QĐ-UBND-VX", "5/QĐ-SGDĐT"],
)
def test_a_number_with_its_sign_is_taken(number: str) -> None:
    paper = FoundingDecision(number, TODAY, "Chủ tịch UBND xã")
    assert require_decision(paper, starts_on=TODAY, today=TODAY) is paper
