"""Who opens gradebooks, enters marks, sees and corrects them.

Whoever helps teachers with their accounts has to hold what teachers hold; that somebody teaches the
subject, or is in charge of the class, the actions ask beside it.
"""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

VIEW_MARKS = declare(
    "gradebooks.mark:view",
    _("See the marks of pupils"),
    roles=(
        "principal",
        "school_clerk",
        "homeroom_teacher",
        "subject_teacher",
        "data_officer",
        "operator",
    ),
)
ENTER_MARKS = declare(
    "gradebooks.mark:enter",
    _("Enter marks of the subjects that one teaches"),
    level="record",
    roles=("principal", "school_clerk", "homeroom_teacher", "subject_teacher"),
)
IMPORT_MARKS = declare(
    "gradebooks.mark:import",
    _("Take in files of marks"),
    level="manage",
    roles=("principal", "school_clerk", "data_officer", "operator"),
)
MANAGE_BOOKS = declare(
    "gradebooks.book:manage",
    _("Open gradebooks and say when marks may be entered"),
    level="manage",
    roles=("principal", "school_clerk", "data_officer", "operator"),
)
LOCK_BOOKS = declare(
    "gradebooks.book:lock",
    _("Lock the marks of a period, and open them again"),
    level="approve",
    roles=("principal",),
)
CONFIRM_CORRECTIONS = declare(
    "gradebooks.correction:confirm",
    _("Confirm corrections of marks of the own class"),
    level="approve",
    roles=("principal", "school_clerk", "homeroom_teacher"),
)
DECIDE_CORRECTIONS = declare(
    "gradebooks.correction:decide",
    _("Approve or refuse corrections of marks"),
    level="approve",
    roles=("principal",),
)
VIEW_OWN_MARKS = declare(
    "gradebooks.own:view",
    _("See one's own marks, or those of one's child"),
    roles=("guardian", "student"),
)
