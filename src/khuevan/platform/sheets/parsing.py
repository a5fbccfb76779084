"""Cell parsers: from what people type to plain values, with problems as data. They never raise."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from khuevan.kernel.personal_number import (
    LENGTH,
    Contradiction,
    FormatFault,
    birth_year_of,
    check_format,
    contradictions,
)
from khuevan.kernel.vietnamese import fold, normalize, title_name
from khuevan.platform.sheets.code_lists import CodeList
from khuevan.platform.sheets.faults import Fault, Params, Problem, Severity
from khuevan.platform.sheets.layouts import Field, Recognized, text_at
from khuevan.platform.sheets.reading import Cell, Row

SERIAL_START = date(1899, 12, 30)
SERIALS = range(7_306, 73_415)  # 1 January 1920 to 31 December 2100
YEARS = range(1900, 2101)
FIRST_BIRTH_YEAR = 1900

DAY_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[/.\-\s]\s*(\d{1,2})\s*[/.\-\s]\s*(\d{4}|\d{2})")
YEAR_MONTH_DAY = re.compile(r"(\d{4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
IN_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) thang (\d{1,2}),? nam (\d{4})")
TIME_TAIL = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[AP]M)?$", re.IGNORECASE)

OLD_FONT = re.compile("[¨©ª®¸µ¶·¹»¼½¾¬¦§¢£¤¥]")  # TCVN3 and VNI letters seen as Latin-1
NOT_IN_A_NAME = re.compile(r"[^\w\s'’.,\-·]|_")
NOTE_ON_A_PERSON = re.compile(
    r"\s*[(\[][^)\]]*[)\]]\s*$|[\s,–-]+(?:đã mất|đã chết)\s*$", re.IGNORECASE
)
DIGIT = re.compile(r"\d")

MALE_WORDS = frozenset(("nam", "trai", "1", "m", "male", "boy"))
FEMALE_WORDS = frozenset(("nu", "gai", "0", "f", "female", "girl"))
YES_WORDS = frozenset(("x", "co", "c", "1", "v", "dung", "true", "yes", "y", "✓", "✔", "☑"))
NO_WORDS = frozenset(("", "khong", "k", "ko", "0", "sai", "false", "no", "n", "-"))

LOST_ZERO = "sheets.number_lost_zero"

MOBILE = re.compile(r"0[35789]\d{8}")
LANDLINE = re.compile(r"02\d{8,9}")
PHONE_MARKS = re.compile(r"[\s.\-()]+")


@dataclass(frozen=True, slots=True)
class Context:
    """What parsers may know besides the cell: the day, and the code lists by name."""

    today: date
    codes: Mapping[str, CodeList] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A value, or None with the problem that stands in its way."""

    value: Any = None
    problem: Problem | None = None


Parser = Callable[[Cell, Field, Context], Parsed]


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """A data row: values by field name, and everything wrong with it."""

    number: int
    values: dict[str, Any]
    faults: tuple[Fault, ...]

    @property
    def has_errors(self) -> bool:
        """Say whether the row can't go in."""
        return any(fault.is_error for fault in self.faults)


def parse_row(row: Row, recognized: Recognized, context: Context) -> ParsedRow:
    """Read a data row by the matched columns."""
    values: dict[str, Any] = {}
    found = []
    for name, column in recognized.matched.items():
        cell = text_at(row, column.index)
        parsed = parse_cell(cell, recognized.layout.by_name[name], context)
        values[name] = parsed.value
        if parsed.problem is not None:
            found.append((parsed.problem, name, cell))
    faults = [
        locate(_fitting(problem, values), row.number, recognized, name, cell)
        for problem, name, cell in found
    ]
    return ParsedRow(row.number, values, tuple(faults))


def _fitting(problem: Problem, values: Mapping[str, Any]) -> Problem:
    """Return a problem without the number it offers, where the rest of the row denies that."""
    if problem.code != LOST_ZERO:
        return problem
    denied = contradictions(
        problem.suggestion, sex=values.get("sex"), birth_date=values.get("birth_date")
    )
    return Problem("sheets.number_too_short", problem.params) if denied else problem


