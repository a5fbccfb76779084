"""`make bench`: starts a demo province, measures it, and prints each figure beside its goal."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from bench import limits, load, server, wire
from khuevan.config.postgres import embedded_url

PEER = {  # RosarioSIS 12.0 with 30,825 pupils in 40 schools: requests a second and p95 at 8 clients
    "list": (73, 154),
    "search": (92, 112),
    "record": (84, 124),
    "home": (41, 235),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure with its goal."""

    name: str
    value: str
    goal: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Page:
    """An address, and the session that asks for it."""

    path: str
    cookies: str


def main() -> int:
    """Measure everything and print a table; exit 1 when a goal is missed."""
    with server.running() as province:
        url = embedded_url(province.data)
        os.environ.update(
            DATABASE_URL=url,
            KHUEVAN_DATA=str(province.data),
            KHUEVAN_MODE="demo",
            DJANGO_SETTINGS_MODULE="khuevan.config.settings",
        )
        most = limits.machine_limits(url)
        scale = statistics.geometric_mean(
            most[name] / then for name, then in limits.WHEN_PEERS_WERE_MEASURED.items()
        )
        figures = list(measure(province, scale))
    print(_report(figures, most, scale))
    return 0 if all(figure.is_met for figure in figures) else 1


def measure(province: server.Server, scale: float) -> Iterator[Figure]:
    """Yield every figure."""
    known = _inside()
    yield _at_most("selector of 1,000 rows / bare psycopg", known["ratio"], 3, "x")
    clerk, officer = server.cookies_of(province, "loan"), server.cookies_of(province, "binh")
    paths: dict[str, str] = known["paths"] | {"search": "/search/?q=minh+anh", "home": "/"}
    pages = {name: Page(path, officer if name == "home" else clerk) for name, path in paths.items()}
    for name, page in pages.items():
        yield _at_most(f"{name} over its queries, median", _over_queries(province, page), 15, "ms")
    crowd = load.ask(
        province.port, paths["class"], clerk, load.Crowd(clients=50, seconds=30, think=5)
    )
    yield _at_most("class page, 50 clients, 5 s think, p95", crowd.p95_ms, 150, "ms")
    for name, (rate, p95) in PEER.items():
        page = pages[name]
        seen = load.ask(province.port, page.path, page.cookies, load.Crowd(clients=8, seconds=10))
        yield _at_least(f"{name}, 8 clients, requests/s", seen.per_second, 2 * rate * scale)
        yield _at_most(f"{name}, 8 clients, p95", seen.p95_ms, p95 / 2 / scale, "ms")
    yield _at_most("memory of a web worker", server.memory_of(province.pid)["serve"], 300, "MB")
    sizes = wire.first_page(province, "huong", "/")
    kilobytes = sum(sizes.values()) / 1024
    yield _at_most("guardian's first page over the wire", kilobytes, 150, "KB")


def _inside() -> dict[str, Any]:
    """Return what only a process with the program's own models can tell."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside"], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _over_queries(province: server.Server, page: Page) -> float:
    """Return what one client waits for a page beyond its queries, by the server's own log."""
    known = sum(1 for _ in province.log_lines())
    load.ask(province.port, page.path, page.cookies, load.Crowd(clients=1, seconds=5))
    time.sleep(1)  # until the last answers stand in the log
    spent = [
        float(str(line["ms"])) - float(str(line["sql_ms"]))
        for line in islice(province.log_lines(), known, None)
        if line.get("event") == "request" and line.get("sql") and line.get("status") == 200
    ]
    return statistics.median(spent)


def _at_most(name: str, value: float, goal: float, unit: str) -> Figure:
    return Figure(name, f"{value:.1f} {unit}", f"at most {goal:.0f} {unit}", value <= goal)


def _at_least(name: str, value: float, goal: float) -> Figure:
    return Figure(name, f"{value:.0f}/s", f"at least {goal:.0f}/s", value >= goal)


def _report(figures: list[Figure], most: dict[str, float], scale: float) -> str:
    lines = [
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC by `make bench` on {_machine()}",
        "Limits of this machine: "
        + "; ".join(f"{name} {rate:,.0f}/s" for name, rate in most.items())
        + f". Against the machine the peers were measured on: x{scale:.2f}.",
        "",
        "| figure | measured | goal | |",
        "| --- | --- | --- | --- |",
    ]
    lines += [
        f"| {one.name} | {one.value} | {one.goal} | {'met' if one.is_met else 'MISSED'} |"
        for one in figures
    ]
    return "\n".join(lines)


def _machine() -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    return f"{os.cpu_count()} cores, {model}, Python {platform.python_version()}"


if __name__ == "__main__":
    sys.exit(main())
