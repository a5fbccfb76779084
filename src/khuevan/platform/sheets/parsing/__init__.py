"""Cell parsers: from what people type to plain values, with problems as data. They never raise."""

from khuevan.platform.sheets.parsing.base import Context, Parsed, cell_text, format_date
from khuevan.platform.sheets.parsing.numbers import personal_number_problems
from khuevan.platform.sheets.parsing.rows import ParsedRow, locate, parse_cell, parse_row

__all__ = [
    "Context",
    "Parsed",
    "ParsedRow",
    "cell_text",
    "format_date",
    "locate",
    "parse_cell",
    "parse_row",
    "personal_number_problems",
]
