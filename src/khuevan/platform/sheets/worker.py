"""The reading process: parses one file under hard limits and prints its rows as JSON lines.

It is started apart because a hostile file can abort the parser itself, and knows no Django.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import python_calamine

from khuevan.kernel.formulas import without_quote
from khuevan.platform.sheets.containers import Refused, Unpacked, check_package, kind_of

MERGE_LIMIT = 5000
LONGEST_CELL = 1 << 20
FAR_CELLS = 20_000_000
SAFE_INTEGER = 10**15
FILLED_CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"[^>]*[^>/]>')
SCAN_STEP = 1 << 20
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DELIMITERS = ",;\t|"
NAMED_DELIMITER = re.compile("sep=([,;\t|])\\s*[\r\n]")


class Printer:
    """Counts what goes out, and stops when it is too much."""

    def __init__(self, limits: dict[str, int]) -> None:
        self.limits = limits
        self.rows = self.cells = self.bytes = 0

    def say(self, message: object) -> None:
        """Print one line."""
        line = json.dumps(message, ensure_ascii=False, separators=(",", ":")) + "\n"
        self.bytes += len(line)
        if self.bytes > self.limits["output"]:
            raise Refused("TOO_MUCH")
        sys.stdout.write(line)

    def row(self, number: int, cells: list[Any], offset: int = 0) -> None:
        """Print a row without its trailing blanks; blank rows are left out but counted."""
        cells = [_plain(cell) for cell in cells]
        while cells and cells[-1] == "":
            cells.pop()
        if not cells:
            return
        self.rows += 1
        self.cells += len(cells)
        if self.rows > self.limits["rows"]:
            raise Refused("TOO_MANY_ROWS", limit=self.limits["rows"])
        if len(cells) + offset > self.limits["columns"]:
            raise Refused("TOO_MANY_COLUMNS", limit=self.limits["columns"])
        if self.cells > self.limits["cells"]:
            raise Refused("TOO_MUCH")
        self.say([number, [""] * offset + cells])


def read(path: Path, limits: dict[str, int]) -> None:
    """Print a file's kind, its sheets and their rows."""
    printer = Printer(limits)
    kind = kind_of(path)
    if kind == "xlsx":
        check_package(path, Unpacked(limits["unpacked"]))
    printer.say({"kind": kind})
    if kind == "csv":
        _read_csv(path, printer)
    else:
        _read_workbook(path, printer)
    if not printer.rows:
        raise Refused("NO_ROWS")
    printer.say({"done": True})


def find_far_cell(path: Path) -> None:
    """Say which cell makes a sheet too wide or too long to hold, or that there is just too much."""
    far = max(_last_cells(path), default=(0, ""))
    if far[0] > FAR_CELLS:
        raise Refused("TOO_SPREAD", cell=far[1])
    raise Refused("TOO_MUCH")


def _read_workbook(path: Path, printer: Printer) -> None:
    try:
        with path.open("rb") as file:  # by content: the name may say xls and be xlsx
            _read_sheets(python_calamine.load_workbook(file), printer)
    except python_calamine.PasswordError as error:
        raise Refused("ENCRYPTED") from error
    except python_calamine.CalamineError as error:
        raise Refused("DAMAGED") from error


def _read_sheets(workbook: python_calamine.CalamineWorkbook, printer: Printer) -> None:
    for sheet in workbook.sheets_metadata:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        table = workbook.get_sheet_by_name(sheet.name)
        is_hidden = sheet.visible != python_calamine.SheetVisibleEnum.Visible
        merges = [[*start, *end] for start, end in (table.merged_cell_ranges or [])[:MERGE_LIMIT]]
        printer.say({"sheet": sheet.name, "hidden": is_hidden, "merges": merges})
        offset = table.start[1] if table.start else 0
        for number, cells in enumerate(table.iter_rows(), start=1):
            printer.row(number, cells, offset)


