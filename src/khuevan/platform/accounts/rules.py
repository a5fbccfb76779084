"""Usernames and passwords as pure rules."""

from __future__ import annotations

import secrets
from collections.abc import Collection

from khuevan.kernel.vietnamese import fold

STAFF_LENGTH = 12
FAMILY_LENGTH = 8

# Without letters and digits that look alike on a printed slip.
SLIP_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def least_length(*, is_staff: bool) -> int:
    """Return how long a password must be: longer for those who see other people's data."""
    return STAFF_LENGTH if is_staff else FAMILY_LENGTH


def new_slip_password() -> str:
    """Return a random password that is easy to copy from paper: about 59 bits in three groups."""
    letters = [secrets.choice(SLIP_ALPHABET) for _ in range(12)]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def base_username(family: str, middle: str, given: str) -> str:
    """Return the usual username of a name: the given name and the other words' initials."""
    initials = "".join(word[0] for word in fold(f"{family} {middle}").split())
    letters = fold(given) + initials
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum()) or "user"


def free_username(base: str, taken: Collection[str]) -> str:
    """Return the base, or the base with the first number that is not taken."""
    if base not in taken:
        return base
    number = 2
    while f"{base}{number}" in taken:
        number += 1
    return f"{base}{number}"
