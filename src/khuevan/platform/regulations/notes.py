"""What is noted beside rules and texts, in the reader's language; and which notes doubt a day."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from khuevan.kernel.language import is_vietnamese
from khuevan.kernel.periods import RECORDED_FROM
from khuevan.platform.regulations.models import AuthorityRule

DATA = Path(__file__).parent / "data" / "notes.csv"


@cache
def noted() -> dict[str, dict[str, str]]:
    """Return the lines of the file by the note, which is Vietnamese."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return {line["note"]: line for line in csv.DictReader(file)}


def told_note(note: str) -> str:
    """Return a note in the reader's language; one that nobody translated as it stands."""
    if is_vietnamese() or note not in noted():
        return note
    return noted()[note]["english"]


def is_first_day_sure(rule: AuthorityRule) -> bool:
    """Return whether the first day of a rule was read: a text seen may have days from memory."""
    text = rule.regulation
    if text is None or rule.starts_on <= RECORDED_FROM:
        return True
    if text.starts_on not in {None, rule.starts_on}:
        return True
    return not noted().get(text.source, {}).get("doubts_days")
