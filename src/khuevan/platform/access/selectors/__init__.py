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
    GrantLine,
    class_names,
    get_grant_for,
    grant_lines,
    grants,
    grants_of_person,
    holders_at,
    holds_staff_role,
    own_grants,
    unit_names,
)
from khuevan.platform.access.selectors.resets import (
    open_request_for,
    own_requests,
    requests_to_answer,
    reset_request,
)
from khuevan.platform.access.selectors.roles import area_lines, role_named, roles
from khuevan.platform.access.selectors.support import open_support_session, support_sessions
from khuevan.platform.access.selectors.users import (
    UserRow,
    get_person_for,
    get_user_for,
    holding,
    in_state,
    named_like,
    people_without_account,
    user_rows,
    users,
)

__all__ = [
    "GrantLine",
    "UserRow",
    "actor_for_person",
    "actor_for_username",
    "actor_in_hat",
    "area_lines",
    "class_names",
    "delegable_grants",
    "delegation_for",
    "delegations",
    "get_grant_for",
    "get_person_for",
    "get_user_for",
    "grant_lines",
    "grants",
    "grants_in_force",
    "grants_of_person",
    "hats_of",
    "holders_at",
    "holding",
    "holds_staff_role",
    "in_state",
    "named_like",
    "nobody",
    "open_request_for",
    "open_support_session",
    "operator_actor",
    "own_grants",
    "own_requests",
    "people_without_account",
    "requests_to_answer",
    "reset_request",
    "role_named",
    "roles",
    "support_sessions",
    "unit_names",
    "user_rows",
    "users",
]
