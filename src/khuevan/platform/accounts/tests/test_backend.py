"""Who gets in with which password."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.contrib.auth.hashers import make_password as real_make_password

from khuevan.platform.accounts.backends import PasswordBackend
from khuevan.platform.accounts.models import User, sign_in_library
from khuevan.platform.accounts.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def test_the_right_password_lets_in_whatever_the_case_of_the_name() -> None:
    user = make_user()
    assert PasswordBackend().authenticate(None, username="LAN", password=PASSWORD) == user


@pytest.mark.parametrize(("username", "password"), [("lan", "wrong"), ("nobody", PASSWORD)])
def test_a_wrong_name_and_a_wrong_password_look_the_same(username: str, password: str) -> None:
    make_user()
    assert PasswordBackend().authenticate(None, username=username, password=password) is None


def test_an_unknown_name_takes_one_hash_like_a_known_one() -> None:
    with patch(
        "django.contrib.auth.base_user.make_password", side_effect=real_make_password
    ) as hashed:
        PasswordBackend().authenticate(None, username="nobody", password=PASSWORD)
    assert hashed.call_count == 1


def test_a_deactivated_account_is_out_and_so_are_its_sessions() -> None:
    user = make_user(is_active=False)
    assert PasswordBackend().authenticate(None, username="lan", password=PASSWORD) is None
    assert PasswordBackend().get_user(user.pk) is None


def test_only_the_sign_in_library_looks_users_up_freely() -> None:
    user = make_user()
    with sign_in_library():
        assert User.objects.filter(pk=user.pk).first() == user
    with pytest.raises(RuntimeError):
        User.objects.filter(pk=user.pk).first()
