"""Words that families read for codes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FACT_NAMES: dict[str, str | Promise] = {
    "personal-number": _("personal number"),
    "birth-date": _("birth date"),
    "ethnicity": _("ethnicity"),
    "address": _("address"),
    "guardian-phone": _("guardian's phone"),
}
LOOK_NAMES: dict[str, str | Promise] = {
    "record": _("Opened the record"),
    "sensitive": _("Opened sensitive data"),
    "family": _("Opened the family's details"),
    "schooling": _("Opened the time in schools"),
    "history": _("Opened the history"),
    "views": _("Opened the list of looks"),
}


def fact_name(code: str) -> str:
    """Return what a fact of a record is called."""
    return str(FACT_NAMES[code])


def look_name(what: str) -> str:
    """Return what somebody looked at."""
    return str(LOOK_NAMES.get(what, LOOK_NAMES["record"]))
