"""Text that a spreadsheet program would run."""

import pytest

from khuevan.kernel.formulas import FORMULA_SIGNS, disarmed, without_quote


@pytest.mark.parametrize("sign", sorted(FORMULA_SIGNS))
def test_no_text_begins_with_a_formula_sign(sign: str) -> None:
    assert disarmed(f"{sign}1+1") == f"'{sign}1+1"
    assert without_quote(disarmed(f"{sign}1+1")) == f"{sign}1+1"


@pytest.mark.parametrize("text", ["", "Lê Thị =", "'An'", "'", "0912"])
def test_other_texts_stay(text: str) -> None:
    assert disarmed(text) == text
    assert without_quote(text) == text
