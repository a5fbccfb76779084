"""People and sign-ins for tests."""

from __future__ import annotations

from datetime import UTC, datetime

from khuevan.kernel.vietnamese import split_name
from khuevan.platform.accounts.models import Person, User

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
PASSWORD = "bốn từ rất dài này"


def make_person(name: str = "Nguyễn Thị Lan", **fields: object) -> Person:
    """Return a stored person of that name."""
    person = Person(**fields)
    person.set_name(*split_name(name))
    person.save(force_insert=True)
    return person


def make_user(person: Person | None = None, username: str = "lan", **fields: object) -> User:
    """Return a stored sign-in with the password of all tests."""
    user = User(person=person or make_person(), username=username, created_at=NOW, **fields)
    user.set_password(PASSWORD)
    user.save(force_insert=True)
    return user
