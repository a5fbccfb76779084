"""What the gradebooks app writes into the audit log.

Marks themselves are not told there: each keeps who, when and what was before.
"""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import declare_code

BOOKS_OPENED = declare_code("gradebooks.books_opened", _("Gradebooks opened: %(count)s"))
WINDOWS_SET = declare_code("gradebooks.windows_set", _("Days of entering marks set: %(count)s"))
PERIOD_LOCKED = declare_code("gradebooks.period_locked", _("Marks locked: %(period)s"))
PERIOD_UNLOCKED = declare_code(
    "gradebooks.period_unlocked", _("Marks opened again, %(period)s: %(reason)s")
)
WINDOW_EXTENDED = declare_code(
    "gradebooks.window_extended",
    _("Marks of %(subject)s, class %(class)s, may be entered until %(day)s: %(reason)s"),
)
COLUMN_CLOSED = declare_code(
    "gradebooks.column_closed",
    _("Column finished: %(column)s of %(subject)s, class %(class)s; %(count)s cells empty"),
)
COLUMN_OPENED = declare_code(
    "gradebooks.column_opened",
    _("Column opened again: %(column)s of %(subject)s, class %(class)s: %(reason)s"),
)
COLUMN_ADDED = declare_code(
    "gradebooks.column_added", _("Column added: %(column)s of %(subject)s, class %(class)s")
)
COLUMN_REMOVED = declare_code(
    "gradebooks.column_removed",
    _("Column taken away: %(column)s of %(subject)s, class %(class)s"),
)
MAKE_UPS_SETTLED = declare_code(
    "gradebooks.make_ups_settled",
    _("Missed tests that nobody made up, %(period)s: %(count)s are 0 or not passed"),
)
MAKE_UPS_UNDONE = declare_code(
    "gradebooks.make_ups_undone", _("Missed tests are due again, %(period)s: %(count)s")
)
MARKS_LOADED = declare_code(
    "gradebooks.marks_loaded", _("Marks taken in from a file: %(subject)s, %(count)s")
)
CORRECTION_ASKED = declare_code(
    "gradebooks.correction_asked", _("Correction of a mark asked: %(column)s of %(subject)s")
)
CORRECTION_CONFIRMED = declare_code(
    "gradebooks.correction_confirmed",
    _("Correction of a mark confirmed: %(column)s of %(subject)s"),
)
CORRECTION_DONE = declare_code(
    "gradebooks.correction_done", _("Mark corrected: %(column)s of %(subject)s")
)
CORRECTION_REFUSED = declare_code(
    "gradebooks.correction_refused",
    _("Correction of a mark refused: %(column)s of %(subject)s: %(reason)s"),
)
CORRECTION_WITHDRAWN = declare_code(
    "gradebooks.correction_withdrawn",
    _("Correction of a mark withdrawn: %(column)s of %(subject)s"),
)
ARRANGED = declare_code("gradebooks.arranged", _("Assessed otherwise: %(kind)s, %(subject)s"))
ARRANGEMENT_ENDED = declare_code(
    "gradebooks.arrangement_ended", _("No longer assessed otherwise: %(kind)s, %(subject)s")
)
MARKS_CARRIED = declare_code(
    "gradebooks.marks_carried", _("Marks of the former class taken over: %(count)s")
)
AVERAGES_BROUGHT = declare_code(
    "gradebooks.averages_brought",
    _("Results of term I taken from the report brought along: %(count)s; %(paper)s"),
)
SHEET_TAKEN = declare_code(
    "gradebooks.sheet_taken", _("Mark sheet taken as a file: %(subject)s, %(count)s pupils")
)
