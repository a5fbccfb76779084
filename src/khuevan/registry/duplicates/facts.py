"""The facts of two people that a merge chooses between: their columns, and what is taken over."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PERSON, STUDENT, STAFF_MEMBER = "accounts.Person", "students.Student", "staff.StaffMember"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing known of a person: the columns it stands in, all of them chosen together."""

    label: str | Promise
    model: str
    columns: tuple[str, ...]


CHOSEN: Mapping[str, Fact] = {
    "name": Fact(
        _("Full name"),
        PERSON,
        ("family_name", "middle_name", "given_name", "sort_key", "search_name"),
    ),
    "birth_date": Fact(_("Date of birth"), PERSON, ("birth_date", "birth_year")),
    "sex": Fact(_("Sex"), PERSON, ("sex",)),
    "personal_number": Fact(_("Personal number"), PERSON, ("personal_number",)),
    "moet_code": Fact(_("Ministry code"), STUDENT, ("moet_code",)),
    "staff_code": Fact(_("Ministry code"), STAFF_MEMBER, ("moet_code",)),
    "phone": Fact(_("Phone"), PERSON, ("phone",)),
}
"""What is chosen by hand; empty on one side, the other's is taken."""
FILLED: Mapping[str, tuple[str, ...]] = {
    PERSON: ("ethnicity_code", "religion_code", "nationality_code"),
    STUDENT: ("disability_code", "disability_degree", "note", "died_on"),
    STAFF_MEMBER: (),
}
"""What the kept record takes over where it says nothing itself."""
UNIQUE = ("personal_number", "moet_code")
"""What only one row may have: the record given up lets go of it."""


def columns_of(model: str) -> tuple[str, ...]:
    """Return the columns of a model that a merge reads and may change."""
    chosen = [column for fact in CHOSEN.values() if fact.model == model for column in fact.columns]
    return (*chosen, *FILLED[model])


def merged(
    model: str, kept: models.Model, given_up: models.Model, taken: Collection[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of the kept row and of the row given up, after the merge."""
    after = {column: getattr(kept, column) for column in columns_of(model)}
    theirs = {column: getattr(given_up, column) for column in columns_of(model)}
    left = dict(theirs)
    for name, fact in CHOSEN.items():
        if fact.model == model and (name in taken or not any(after[one] for one in fact.columns)):
            after |= {column: theirs[column] for column in fact.columns}
    for column in FILLED[model]:
        after[column] = after[column] or theirs[column]
    for column in UNIQUE:
        if column in left:
            left[column] = None
    return after, left