def _plain(cell: Any) -> Any:
    """Turn a cell into what JSON can carry: whole floats lose their ".0", dates are tagged."""
    if isinstance(cell, str):
        return cell if not cell.isspace() else ""
    if isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float):
        return int(cell) if cell.is_integer() and abs(cell) < SAFE_INTEGER else cell
    if isinstance(cell, datetime):
        return {"d": cell.date().isoformat()} if cell.time() == time() else {"t": cell.isoformat()}
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    if isinstance(cell, timedelta):
        hours, seconds = divmod(round(cell.total_seconds()), 3600)
        return f"{hours:02d}:{seconds // 60:02d}"
    return cell.strftime("%H:%M") if isinstance(cell, time) else ""


def _read_csv(path: Path, printer: Printer) -> None:
    text = _decode(path.read_bytes())
    if "\0" in text:
        raise Refused("UNKNOWN")
    csv.field_size_limit(LONGEST_CELL)
    printer.say({"sheet": "", "hidden": False, "merges": []})
    named = NAMED_DELIMITER.match(text)
    mark = named.group(1) if named else _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    line = 1  # as an editor counts; a quoted line break adds a line and no row
    try:
        for number, cells in enumerate(reader, start=1):
            if not (named and number == 1):
                printer.row(number, [without_quote(cell) for cell in cells])
            line = reader.line_num + 1
    except csv.Error as error:  # the only way left: a cell without an end
        raise Refused("LONG_LINE", line=line) from error


def _decode(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return _decoded(data, encoding)
    if b"\0" in data[:4096]:
        return _decoded(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "cp1258")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("ENCODING") from error


def _delimiter(text: str) -> str:
    """Choose the delimiter that cuts the most lines into the same number of cells."""
    sample = [line for line in text[:20_000].splitlines()[:50] if line.strip()]

    def evenness(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in sample if mark in line]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0, usual)

    return max(DELIMITERS, key=evenness)


def _last_cells(path: Path) -> Iterator[tuple[int, str]]:
    """Yield, for each sheet of a package, the area its filled cells span and the farthest cell."""
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                yield _span(package, name)


def _span(package: zipfile.ZipFile, name: str) -> tuple[int, str]:
    lowest, widest = (0, ""), (0, "")
    with package.open(name) as part:
        tail = b""
        while chunk := part.read(SCAN_STEP):
            for letters, digits in FILLED_CELL.findall(tail + chunk):
                cell = (letters + digits).decode()
                lowest = max(lowest, (int(digits), cell))
                widest = max(widest, (_column_number(letters), cell))
            tail = chunk[-200:]
    return lowest[0] * widest[0], widest[1] if widest[0] > 500 else lowest[1]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _hold_back(limits: dict[str, int]) -> None:
    """Take away memory, core files and writing before any file is touched."""
    for kind, limit in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(kind, (limit, limit))


def _give_time(seconds: int) -> None:
    """Allow one file so many seconds of processor, counted from now."""
    spent = time_spent()
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + seconds, hard))


def time_spent() -> int:
    """Return the seconds of processor this process has spent, rounded up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return int(used.ru_utime + used.ru_stime) + 1


def main(arguments: list[str]) -> None:
    """Take orders from the input until it ends, a line each: [read or far, path]."""
    limits = json.loads(arguments[0])
    _hold_back(limits)
    for line in sys.stdin:
        _give_time(limits["seconds"])
        order, path = json.loads(line)
        _obey(order, Path(path), limits)
        sys.stdout.flush()


def _obey(order: str, path: Path, limits: dict[str, int]) -> None:
    try:
        if order == "far":
            find_far_cell(path)
        else:
            read(path, limits)
    except Refused as refused:
        print_last({"refused": refused.reason, "details": refused.details})
    except MemoryError:
        print_last({"refused": "TOO_MUCH", "details": {}})


def print_last(message: dict[str, Any]) -> None:
    """Print an answer that ends the talk."""
    sys.stdout.write(json.dumps(message) + "\n")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1:])
