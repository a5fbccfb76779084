"""Who is the same pupil: REC-07, "never merge pupils on name+birth date alone"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.registry.students.identity import (
    Facts,
    Verdict,
    agrees,
    contradicts,
    is_variant,
    judge_by_name,
    judge_by_number,
)

NAMES = ("Lê Ngọc Nguyên", "LÊ NGỌC NGUYÊN", "Lê Ngoc Nguyen", "Trần Văn Hoà", "Trần Văn Hòa", "Y")
DAYS = (date(2015, 9, 1), date(2015, 1, 9), None)
FACTS = st.builds(
    Facts,
    full_name=st.sampled_from(NAMES),
    birth_date=st.sampled_from(DAYS),
    sex=st.sampled_from(("", "MALE", "FEMALE")),
    class_id=st.sampled_from((None, 1, 2)),
    personal_number=st.sampled_from((None, "042215000001", "042215000002")),
    moet_code=st.sampled_from((None, "4200000001", "4200000002")),
    guardians=st.dictionaries(
        st.sampled_from(("MOTHER", "FATHER")), st.sampled_from(("Bùi Thị Lan", "Đỗ Thị Mơ", ""))
    ),
)
GIRL = Facts("Lê Ngọc Nguyên", date(2015, 9, 1), "FEMALE", 1, guardians={"MOTHER": "Bùi Thị Lan"})


@given(FACTS, FACTS)
def test_the_order_of_the_two_does_not_matter(one: Facts, other: Facts) -> None:
    assert judge_by_number(one, other) == judge_by_number(other, one)
    assert judge_by_name(one, other) == judge_by_name(other, one)


@given(FACTS)
def test_everybody_is_the_same_as_oneself_by_number(one: Facts) -> None:
    assert judge_by_number(one, one) == Verdict.SAME


@given(FACTS)
def test_name_and_birth_date_alone_never_make_two_one(one: Facts) -> None:
    """REC-07: never merge pupils on name+birth date alone."""
    bare = Facts(one.full_name, one.birth_date)
    assert judge_by_name(one, bare) == Verdict.ASK


@given(FACTS, FACTS)
def test_the_same_by_name_always_has_a_reason_and_no_contradiction(
    one: Facts, other: Facts
) -> None:
    if judge_by_name(one, other) == Verdict.SAME:
        assert agrees(one, other)
        assert not contradicts(one, other)


@given(FACTS, FACTS)
def test_another_by_number_differs_in_name_and_birth_date(one: Facts, other: Facts) -> None:
    """REC-07, test vector: "same citizen_id for two pupils: conflict task, no merge"."""
    is_another = judge_by_number(one, other) == Verdict.ANOTHER
    differs = not is_variant(one.full_name, other.full_name)
    has_other_day = bool(one.birth_date and other.birth_date) and (
        one.birth_date != other.birth_date
    )
    assert is_another == (differs and has_other_day)


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"sex": "MALE", "class_id": 3, "guardians": {"MOTHER": "Hà Thị Ba"}}, Verdict.ASK),
        ({"sex": "MALE"}, Verdict.ASK),
        ({"guardians": {"MOTHER": "Hà Thị Ba"}}, Verdict.ASK),
        ({"class_id": 3, "guardians": {}}, Verdict.ASK),
        ({"class_id": 3}, Verdict.SAME),
        ({"guardians": {}}, Verdict.SAME),
        ({"guardians": {"MOTHER": "BÙI THỊ LAN"}, "class_id": None}, Verdict.SAME),
    ],
)
def test_what_else_has_to_agree(changes: dict[str, object], verdict: Verdict) -> None:
    assert judge_by_name(GIRL, replace(GIRL, **changes)) == verdict  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "day", "verdict"),
    [
        ("Lê Ngọc Nguyên", date(2015, 9, 1), Verdict.SAME),
        ("LE NGOC NGUYEN", date(2015, 9, 1), Verdict.SAME),
        ("Lê Ngọc Nguyên", date(2015, 9, 10), Verdict.DOUBT),
        ("Lê Nguyên", date(2015, 9, 10), Verdict.DOUBT),
        ("Lê Ngọc Nhi", date(2015, 9, 1), Verdict.DOUBT),
        ("Lê Ngọc Nhi", date(2015, 9, 10), Verdict.ANOTHER),
        ("Trần Văn Nguyên", date(2014, 9, 1), Verdict.ANOTHER),
    ],
)
def test_one_number_under_two_names(name: str, day: date, verdict: Verdict) -> None:
    assert judge_by_number(GIRL, Facts(name, day)) == verdict
