"""What the sheets app writes into the audit log."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

UPLOADED = declare_code("sheets.uploaded", _("Spreadsheet uploaded"))
APPLIED = declare_code(
    "sheets.applied",
    _("Spreadsheet written: %(new)s added, %(changed)s updated, %(unchanged)s unchanged"),
)
MANY_ORDERED = declare_code(
    "sheets.many_ordered", _("Lists of many schools: %(files)s files of one archive to load")
)
MANY_UNDOING = declare_code(
    "sheets.many_undoing", _("Lists of many schools: %(files)s files to be taken back")
)
MANY_REPORTED = declare_code(
    "sheets.many_reported", _("Report on lists of many schools downloaded: %(faults)s faults")
)
PACKAGE_ORDERED = declare_code(
    "sheets.package_ordered", _("Package %(name)s with several lists to load")
)
UNDONE = declare_code(
    "sheets.undone",
    _("Spreadsheet taken back: %(removed)s entries removed, %(returned)s as they were before"),
)
RETURNED = declare_code(
    "sheets.returned", _("Back to what was recorded before a spreadsheet was written")
)
DROPPED = declare_code("sheets.dropped", _("Spreadsheet given up"))
MARKED = declare_code("sheets.marked", _("Spreadsheet with marked faults downloaded"))
TAKEN_OUT = declare_code(
    "sheets.taken_out", _("List %(kind)s taken out: %(rows)s rows, for: %(purpose)s")
)
