"""The code of a unit stands in its address: what could not is refused, whoever opens the unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khuevan.platform.organizations.actions.units import require_code
from khuevan.platform.organizations.errors import CodeNotACode


@pytest.mark.parametrize("code", ["42", "42-444-PGDDT", "424465001", "H42.7", "TH_1"])
def test_codes_in_use_pass(code: str) -> None:
    require_code(code)


@pytest.mark.parametrize("code", ["", "../x", "a/b", " 42", "4 2", "42?", "Đ1", "-42", "42\n"])
def test_others_are_refused(code: str) -> None:
    with pytest.raises(CodeNotACode):
        require_code(code)


@given(st.text(max_size=12))
def test_whatever_passes_stands_in_an_address(code: str) -> None:
    try:
        require_code(code)
    except CodeNotACode:
        return
    assert code.isascii()
    assert not set(code) & set("/?#% ")
