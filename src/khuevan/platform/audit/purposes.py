"""Why a record is opened or a list taken away: the usual purposes, free words, what is kept."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.kernel.vietnamese import normalize
from khuevan.ui.request import Request

OTHER = "OTHER"
RECORD_PURPOSES: dict[str, str | Promise] = {
    "TRANSFER": _("Settling a transfer or an admission"),
    "VERIFICATION": _("Checking or correcting facts of the record"),
    "POLICY": _("Deciding on support for the pupil"),
    "COMPLAINT": _("Settling a petition or a complaint"),
    "INSPECTION": _("Inspection by a decision or a plan"),
    "ASSISTANCE": _("Technical help that the school asked for"),
    OTHER: _("Another purpose"),
}
LIST_PURPOSES: dict[str, str | Promise] = {
    "SCHOOL_WORK": _("Daily work of the class or the school"),
    "REPORT": _("Reports and statistics"),
    "EXAM": _("An exam or an admission round"),
    "SUPPORT": _("Deciding on support and benefits"),
    "INSPECTION": _("Inspection by a decision or a plan"),
    OTHER: _("Another purpose"),
}
OWN_RIGHT = "OWN_RIGHT"
"""Why a family takes a copy of the record: never asked, never chosen."""
WORDS = RECORD_PURPOSES | LIST_PURPOSES | {OWN_RIGHT: _("The right to a copy of one's own data")}
SHORTEST, LONGEST = 6, 200
LONGEST_NOTE = 160

_KEPT_IN, _MOST = "purposes", 200


class PurposeNeeded(DomainError):
    """Somebody from outside the school opens a record without saying why."""

    code = "audit.purpose_needed"
    message = _(
        "Say first what you open this record for: the parameter purpose in the address, as"
        " ?purpose=VERIFICATION. It is one of %(codes)s, or words. The family reads it."
    )
    status = 428

    def __init__(self) -> None:
        super().__init__(codes=codes_of(RECORD_PURPOSES))


class PurposeUnclear(DomainError):
    """The purpose says nothing, or too much."""

    code = "audit.purpose_unclear"
    message = _("Say the purpose in %(least)s to %(most)s characters, or as one of: %(codes)s.")
    status = 422


def codes_of(purposes: Iterable[str]) -> str:
    """Return the codes that say a purpose without further words."""
    return ", ".join(one for one in purposes if one != OTHER)


def purpose_text(code: str, note: str = "") -> str:
    """Return a purpose as it is kept: a code, a code with words, or words alone."""
    words = normalize(note)
    if code == OTHER:
        return words
    return f"{code}: {words}" if words else code


def purpose_words(kept: str) -> str:
    """Return a kept purpose in the reader's language."""
    code, _colon, note = kept.partition(": ")
    if code not in WORDS:
        return kept
    return f"{WORDS[code]}: {note}" if note else str(WORDS[code])


def checked_purpose(text: str) -> str:
    """Return a purpose that came as one text, from a program say.

    :raises PurposeUnclear: when it is neither a known code nor words that say something
    """
    found = normalize(text)
    code, _colon, words = found.partition(": ")
    if code == OTHER:
        found = words
    is_known = code in WORDS and code != OTHER
    if len(found) > LONGEST or not (is_known or says_something(found)):
        raise PurposeUnclear(least=SHORTEST, most=LONGEST, codes=codes_of(WORDS))
    return found


def says_something(words: str) -> bool:
    """Return whether words of one's own can tell a family anything: a row of dots can't."""
    return sum(map(str.isalnum, words)) >= SHORTEST


def state_purpose(request: Request, record: object, purpose: str) -> None:
    """Remember for this sign-in, in this hat, why a record is opened; for RECORD_PURPOSE_HOURS."""
    until = int(time.time()) + settings.RECORD_PURPOSE_HOURS * 3600
    kept: dict[str, Any] = request.session.get(_KEPT_IN, {})
    kept.pop(_key(request, record), None)
    newest = [*kept.items(), (_key(request, record), [purpose, until])]
    request.session[_KEPT_IN] = dict(newest[-_MOST:])


def stated_purpose(request: Request, record: object) -> str:
    """Return why this sign-in opens a record, as stated not long ago; else nothing."""
    session = getattr(request, "session", None)
    if session is None:
        return ""
    purpose, until = session.get(_KEPT_IN, {}).get(_key(request, record), ["", 0])
    return str(purpose) if until > time.time() else ""


def _key(request: Request, record: object) -> str:
    hat = getattr(request.actor, "hat", None)
    return f"{hat.key if hat else ''}:{record}"
