"""`python -m bench.imports 100x466`: lists of many schools in one run, beside a bare COPY.

Writes the files itself, loads them into a folder of its own, and copies every row that the load
wrote once more into the folder as it was before: same tables, triggers and indexes. On a machine
that others use, the processor's time is the figure to compare. `60x60 --rest`: 60 schools with
24 classes and 60 members of the staff each.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from bench import server
from bench.school_files import GRADES, Made, write_province
from khuevan.config.postgres import ensure_server

TABLES = (
    "accounts_person", "students_student", "students_enrollment", "students_classplacement",
    "people_address", "students_policygroup", "students_guardianship", "access_grant",
)  # fmt: skip
"""Where the records of pupils are written; their history follows by trigger."""
GOALS = {"check": 8_000, "load": 2_000, "again": 10_000}
COPY_TIMES_AT_MOST = 4
MEMORY_AT_MOST = 500
PUPILS = 960
"""Pupils of a school where its classes are measured: 24 of them."""


@dataclass(frozen=True, slots=True)
class Spent:
    """What a run took: seconds by the clock, of processor in the program and in the database."""

    clock: float
    program: float
    database: float
    megabytes: int = 0
    """The most memory that one process of the program held."""

    @property
    def processor(self) -> float:
        """Return all seconds of processor."""
        return self.program + self.database


def main() -> int:
    """Measure one size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", help="schools x pupils of each, such as 100x466")
    parser.add_argument("--rest", action="store_true", help="classes and staff instead of pupils")
    asked = parser.parse_args()
    schools, pupils = map(int, asked.size.split("x"))
    if asked.rest:
        return _rest(schools, pupils)
    with server.folder() as data, server.folder() as before, server.folder() as files:
        year = date.today().year - (date.today().month < 8)
        made = write_province(files, schools=schools, pupils=pupils, year=year)
        _khuevan(data, "schools", made.schools)
        _khuevan(data, "classes", made.classes)
        start = _khuevan(data, "students", made.pupils / "none", may_fail=True)
        subprocess.run(["cp", "-a", f"{data}/.", before], check=True)
        spent = {
            "check": _khuevan(data, "students", made.pupils, "--check"),
            "load": _khuevan(data, "students", made.pupils),
            "again": _khuevan(data, "students", made.pupils),
        }
        copied = _copied(data, before)
    _report(made, spent, start, copied)
    return 0


def _rest(schools: int, staff: int) -> int:
    """Measure lists of classes and of so many members of the staff of each school."""
    with server.folder() as data, server.folder() as files:
        year = date.today().year - (date.today().month < 8)
        made = write_province(files, schools=schools, pupils=PUPILS, year=year, staff=staff)
        _khuevan(data, "schools", made.schools)
        start = _khuevan(data, "classes", made.pupils / "none", may_fail=True)
        print(f"load {os.getloadavg()[0]:.1f}; starting the program {start.program:.1f} s")
        rooms = schools * len(GRADES) * -(-PUPILS // (40 * len(GRADES)))
        for kind, path, count in (
            ("classes", made.classes, rooms),
            ("staff", made.staff, schools * staff),
        ):
            for run in ("load", "again"):
                spent = _khuevan(data, kind, path)
                print(f"{kind}, {run}: {count} rows, {_rates(count, spent, start)}")
    return 0


def _khuevan(data: Path, kind: str, path: Path, *words: str, may_fail: bool = False) -> Spent:
    """Run the import and return what it took, with the database running before and after."""
    env = server.environment(data, KHUEVAN_MODE="demo")
    with ensure_server(data):
        began, stood = time.monotonic(), _database(data)
        command = [str(server.KHUEVAN), "import", kind, str(path), *words, "--json"]
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        assert process.stdout is not None
        said = process.stdout.read()
        _pid, status, used = os.wait4(process.pid, 0)
        if status and not may_fail:
            raise RuntimeError(said.decode())
        if not may_fail:
            answer: dict[str, Any] = json.loads(said)
            assert not answer["refused"], answer["errors"][:3]
        return Spent(
            time.monotonic() - began,
            used.ru_utime + used.ru_stime,
            _database(data) - stood,
            used.ru_maxrss // 1024,
        )


def _database(data: Path) -> float:
    keeper = int(next(iter((data / "postgres" / "cluster" / "postmaster.pid").open())))
    return server.processor_of(data, keeper)


def _copied(data: Path, before: Path) -> Spent:
    """Copy the rows of the records that are in one folder into the other, and time that alone."""
    kept = before / "copied"
    kept.mkdir()
    with ensure_server(data) as handle, psycopg.connect(handle.url) as connection:
        for table in TABLES:
            with (kept / table).open("wb") as file:
                _out(connection, table, file.write)
    with ensure_server(before) as handle, psycopg.connect(handle.url) as connection:
        connection.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")
        began, stood = time.monotonic(), _database(before)
        for table in TABLES:
            statement = f"COPY {table} FROM STDIN"
            with (
                (kept / table).open("rb") as file,
                connection.cursor() as cursor,
                cursor.copy(statement) as copy,
            ):
                while part := file.read(1 << 20):
                    copy.write(part)
        connection.commit()
        return Spent(time.monotonic() - began, 0, _database(before) - stood)


def _out(connection: psycopg.Connection[Any], table: str, write: Callable[[bytes], object]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} TO STDOUT") as copy:
        for part in copy:
            write(bytes(part))


def _report(made: Made, spent: dict[str, Spent], start: Spent, copied: Spent) -> None:
    load = os.getloadavg()[0]
    print(f"{made.count:,} pupils; load {load:.1f}; starting the program {start.program:.1f} s")
    print("| run | s by the clock | s of processor: program, database | rows/s | goal | MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, one in spent.items():
        rates = _rates(made.count, one, start)
        print(
            f"| {name} | {one.clock:.1f} | {one.program:.1f}, {one.database:.1f} | {rates} |"
            f" {GOALS[name]:,} | {one.megabytes} (at most {MEMORY_AT_MOST}) |"
        )
    ratio = (spent["load"].clock - start.clock) / copied.clock
    by_processor = (spent["load"].processor - start.processor) / copied.processor
    print(
        f"COPY of the same rows: {copied.clock:.1f} s by the clock, {copied.processor:.1f} s of"
        f" processor. Load / COPY: {ratio:.1f} x by the clock, {by_processor:.1f} x by processor"
        f" (at most {COPY_TIMES_AT_MOST} x)"
    )


def _rates(count: int, one: Spent, start: Spent) -> str:
    """Return rows a second by the clock and of the program's processor, without its start."""
    by_clock = count / max(one.clock - start.clock, 0.01)
    by_processor = count / max(one.program - start.program, 0.01)
    return f"{by_clock:,.0f} by the clock, {by_processor:,.0f} of the program's processor"


if __name__ == "__main__":
    raise SystemExit(main())
