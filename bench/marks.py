"""`python -m bench.marks`: mark sheets of 45 pupils opened and columns saved, beside RosarioSIS.

On the demo's 30,000 pupils: the processor that one sheet and one column of 45 cost in this process;
8 clients that open sheets, then save columns; a sheet opened while 200 teachers save every two
seconds; one mark changed with its averages. `--data` keeps the province in a folder.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from importlib import import_module
from pathlib import Path
from typing import Any

from bench import server

PEER = {"open": (62, 171), "save": (48, 209)}
"""RosarioSIS 12.0 with 30,825 pupils: requests a second and p95 in ms at 8 clients."""
CLIENTS, SECONDS, TEACHERS, EVERY = 8, 15, 200, 2.0
TOKEN = "b" * 32  # noqa: S105 (the half of a pair that any browser may choose)


@dataclass(frozen=True, slots=True)
class Seen:
    """What clients saw: answers a second, median and p95 in ms, how many were no success."""

    per_second: float
    median: float
    p95: float
    wrong: int

    def __str__(self) -> str:
        told = f"{self.per_second:.0f}/s, median {self.median:.0f} ms, p95 {self.p95:.0f} ms"
        return f"{told}, {self.wrong} wrong" if self.wrong else told


class Teacher:
    """A signed-in teacher with one gradebook, who opens it and saves its columns."""

    def __init__(self, port: int, told: dict[str, Any]) -> None:
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.told = told
        self.headers = {
            "Cookie": f"sessionid={told['session']}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept-Encoding": "gzip",
        }

    def open(self) -> bool:
        """Open the sheet."""
        self.connection.request("GET", self.told["url"], headers=self.headers)
        return self._is_well()

    def save(self) -> bool:
        """Save the column, each mark over its last version."""
        return self._send(self.told["pupils"])

    def change(self) -> bool:
        """Change one mark, and be answered its averages."""
        return self._send(self.told["pupils"][:1])

    def _send(self, pupils: list[str]) -> bool:
        versions = self.told["versions"]
        value = self.told["next"] = (self.told["next"] + 1) % 10
        cells = ",".join(
            f'{{"op":"{at}","student":"{one}","slot":{self.told["slot"]},'
            f'"typed":"{value},{at % 10}","base":{versions.get(one, 0)}}}'
            for at, one in enumerate(pupils)
        )
        headers = {**self.headers, "Content-Type": "application/json"}
        self.connection.request(
            "POST", f"{self.told['url']}marks/", f'{{"how":"typed","cells":[{cells}]}}', headers
        )
        answer = self.connection.getresponse()
        body = answer.read()
        for one in pupils:
            versions[one] = versions.get(one, 0) + 1
        return answer.status == 200 and body.count(b'"saved"') == len(pupils)

    def _is_well(self) -> bool:
        answer = self.connection.getresponse()
        answer.read()
        return answer.status == 200


def crowd(deeds: list[Callable[[], bool]], *, seconds: float = SECONDS, every: float = 0.0) -> Seen:
    """Let each of a crowd do its deed again and again, or once every so many seconds."""
    times: list[float] = []
    wrong: list[int] = []
    lock = threading.Lock()
    ends = time.monotonic() + seconds

    def work(deed: Callable[[], bool], number: int) -> None:
        time.sleep(every * number / len(deeds))
        while time.monotonic() < ends:
            began = time.perf_counter()
            is_well = deed()
            spent = time.perf_counter() - began
            with lock:
                times.append(spent * 1000)
                if not is_well:
                    wrong.append(number)
            time.sleep(max(0.0, every - spent) if every else 0.0)

    threads = [
        threading.Thread(target=work, args=pair)
        for pair in zip(deeds, range(len(deeds)), strict=True)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(times)
    return Seen(
        len(ordered) / (time.monotonic() - began),
        statistics.median(ordered),
        ordered[int(len(ordered) * 0.95) - 1],
        len(wrong),
    )


def main() -> None:
    """Print each figure beside the peer's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder for the province")
    given = parser.parse_args()
    with server.folder(given.data) as data:
        with server.serving(data):
            pass  # the world is there
        with server.opened(data):
            inside: Any = import_module("bench.marks_pages")  # models need the set-up first
            told = inside.teachers(TEACHERS)
            inside.measure(told[0])
        with server.serving(data) as running:
            _measure(running, told)


def _measure(running: server.Server, told: list[dict[str, Any]]) -> None:
    teachers = [Teacher(running.port, one) for one in told]
    crowd([one.open for one in teachers[:CLIENTS]], seconds=3)
    for name, (per_second, p95) in PEER.items():
        seen = crowd([getattr(one, name) for one in teachers[:CLIENTS]])
        print(f"{name}, {CLIENTS} clients: {seen} (RosarioSIS {per_second}/s, p95 {p95} ms)")
    print(f"one mark changed, 1 client: {crowd([teachers[0].change], seconds=5)}")
    found: list[Seen] = []
    saving = threading.Thread(
        target=lambda: found.append(crowd([one.change for one in teachers[1:]], every=EVERY))
    )
    saving.start()
    time.sleep(EVERY)
    opened = crowd([teachers[0].open], seconds=SECONDS - 2 * EVERY, every=0.1)
    saving.join()
    print(f"a sheet opened meanwhile: {opened}; {len(teachers) - 1} teachers saving: {found[0]}")


if __name__ == "__main__":
    main()
