"""`python -m bench.sizes 15x7000 150x70000`: the same pages in provinces of several sizes.

Each province is generated into a folder of its own, measured, and thrown away. `--data FOLDER`
measures the province of a folder that is there, and leaves it. On a machine that others use, `cpu`
is the figure to compare: processor a request in the web and database processes together.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench import load, server
from khuevan.config.postgres import embedded_url

CROWD = load.Crowd(clients=2, seconds=15, think=0.2)
PAGES = {  # what an officer of the department asks for, and the p95 allowed, in ms
    "list of pupils": ("/students/", 150),
    "list of schools": ("/schools/", 150),
    "search with marks": ("/search/?q=nguy%E1%BB%85n+minh+anh", 200),
    "search without": ("/search/?q=nguyen+minh+anh", 200),
    "dashboard": ("/", 300),
    "counts of today": ("/counts/", 300),
    "counts of 31/5 by school": ("/counts/?on=2026-05-31&rows=school&cols=sex", 300),
    "1,000 changes": ("/api/v1/changes?limit=1000&purpose=REPORT", 1000),
}


@dataclass(frozen=True, slots=True)
class Size:
    """How large a province is."""

    schools: int
    pupils: int

    def __str__(self) -> str:
        return f"{self.schools} schools, {self.pupils:,} pupils"


def main() -> int:
    """Measure every size and print a table a page, then how far the largest is from the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", help="schools x pupils, such as 150x70000")
    parser.add_argument("--data", nargs="+", default=[], type=Path, help="folders that are there")
    parser.add_argument("--years", type=int, default=5, help="academic years of history")
    given = parser.parse_args()
    sizes = [Size(*map(int, text.split("x"))) for text in given.sizes]
    found = [dict(_generated(size, given.years)) for size in sizes]
    found += [dict(_measured(data)) for data in given.data]
    if not found:
        parser.error("name a size or a folder")
    for name in found[-1]:
        told = " | ".join(f"{one[name]:.0f}" if name in one else "-" for one in found)
        ratio = found[-1][name] / max(found[0].get(name, found[-1][name]), 1e-9)
        limit = f", at most {PAGES[name][1]} ms" if name in PAGES else ""
        print(f"{name}: {told} ({ratio:.2f} x{limit})")
    return 0


def _generated(size: Size, years: int) -> Iterator[tuple[str, float]]:
    with server.folder() as data:
        yield "seconds to generate", generate(data, size, years)
        yield from _measured(data)


def _measured(data: Path) -> Iterator[tuple[str, float]]:
    with server.serving(data) as province:
        with psycopg.connect(embedded_url(data)) as connection:
            yield from _megabytes(connection)
        cookies = server.cookies_of(province, "binh")
        for name, (path, _limit) in PAGES.items():
            load.ask(province.port, path, cookies, load.Crowd(clients=1, seconds=2))
            spent = server.processor_of(data, province.pid)
            seen = load.ask(province.port, path, cookies, CROWD)
            spent = server.processor_of(data, province.pid) - spent
            if seen.errors:
                raise RuntimeError(f"{name}: {seen.errors} answers were refused")
            yield name, seen.p95_ms
            yield f"{name}, median", seen.median_ms
            yield f"{name}, cpu", spent * 1000 / seen.requests


def generate(data: Path, size: Size, years: int) -> float:
    """Generate a province into a folder; return the seconds."""
    env = server.environment(data, KHUEVAN_MODE="demo")
    subprocess.run([server.KHUEVAN, "migrate"], env=env, capture_output=True, check=True)
    command = [str(server.KHUEVAN), "generate", "--schools", str(size.schools)]
    command += ["--students", str(size.pupils), "--years", str(years), "--json"]
    began = time.monotonic()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["pupils"] == size.pupils
    return time.monotonic() - began


def _megabytes(connection: psycopg.Connection[tuple[float, ...]]) -> Iterator[tuple[str, float]]:
    rows = connection.execute(
        "SELECT coalesce(sum(pg_total_relation_size(c.oid)) FILTER (WHERE relname LIKE %s), 0),"
        " sum(pg_total_relation_size(c.oid)) FILTER (WHERE relname NOT LIKE %s)"
        " FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
        ["%event", "%event"],
    )
    history, present = next(iter(rows))
    yield "MB of records with indexes", float(present) / 1e6
    yield "MB of their history", float(history) / 1e6


if __name__ == "__main__":
    raise SystemExit(main())