def parse_cell(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read one cell as its field wants it."""
    if _is_blank(cell):
        blank = Problem(item.blank_fault) if item.required else None
        return Parsed(False if item.kind in {"yes_no", "mark"} else None, blank)
    return PARSERS[item.kind](cell, item, context)


def _is_blank(cell: Cell) -> bool:
    if not isinstance(cell, str):
        return False
    return not cell[:1].isalnum() and not normalize(cell)


def locate(
    problem: Problem, row: int, recognized: Recognized, name: str = "", cell: Cell = ""
) -> Fault:
    """Say where a problem stands."""
    column = recognized.matched.get(name)
    return Fault(
        code=problem.code,
        sheet=recognized.sheet.name,
        row=row,
        severity=problem.severity,
        field_name=name,
        column=column.index if column else -1,
        column_name=column.header if column else "",
        value=cell_text(cell)[:200],
        suggestion=problem.suggestion,
        params=problem.params,
    )


def cell_text(cell: Cell) -> str:
    """Write a cell as a person reads it: whole numbers without ".0", dates dd/mm/yyyy."""
    if isinstance(cell, str):
        return normalize(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.strftime("%d/%m/%Y %H:%M")
    if isinstance(cell, date):
        return format_date(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def format_date(day: date) -> str:
    """Write a date as dd/mm/yyyy, years before 1000 with their zeros."""
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def parse_text(cell: Cell, item: Field, _context: Context) -> Parsed:
    """Read any text, within its length."""
    text = cell_text(cell)
    if len(text) > item.max_length:
        problem = Problem("sheets.too_long", {"count": len(text), "limit": item.max_length})
        return Parsed(problem=problem)
    return Parsed(text)


def parse_name(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a person's name, or a part of one; repair capitals."""
    parsed = parse_text(cell, item, context)
    text = parsed.value
    if text is None:
        return parsed
    if OLD_FONT.search(text):
        return Parsed(problem=Problem("sheets.name_old_font"))
    if DIGIT.search(text):
        return Parsed(problem=Problem("sheets.name_digits"))
    strange = NOT_IN_A_NAME.search(text)
    if strange:
        return Parsed(problem=Problem("sheets.name_strange", {"sign": strange.group()}))
    return Parsed(title_name(text))


def parse_relative_name(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a parent's name; a note on the person is left off, and said to be."""
    text = cell_text(cell)
    note = NOTE_ON_A_PERSON.search(text)
    bare = text[: note.start()].strip() if note else text
    if not note or not bare:
        return parse_name(cell, item, context)
    parsed = parse_name(bare, item, context)
    told = note.group().strip(" ()[]-–,")
    dropped = Problem("sheets.name_note_dropped", {"note": told}, Severity.WARNING)
    return Parsed(parsed.value, parsed.problem or dropped)


def parse_full_name(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a full name; a single word is doubtful."""
    parsed = parse_name(cell, item, context)
    if parsed.value and " " not in parsed.value:
        return Parsed(parsed.value, Problem("sheets.name_one_word", severity=Severity.WARNING))
    return parsed


def parse_sex(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read MALE or FEMALE; a lone N may be either word."""
    if isinstance(cell, bool):
        return Parsed(problem=Problem("sheets.sex_unknown"))
    word = fold(cell_text(cell)).strip(" .")
    if word in MALE_WORDS:
        return Parsed("MALE")
    if word in FEMALE_WORDS:
        return Parsed("FEMALE")
    code = "sheets.sex_unclear" if word == "n" else "sheets.sex_unknown"
    return Parsed(problem=Problem(code))


def parse_yes_no(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read a box that is ticked, or a yes or no."""
    if isinstance(cell, bool):
        return Parsed(cell)
    word = fold(cell_text(cell)).strip(" .")
    if word in YES_WORDS:
        return Parsed(value=True)
    if word in NO_WORDS:
        return Parsed(value=False)
    return Parsed(problem=Problem("sheets.yes_no_unknown"))


def parse_phone(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read the first Vietnamese phone number of a cell; a wrong one never keeps a pupil out."""
    first = re.split(r"[;,/\n]|\s-\s", cell_text(cell))[0]
    digits = re.sub(r"^(?:\+|00)?84(?=\d{9,10}$)", "0", PHONE_MARKS.sub("", first))
    if re.fullmatch(r"[235789]\d{8,9}", digits):
        digits = "0" + digits  # a spreadsheet took it for a number
    if MOBILE.fullmatch(digits) or LANDLINE.fullmatch(digits):
        return Parsed(digits)
    return Parsed(problem=Problem("sheets.phone_unknown", severity=Severity.WARNING))


def parse_integer(cell: Cell, _item: Field, _context: Context) -> Parsed:
    """Read a whole number."""
    text = cell_text(cell)
    if re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
        return Parsed(int(text))
    return Parsed(problem=Problem("sheets.not_whole_number"))


def parse_year(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read a year, or the year of a whole date; a doubtful one only warns."""
    text = cell_text(cell)
    if re.fullmatch(r"\d{4}", text, re.ASCII) and int(text) in YEARS:
        return Parsed(int(text))
    day = parse_date(cell, item, context).value
    if day is not None:
        return Parsed(day.year)
    return Parsed(problem=Problem("sheets.year_unknown", severity=Severity.WARNING))


def parse_code(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read an official code as text, without blanks inside."""
    parsed = parse_text(cell, item, context)
    return Parsed(parsed.value.replace(" ", "")) if parsed.value else parsed


def parse_listed(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read an entry of a code list by its code, name or another name it goes by."""
    text = cell_text(cell)
    known = context.codes.get(item.codes) or CodeList(())
    code = known.find(text)
    if code is not None:
        return Parsed(code)
    near = known.nearest(text)
    problem = Problem(known.fault, {"choices": known.summary}, suggestion=near)
    return Parsed(problem=problem)


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


def parse_birth_date(cell: Cell, item: Field, context: Context) -> Parsed:
    """Read the day a person was born: not in the future, not before 1900."""
    parsed = parse_date(cell, item, context)
    if parsed.value is None:
        return parsed
    if parsed.value > context.today:
        return Parsed(problem=Problem("sheets.date_in_future"))
    if parsed.value.year < FIRST_BIRTH_YEAR:
        return Parsed(problem=Problem("sheets.date_too_early"))
    return parsed


def parse_date(cell: Cell, _item: Field, context: Context) -> Parsed:
    """Read a date as people and spreadsheets write it: day first, or a serial number."""
    if isinstance(cell, datetime):
        return Parsed(cell.date())
    if isinstance(cell, date):
        return Parsed(cell)
    text = TIME_TAIL.sub("", cell_text(cell))
    if re.fullmatch(r"\d+(?:\.\d+)?", text, re.ASCII):
        return _date_of_number(text)
    return _date_of_text(text, context)


def _date_of_number(text: str) -> Parsed:
    digits = text.split(".")[0]
    if len(digits) == 4 and int(digits) in YEARS:
        return Parsed(problem=Problem("sheets.date_year_only"))
    if len(digits) in {7, 8} and "." not in text:
        whole = digits.zfill(8)
        return _calendar_date(int(whole[:2]), int(whole[2:4]), int(whole[4:]))
    if len(digits) <= 5 and int(digits) in SERIALS:
        return Parsed(SERIAL_START + timedelta(days=int(digits)))
    return Parsed(problem=Problem("sheets.date_unread"))


def _date_of_text(text: str, context: Context) -> Parsed:
    match = DAY_MONTH_YEAR.fullmatch(text) or IN_WORDS.fullmatch(fold(text))
    if match:
        day, month, year = match.groups()
        if len(year) == 2:
            return _short_year(int(day), int(month), int(year), context)
        return _calendar_date(int(day), int(month), int(year))
    match = YEAR_MONTH_DAY.fullmatch(text)
    if match:
        return _calendar_date(int(match[3]), int(match[2]), int(match[1]))
    if re.fullmatch(r"[\s/.\-?]*\d{4}", text, re.ASCII):
        return Parsed(problem=Problem("sheets.date_year_only"))
    return Parsed(problem=Problem("sheets.date_unread"))


def _short_year(day: int, month: int, year: int, context: Context) -> Parsed:
    """Read a year of two digits only when one century is possible within forty years."""
    this = context.today.year
    possible = [full for full in (1900 + year, 2000 + year) if this - 40 <= full <= this]
    if len(possible) != 1:
        return Parsed(problem=Problem("sheets.date_short_year"))
    parsed = _calendar_date(day, month, possible[0])
    if parsed.value is None:
        return parsed
    taken = Problem(
        "sheets.date_short_year_taken",
        severity=Severity.WARNING,
        suggestion=format_date(parsed.value),
    )
    return Parsed(parsed.value, taken)


def _calendar_date(day: int, month: int, year: int) -> Parsed:
    """Return a date of the calendar, never another one in its place."""
    with suppress(ValueError):
        return Parsed(date(year, month, day))
    if not 1 <= year <= 9999 or day == 0 or month == 0:
        return Parsed(problem=Problem("sheets.date_unread"))
    if month > 12:
        return _swapped(day, month, year)
    params: Params = {"month": f"{month}/{year}", "days": monthrange(year, month)[1]}
    return Parsed(problem=Problem("sheets.date_no_such_day", params))


def _swapped(day: int, month: int, year: int) -> Parsed:
    if day <= 12 and month <= monthrange(year, day)[1]:
        suggestion = format_date(date(year, day, month))
        return Parsed(problem=Problem("sheets.date_month_first", suggestion=suggestion))
    return Parsed(problem=Problem("sheets.date_no_such_month", {"month": month}))


PARSERS: dict[str, Parser] = {
    "text": parse_text,
    "ordinal": parse_text,
    "code": parse_code,
    "name": parse_name,
    "full_name": parse_full_name,
    "relative_name": parse_relative_name,
    "date": parse_date,
    "birth_date": parse_birth_date,
    "year": parse_year,
    "sex": parse_sex,
    "yes_no": parse_yes_no,
    "mark": parse_yes_no,
    "integer": parse_integer,
    "phone": parse_phone,
    "listed": parse_listed,
    "personal_number": parse_personal_number,
}
