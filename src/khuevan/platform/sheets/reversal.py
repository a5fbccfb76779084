"""What taking something back means for lists: remembered columns go with the unit."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.platform.sheets.models import Bundle, BundleFile, PackageLoad, SheetImport


def _loaded(one: SheetImport | Bundle | PackageLoad) -> tuple[str, datetime | None]:
    return str(one.owner or ""), one.created_at


def _loaded_with(one: BundleFile) -> tuple[str, datetime | None]:
    return _loaded(one.bundle)


rules.goes_along.register("sheets.ColumnMemory.unit", Q())
rules.goes_along.register("sheets.NameMatch.unit", Q())
rules.row_words.register("sheets.SheetImport", _("a list that was loaded"))
rules.row_words.register("jobs.Job", _("a task"))
rules.row_words.register("sheets.Bundle", _("a zip of lists that was loaded"))
rules.row_words.register("sheets.PackageLoad", _("a package of lists that was loaded"))
rules.row_words.register("sheets.BundleFile", _("a zip of lists that was loaded"))
for label in ("sheets.SheetImport", "sheets.Bundle", "sheets.PackageLoad"):
    rules.signed.register(label, _loaded)
rules.signed.register("sheets.BundleFile", _loaded_with)
rules.signed.register("jobs.Job", lambda job: (job.owner_label, job.created_at))
