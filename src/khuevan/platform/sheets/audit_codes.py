"""What the sheets app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

UPLOADED = declare_code("sheets.uploaded", _("Spreadsheet uploaded"))
APPLIED = declare_code(
    "sheets.applied",
    _("Spreadsheet written: %(new)s added, %(changed)s updated, %(unchanged)s unchanged"),
)
DROPPED = declare_code("sheets.dropped", _("Spreadsheet given up"))
MARKED = declare_code("sheets.marked", _("Spreadsheet with marked faults downloaded"))
TAKEN_OUT = declare_code(
    "sheets.taken_out", _("List %(kind)s taken out: %(rows)s rows, for: %(purpose)s")
)
