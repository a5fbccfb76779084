"""Letters that only look like others open no account: the limit of tries counts by the name."""

from __future__ import annotations

import pytest
from tests.factories import make_person, make_user

from khuevan.platform.accounts.backends import PasswordBackend

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "opens"), [("mais", True), ("MAIS", True), ("maıs", False), ("maiſ", False)]
)
def test_a_name_is_typed_in_its_own_letters(typed: str, *, opens: bool) -> None:
    user = make_user(make_person("Trần Thị Mai"), "mais")
    user.set_password("khue-van-demo")
    user.save()
    found = PasswordBackend().authenticate(None, username=typed, password="khue-van-demo")
    assert (found == user) is opens
