"""Fixtures of the access tests: a small province, and pages opened on its day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache

from khuevan.platform.access.tests.factories import (
    TODAY,
    Province,
    make_holder_user,
    make_province,
)
from khuevan.platform.accounts.models import User


@pytest.fixture
def province(db: None) -> Province:
    """Give the units of the tests' province."""
    return make_province()


@pytest.fixture
def hung(province: Province) -> User:
    """Give the principal of school A."""
    return make_holder_user("hung", "Hoàng Văn Hùng", "principal", province.school_a)


@pytest.fixture
def lan(province: Province) -> User:
    """Give a teacher of school A."""
    return make_holder_user("lan", "Nguyễn Thị Lan", "school_staff", province.school_a)


@pytest.fixture
def mai(province: Province) -> User:
    """Give the principal of school B."""
    return make_holder_user("mai", "Trần Thị Mai", "principal", province.school_b)


@pytest.fixture
def son(province: Province) -> User:
    """Give the system administrator."""
    return make_holder_user("son", "Nguyễn Thái Sơn", "system_admin", province.root)


@pytest.fixture
def that_day(settings: Any) -> None:
    """Let every page be opened on the day of the tests."""
    settings.PINNED_TODAY = TODAY


@pytest.fixture
def limits(db: None, settings: Any) -> Iterator[None]:
    """Limit tries as in production; the tests' settings switch it off."""
    settings.ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/15m/ip,5/15m/key"}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def sealed_secrets(settings: Any) -> None:
    """Use our adapter for the second factor, whatever the settings say."""
    settings.MFA_ADAPTER = "khuevan.platform.access.sign_in.MfaAdapter"
