"""The decisions on a school: when one is needed, and that it is signed before it counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import TODAY, build_signed

from khuevan.kernel.rule_rows import rule_rows
from khuevan.platform.regulations.api import POWERS
from khuevan.registry.schools.competence import DATA, Competence, conversion
from khuevan.registry.schools.deciding import require_decision
from khuevan.registry.schools.errors import CountsBeforeDecision, DecisionNeeded, DecisionToCome
from khuevan.registry.schools.facts import SchoolFacts
from khuevan.registry.schools.models import Matter

DAY = timedelta(days=1)
PRIMARY = SchoolFacts("PRIMARY", ("TH",))
PRIVATE = SchoolFacts("PRIMARY", ("TH",), ownership="PRIVATE")


@pytest.mark.parametrize(
    ("now", "then", "matter"),
    [
        (PRIMARY, SchoolFacts("PRIMARY", ("TH",), boarding="DAY", national_standard=1), None),
        (PRIMARY, SchoolFacts("PRIMARY_LOWER_SECONDARY", ("TH", "THCS")), Matter.CONVERSION),
        (PRIMARY, PRIVATE, Matter.PRIVATE),
        (PRIVATE, PRIMARY, Matter.CONVERSION),
        (PRIVATE, SchoolFacts("PRIMARY", ("TH",), ownership="PRIVATE_NFP"), Matter.OWNER),
        (PRIVATE, SchoolFacts("MULTI_LEVEL", ("TH", "THPT"), ownership="PRIVATE_NFP"),
         Matter.CONVERSION),
    ],
)  # fmt: skip
def test_what_is_a_conversion(now: SchoolFacts, then: SchoolFacts, matter: Matter | None) -> None:
    assert conversion(now, then) == matter


def test_a_decision_is_signed_before_it_counts() -> None:
    signed = build_signed(on=TODAY)
    assert require_decision(signed, counts_from=TODAY, today=TODAY) is signed
    with pytest.raises(DecisionNeeded):
        require_decision(None, counts_from=TODAY, today=TODAY)
    with pytest.raises(CountsBeforeDecision):
        require_decision(signed, counts_from=TODAY - DAY, today=TODAY)
    with pytest.raises(DecisionToCome):
        require_decision(build_signed(on=TODAY + DAY), counts_from=TODAY + DAY, today=TODAY)


def test_each_matter_has_its_power_at_all_times() -> None:
    rows = rule_rows(DATA, Competence)
    assert {one.matter for one in rows} == set(Matter.values) - {Matter.OTHER}
    assert {one.power for one in rows} <= set(POWERS)
