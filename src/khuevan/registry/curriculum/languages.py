"""Which language a class learns: minority languages by code, foreign ones as first or second."""

from __future__ import annotations

import csv
from datetime import date
from functools import cache

from khuevan.kernel.language import in_language
from khuevan.registry.curriculum.programme import DATA, components, programme_of

MINORITY = "Tiếng dân tộc thiểu số"
_FOREIGN = "FOREIGN_LANGUAGE"


@cache
def _languages() -> dict[str, tuple[str, str]]:
    with (DATA / "languages.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["name"], row["name_en"]) for row in csv.DictReader(file)}


def language_label(code: str) -> str:
    """Return what a minority language is called in the reader's language."""
    return in_language(*_languages().get(code, (code, code)))


def language_choices() -> list[tuple[str, str]]:
    """Return the minority languages to choose from."""
    return [(code, language_label(code)) for code in _languages()]


def is_language(code: str) -> bool:
    """Return whether a code is that of a minority language."""
    return code in _languages()


def foreign_part(grade_code: str, subject_name: str, kind: str, on: date) -> str:
    """Return whether a grade learns a foreign language as its first or its second, in words.

    Empty where the subject is no foreign language of the programme of that day.
    """
    rows = programme_of(int(grade_code), on) if grade_code.isdigit() else []
    parts = components()
    fitting = [
        row
        for row in rows
        if row.component.startswith(_FOREIGN) and subject_name in parts[row.component].subjects
    ]
    of_kind = [row for row in fitting if row.kind == kind] or fitting
    return parts[of_kind[0].component].label if of_kind else ""
