"""What this app tells the shell and the sign-in library; roles are kept up after migrations."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from khuevan.kernel import clock
from khuevan.platform.access import audit_codes, permissions
from khuevan.platform.access.actions import sync_roles
from khuevan.platform.access.actions.devices import note_sign_in
from khuevan.platform.access.pages.own import ask_to_sign_in
from khuevan.platform.access.selectors import actor_for_person, families, grants_known_to
from khuevan.platform.access.shell_extras import shell_extras
from khuevan.platform.access.sign_in import SECOND_FACTOR_KEY, note_second_factor
from khuevan.platform.accounts.api import User
from khuevan.platform.audit.api import PersonGuard, person_guards, record
from khuevan.ui.page import on_sign_in_needed
from khuevan.ui.shell import NavItem, extras, nav


def after_migrate(*, apps: Any, **_kwargs: Any) -> None:
    """Create missing roles and offer new permissions, once the tables are in their last form."""
    if "knownpermission" in apps.all_models["access"]:
        sync_roles()


def _signed_in(*, user: User, request: HttpRequest | None = None, **_kwargs: Any) -> None:
    _record(audit_codes.SIGNED_IN_AS, user)
    key = request.session.session_key if request is not None else None
    if request is not None and key:
        note_sign_in(
            person_id=user.person_id,
            session_key=key,
            user_agent=request.headers.get("User-Agent", ""),
            now=timezone.now(),
        )


def _code_shown(*, request: HttpRequest, user: User, **_kwargs: Any) -> None:
    note_second_factor(request, user.pk)


def _app_added(*, user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        _record(audit_codes.SECOND_FACTOR_ADDED, user)


def _app_removed(
    *, request: HttpRequest, user: User, authenticator: Authenticator, **_kwargs: Any
) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        request.session.pop(SECOND_FACTOR_KEY, None)
        _record(audit_codes.SECOND_FACTOR_REMOVED, user)


def _record(code: str, user: User) -> None:
    now = clock.now()
    record(
        code,
        actor=actor_for_person(user.person, on=clock.today(), now=now),
        at=now,
        target=user,
        person_id=user.person_id,
        details={"username": user.username},
    )


person_guards.register("families", PersonGuard(families, grants_known_to))
extras.register("access", shell_extras)
on_sign_in_needed(ask_to_sign_in)
user_logged_in.connect(_signed_in, dispatch_uid="access.signed_in")
authenticator_used.connect(_code_shown, dispatch_uid="access.code_shown")
authenticator_added.connect(_app_added, dispatch_uid="access.app_added")
authenticator_removed.connect(_app_removed, dispatch_uid="access.app_removed")
nav.register(
    "users",
    NavItem(
        label=_("Users and roles"),
        route="access:users",
        icon="users",
        permission=permissions.VIEW_USERS,
        order=900,
        foot=True,
        prefix="/users/",
    ),
)
nav.register(
    "resets",
    NavItem(
        label=_("Password requests"),
        route="access:resets",
        icon="key-round",
        permission=permissions.CONFIRM_RESETS,
        order=902,
        foot=True,
        prefix="/passwords/",
    ),
)
nav.register(
    "delegations",
    NavItem(
        label=_("Delegations"),
        route="access:delegations",
        icon="user-check",
        permission=permissions.DELEGATE,
        order=905,
        foot=True,
        prefix="/delegations/",
    ),
)
nav.register(
    "support",
    NavItem(
        label=_("Support sessions"),
        route="access:support",
        icon="eye",
        permission=permissions.VIEW_SUPPORT,
        order=915,
        foot=True,
        prefix="/support/",
    ),
)
