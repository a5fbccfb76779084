"""Who may load spreadsheets at all; each kind of import names its own permission besides."""

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.actor import declare

UNDO_IMPORTS = declare(
    "sheets.import:undo",
    _("Take a written list back"),
    level="record",
    roles=("principal", "school_clerk", "department_director", "data_officer", "operator"),
)
LOAD_MANY = declare(
    "sheets.many:record",
    _("Load the lists of many schools at once"),
    level="record",
    roles=("department_director", "data_officer", "operator"),
)
USE_IMPORTS = declare(
    "sheets.import:record",
    _("Load data from spreadsheets"),
    level="record",
    roles=("principal", "school_clerk", "department_director", "data_officer", "operator"),
)
