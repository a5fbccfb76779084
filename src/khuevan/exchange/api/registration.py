"""What the api app hangs into the shell."""

from django.utils.translation import gettext_lazy as _

from khuevan.exchange.api import audit_codes
from khuevan.exchange.api.permissions import MANAGE_TOKENS
from khuevan.ui.shell import NavItem, nav

__all__ = ["audit_codes"]

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
