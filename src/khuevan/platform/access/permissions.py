"""Who sees and keeps accounts, grants, roles, delegations and support sessions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_USERS = declare(
    "access.user:view",
    _("See who has an account"),
    roles=(
        "department_director",
        "system_admin",
        "data_protection_officer",
        "principal",
        "school_clerk",
        "operator",
    ),
)
MANAGE_USERS = declare(
    "access.user:manage",
    _("Create accounts, issue passwords, deactivate"),
    level="manage",
    passes_on=True,
    roles=("system_admin", "principal", "school_clerk", "operator"),
)
CONFIRM_RESETS = declare(
    "access.reset:confirm",
    _("Confirm another person's request for a password"),
    level="approve",
    passes_on=True,
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
    ),
)
VIEW_GRANTS = declare(
    "access.grant:view",
    _("See who holds which role"),
    roles=(
        "department_director",
        "system_admin",
        "data_protection_officer",
        "principal",
        "operator",
    ),
)
GIVE_GRANTS = declare(
    "access.grant:manage",
    _("Give and end roles"),
    level="manage",
    passes_on=True,
    roles=("department_director", "system_admin", "principal", "operator"),
)
MANAGE_ROLES = declare(
    "access.role:manage",
    _("Change what a role may do"),
    level="manage",
    passes_on=True,
    roles=("system_admin", "operator"),
)
VIEW_DELEGATIONS = declare(
    "access.delegation:view",
    _("See delegations"),
    roles=(
        "department_director",
        "system_admin",
        "data_protection_officer",
        "principal",
    ),
)
DELEGATE = declare(
    "access.delegation:manage",
    _("Delegate one's own roles"),
    level="record",
    passes_on=True,
    roles=(
        "department_director",
        "department_specialist",
        "commune_officer",
        "commune_chair",
        "principal",
        "school_clerk",
    ),
)
VIEW_SUPPORT = declare(
    "access.support:view",
    _("See support sessions"),
    roles=(
        "department_director",
        "system_admin",
        "data_protection_officer",
        "principal",
        "support_engineer",
        "support_session",
    ),
)
OPEN_SUPPORT = declare(
    "access.support:open",
    _("Open a support session"),
    level="manage",
    roles=("support_engineer",),
)
