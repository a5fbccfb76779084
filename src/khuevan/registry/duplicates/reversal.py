"""What taking something back means for pairs: an open one goes, a settled one was a decision."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.registry.duplicates.models import DuplicatePair, PairState, PersonMerge


def _settled(pair: DuplicatePair) -> tuple[str, datetime | None]:
    return pair.settled_by, pair.settled_at


def _merged(made: PersonMerge) -> tuple[str, datetime | None]:
    return (made.undone_by, made.undone_at) if made.undone_at else (made.by, made.at)


for column in ("one", "other"):
    rules.goes_along.register(f"duplicates.DuplicatePair.{column}", Q(state=PairState.OPEN))
rules.row_words.register("duplicates.DuplicatePair", _("a settled pair of records"))
rules.row_words.register("duplicates.PersonMerge", _("two records made one"))
rules.signed.register("duplicates.DuplicatePair", _settled)
rules.signed.register("duplicates.PersonMerge", _merged)
