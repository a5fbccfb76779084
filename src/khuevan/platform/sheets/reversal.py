"""What taking something back means for lists: remembered columns go with the unit."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

rules.goes_along.register("sheets.ColumnMemory.unit", Q())
rules.row_words.register("sheets.SheetImport", _("a list that was loaded"))
rules.row_words.register("jobs.Job", _("a task"))
