"""What is done to the database as a whole, by whoever may run the program on the server."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.codes import declare

BACKED_UP = declare("audit.backed_up", _("Backup written: %(rows)s rows, %(files)s files"))
RESTORED = declare("audit.restored", _("Restored from the backup of %(made_at)s"))
RESTORE_TRIED = declare("audit.restore_tried", _("Backup of %(made_at)s tried out"))
