"""The norm of a class by the regulations' settings."""

from __future__ import annotations

import pytest

from khuevan.platform.regulations.class_sizes import class_norm

BY_AGE = {"max_by_age": {"3": 25, "5": 35}}
BY_TYPE = {"max": 45, "max_by_type": {"GIFTED": 35}}


@pytest.mark.parametrize(
    ("setting", "age", "school_type", "norm"),
    [
        ({"max": 35}, 8, "", 35),
        (BY_AGE, 5, "", 35),
        (BY_AGE, 2, "", None),
        (BY_TYPE, 15, "GIFTED", 35),
        (BY_TYPE, 15, "UPPER_SECONDARY", 45),
        (None, 8, "", None),
        ({"max": "35"}, 8, "", None),
    ],
)
def test_a_norm_is_one_number_or_one_for_each_age_or_type(
    setting: dict[str, object] | None, age: int, school_type: str, norm: int | None
) -> None:
    assert class_norm(setting, age, school_type) == norm
