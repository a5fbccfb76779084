"""What other apps may use of the authority app."""

from khuevan.registry.authority.answers import Answer, Holder, Ruling, Source, UnitOfDay, office_at
from khuevan.registry.authority.errors import (
    ContinuingNotRecorded,
    LevelNotTaught,
    PowerUnknown,
    SchoolNotThere,
    SeveralAnswers,
)
from khuevan.registry.authority.permissions import VIEW_AUTHORITY
from khuevan.registry.authority.selectors import all_authorities, authority, case_of_move

__all__ = [
    "VIEW_AUTHORITY",
    "Answer",
    "ContinuingNotRecorded",
    "Holder",
    "LevelNotTaught",
    "PowerUnknown",
    "Ruling",
    "SchoolNotThere",
    "SeveralAnswers",
    "Source",
    "UnitOfDay",
    "all_authorities",
    "authority",
    "case_of_move",
    "office_at",
]
