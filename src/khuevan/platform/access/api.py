"""What other apps may use of the access app."""

from khuevan.platform.access.actions import GrantSpec, derive_grants, end_derived_grants, sync_roles
from khuevan.platform.access.actor import GrantActor, Hat, NobodyActor, OperatorActor
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.selectors import (
    actor_for_person,
    actor_for_username,
    hats_of,
    nobody,
    operator_actor,
)

__all__ = [
    "Grant",
    "GrantActor",
    "GrantSource",
    "GrantSpec",
    "Hat",
    "NobodyActor",
    "OperatorActor",
    "Role",
    "actor_for_person",
    "actor_for_username",
    "derive_grants",
    "end_derived_grants",
    "hats_of",
    "nobody",
    "operator_actor",
    "sync_roles",
]
