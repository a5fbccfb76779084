"""What taking something back means for move-overs: a school that moves over is needed by it."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules
from khuevan.registry.cutover.models import Cutover


def _begun(cutover: Cutover) -> tuple[str, datetime | None]:
    return cutover.begun_by, cutover.begun_at


rules.goes_along.register("cutover.ClassNameMemory.school", Q())
rules.row_words.register("cutover.Cutover", _("a move-over from another product"))
rules.signed.register("cutover.Cutover", _begun)
