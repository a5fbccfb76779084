"""Reads of the access app: actors, grants, users, delegations, support sessions."""

from khuevan.platform.access.selectors.actors import (
    actor_for_person,
    actor_for_username,
    actor_in_hat,
    grants_in_force,
    hats_of,
    nobody,
    operator_actor,
)
from khuevan.platform.access.selectors.delegations import (
    delegable_grants,
    delegation_for,
    delegations,
)
from khuevan.platform.access.selectors.grants import (
    class_names,
    get_grant_for,
    grants,
    grants_of_person,
    holds_staff_role,
)
from khuevan.platform.access.selectors.roles import roles
from khuevan.platform.access.selectors.support import open_support_session, support_sessions
from khuevan.platform.access.selectors.users import (
    UserFilter,
    get_person_for,
    get_user_for,
    people_without_account,
    user_rows,
    users,
)

__all__ = [
    "UserFilter",
    "actor_for_person",
    "actor_for_username",
    "actor_in_hat",
    "class_names",
    "delegable_grants",
    "delegation_for",
    "delegations",
    "get_grant_for",
    "get_person_for",
    "get_user_for",
    "grants",
    "grants_in_force",
    "grants_of_person",
    "hats_of",
    "holds_staff_role",
    "nobody",
    "open_support_session",
    "operator_actor",
    "people_without_account",
    "roles",
    "support_sessions",
    "user_rows",
    "users",
]
