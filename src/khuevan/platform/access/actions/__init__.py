"""Writes of the access app; each public function is one thing that happens."""

from khuevan.platform.access.actions.accounts import (
    deactivate_account,
    open_account,
    reactivate_account,
    remove_second_factor,
    reset_password,
)
from khuevan.platform.access.actions.delegations import delegate, end_delegation
from khuevan.platform.access.actions.derived import (
    GrantSpec,
    date_derived_grants,
    derive_grants,
    end_derived_grants,
    fit_derived_grants,
    move_derived_grants,
    set_derived_grants,
)
from khuevan.platform.access.actions.grants import end_grant, give_grant
from khuevan.platform.access.actions.resets import (
    ask_for_reset,
    collect_password,
    confirm_reset,
    decline_reset,
)
from khuevan.platform.access.actions.roles import change_role, create_role, set_right, sync_roles
from khuevan.platform.access.actions.support import close_support_session, start_support_session

__all__ = [
    "GrantSpec",
    "ask_for_reset",
    "change_role",
    "close_support_session",
    "collect_password",
    "confirm_reset",
    "create_role",
    "date_derived_grants",
    "deactivate_account",
    "decline_reset",
    "delegate",
    "derive_grants",
    "end_delegation",
    "end_derived_grants",
    "fit_derived_grants",
    "end_grant",
    "give_grant",
    "move_derived_grants",
    "set_derived_grants",
    "open_account",
    "reactivate_account",
    "remove_second_factor",
    "reset_password",
    "start_support_session",
    "set_right",
    "sync_roles",
]
