"""Phone numbers and personal numbers, and what a personal number denies of its row."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from khuevan.kernel.personal_number import (
    LENGTH,
    Contradiction,
    FormatFault,
    birth_year_of,
    check_format,
    contradictions,
)
from khuevan.platform.sheets.faults import LOST_ZERO, Problem, Severity
from khuevan.platform.sheets.layouts import Field
from khuevan.platform.sheets.parsing.base import Context, Parsed, cell_text
from khuevan.platform.sheets.reading import Cell

MOBILE = re.compile(r"0[35789]\d{8}")
LANDLINE = re.compile(r"02\d{8,9}")
PHONE_MARKS = re.compile(r"[\s.\-()]+")


def parse_phone(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read the first Vietnamese phone number of a cell; a wrong one never keeps a pupil out."""
    first = re.split(r"[;,/\n]|\s-\s", cell_text(cell))[0]
    digits = re.sub(r"^(?:\+|00)?84(?=\d{9,10}$)", "0", PHONE_MARKS.sub("", first))
    if re.fullmatch(r"[235789]\d{8,9}", digits):
        digits = "0" + digits  # a spreadsheet took it for a number
    if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits):
        return Parsed(digits)
    return Parsed(problem=Problem("sheets.phone_unknown", severity=Severity.WARNING))


def parse_personal_number(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read a personal number; say what a spreadsheet may have done to it."""
    checked = check_format(cell_text(cell))
    if checked.is_valid:
        return Parsed(checked.digits)
    count = len(checked.digits)
    params = {"count": count, "needed": LENGTH, "lacking": LENGTH - count}
    code = f"sheets.number_{(checked.fault or FormatFault.EMPTY).lower()}"
    return Parsed(problem=Problem(code, params, suggestion=checked.suggestion))


def personal_number_problems(
    number: str, *, sex: str | None, birth_date: date | None
) -> list[Problem]:
    """List what a number denies of the rest of its row; these only warn."""
    params: dict[Contradiction, dict[str, str | int]] = {
        Contradiction.SEX: {"digit": number[3]},
        Contradiction.BIRTH_YEAR: {"year": birth_year_of(number)},
        Contradiction.PROVINCE: {"digits": number[:3]},
    }
    return [
        Problem(f"sheets.number_says_{found.lower()}", params[found], Severity.WARNING)
        for found in contradictions(number, sex=sex, birth_date=birth_date)
    ]


def fitting(problem: Problem, values: Mapping[str, Any]) -> Problem:
    """Return a problem without the number it offers, where the rest of the row denies that."""
    if problem.code != LOST_ZERO:
        return problem
    denied = contradictions(
        problem.suggestion, sex=values.get("sex"), birth_date=values.get("birth_date")
    )
    return Problem("sheets.number_too_short", problem.params) if denied else problem
