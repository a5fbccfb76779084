"""What grades are called in English: the list of grades has Vietnamese names alone."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from khuevan.kernel.language import is_vietnamese

GRADES = Path(__file__).parent / "data" / "grades.csv"


def grade_label(code: str, name: str) -> str:
    """Return a grade in the reader's language; by its own name where none other is known."""
    if is_vietnamese():
        return name
    return _in_english().get(code, name)


@cache
def _in_english() -> dict[str, str]:
    with GRADES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["name_en"] for row in csv.DictReader(file)}
