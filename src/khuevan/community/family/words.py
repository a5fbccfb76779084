"""Words that families read for codes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.registry.students.api import FACT_NAMES

NAMES: dict[str, Promise] = {**FACT_NAMES, "address": _("address")}


def fact_name(code: str) -> str:
    """Return what a fact of a record is called."""
    return str(NAMES[code])
