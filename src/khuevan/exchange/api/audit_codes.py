"""What the api app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

TOKEN_CREATED = declare_code("api.token_created", _("Access token created: %(name)s"))
TOKEN_REVOKED = declare_code("api.token_revoked", _("Access token revoked: %(name)s"))
