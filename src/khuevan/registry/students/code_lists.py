"""Policy groups and disabilities of pupils: the state's lists as words and as cells (REC-08)."""

from __future__ import annotations

from functools import cache

from khuevan.platform.codes.api import code_table
from khuevan.platform.sheets.api import CodeList, Entry

POLICY_GROUPS = "policy_groups"
DISABILITIES = "disabilities"
DEGREES = "disability_degrees"
NO_DISABILITY = "NONE"


def policy_names(codes: list[str]) -> str:
    """Return the words of policy groups in one line."""
    return ", ".join(code_table(POLICY_GROUPS).name_of(code) for code in codes)


def disability_name(code: str) -> str:
    """Return the words of a kind of disability; nothing for none."""
    return code_table(DISABILITIES).name_of(code)


def disability_words(code: str, degree: str) -> str:
    """Return a disability with its degree in one line; nothing for none."""
    told = (disability_name(code), code_table(DEGREES).name_of(degree).lower() if degree else "")
    return ", ".join(part for part in told if part)


@cache
def policy_groups() -> CodeList:
    """Return the policy groups a cell may name."""
    return CodeList.of_table(code_table(POLICY_GROUPS))


@cache
def disabilities() -> CodeList:
    """Return the kinds of disability a cell may name, and the ways it says: none."""
    none = Entry(NO_DISABILITY, "Không", ("Không có", "Không khuyết tật", "Bình thường"))
    return CodeList.of_table(code_table(DISABILITIES), none)
