"""What runs at start-up and after migrations."""

from __future__ import annotations

from typing import Any

from khuevan.platform.access.actions import sync_roles


def register() -> None:
    """Tell the shell about this app's pages."""


def after_migrate(*, apps: Any, **_kwargs: Any) -> None:
    """Create missing roles and offer new permissions, once the tables are in their last form."""
    if "knownpermission" in apps.all_models["access"]:
        sync_roles()
