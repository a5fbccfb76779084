"""What the gradebooks app writes into the audit log.

Marks themselves are not told there: each keeps who, when and what was before.
"""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

BOOKS_OPENED = declare_code("gradebooks.books_opened", _("Gradebooks opened: %(count)s"))
