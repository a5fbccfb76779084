"""What the files app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

DOWNLOADED = declare_code("files.downloaded", _("File with personal data downloaded"))
EXPIRED = declare_code("files.expired", _("Expired files deleted: %(count)s"))
