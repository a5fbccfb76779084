"""What the api app hangs into the shell; tokens end when somebody issues the sign-in anew."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from khuevan.exchange.api import audit_codes
from khuevan.exchange.api.actions import revoke_tokens_of
from khuevan.exchange.api.permissions import MANAGE_TOKENS
from khuevan.kernel import clock
from khuevan.platform.access.api import account_issued
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes"]


def _issued(*, person_id: int, **_more: Any) -> None:
    revoke_tokens_of(person_id=person_id, now=clock.now())


account_issued.connect(_issued, dispatch_uid="api.issued")

nav.register(
    "tokens",
    NavItem(
        label=_("Access tokens"),
        route="rest:tokens",
        icon="key-round",
        permission=MANAGE_TOKENS,
        order=960,
        foot=True,
    ),
)
