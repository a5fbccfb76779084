"""What the program says before Django is set up, in the language of the terminal.

English ids with named placeholders as everywhere; their catalogue stands beside this file.
"""

from __future__ import annotations

import os
from gettext import translation
from pathlib import Path

CHOICE = "KHUEVAN_LANGUAGE"
LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).parent / "locale"
DOMAIN = "django"
"""The name of the file, as `tools/messages.py` writes every catalogue."""


def language() -> str:
    """Return what KHUEVAN_LANGUAGE chooses, else vi where the terminal speaks it, else en."""
    chosen = os.environ.get(CHOICE, "").strip().lower()
    if chosen in LANGUAGES:
        return chosen
    return "vi" if _terminal().startswith("vi") else "en"


def terminal_is_silent() -> bool:
    """Tell whether neither the terminal nor anybody else says which language to speak."""
    return not os.environ.get(CHOICE) and _terminal().partition(".")[0] in {"", "C", "POSIX"}


def gettext(message: str) -> str:
    """Return a sentence in that language; the English id where no catalogue was compiled."""
    if language() == "en":
        return message
    return translation(DOMAIN, LOCALE, [language()], fallback=True).gettext(message)


def gettext_noop(message: str) -> str:
    """Mark a sentence that somebody else looks up."""
    return message


def _terminal() -> str:
    spoken = (os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next(filter(None, spoken), "")
