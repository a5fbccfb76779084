"""What taking something back means for pairs: an open one goes, a settled one was a decision."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.registry.duplicates.models import PairState

for column in ("one", "other"):
    rules.goes_along.register(f"duplicates.DuplicatePair.{column}", Q(state=PairState.OPEN))
rules.row_words.register("duplicates.DuplicatePair", _("a settled pair of records"))
rules.row_words.register("duplicates.PersonMerge", _("two records made one"))
