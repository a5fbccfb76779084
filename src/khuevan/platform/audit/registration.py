"""What the log hangs into the shell and around every request."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit import audit_codes
from khuevan.platform.audit.context import batch
from khuevan.platform.audit.permissions import VIEW_AUDIT
from khuevan.ui.middleware import request_contexts
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes", "under_one_number"]


def under_one_number(request: HttpRequest, number: UUID) -> AbstractContextManager[Any]:
    """Put the request's number on everything that is written while it runs."""
    return batch(request_id=number)


request_contexts.register("audit", under_one_number)
nav.register(
    "audit",
    NavItem(
        label=_("Log of actions"),
        route="audit:list",
        icon="shield-check",
        permission=VIEW_AUDIT,
        order=910,
        foot=True,
        prefix="/audit/",
    ),
)
