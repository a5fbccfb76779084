"""Clients that ask a page again and again, and what they saw."""

from __future__ import annotations

import statistics
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection


@dataclass(frozen=True, slots=True)
class Load:
    """What a number of clients saw: requests a second, milliseconds, bytes of one answer."""

    requests: int
    per_second: float
    median_ms: float
    p95_ms: float
    bytes: int
    errors: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """How many clients ask for how many seconds, each after a pause of `think` seconds."""

    clients: int
    seconds: float
    think: float = 0.0


def ask(port: int, path: str, cookies: str, crowd: Crowd) -> Load:
    """Let a crowd ask for a page again and again."""
    times: list[float] = []
    sizes: list[int] = []
    errors: list[int] = []
    lock = threading.Lock()
    ends = time.monotonic() + crowd.seconds

    def client(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        headers = {"Cookie": cookies, "Accept-Encoding": "gzip"}
        time.sleep(crowd.think * number / crowd.clients)  # so that they don't come all at once
        while time.monotonic() < ends:
            began = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            size = len(answer.read())
            spent = (time.perf_counter() - began) * 1000
            with lock:
                times.append(spent)
                sizes.append(size)
                if answer.status != 200:
                    errors.append(answer.status)
            if crowd.think:
                time.sleep(crowd.think)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(crowd.clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.monotonic() - began
    ordered = sorted(times)
    return Load(
        requests=len(ordered),
        per_second=len(ordered) / spent,
        median_ms=statistics.median(ordered),
        p95_ms=ordered[int(len(ordered) * 0.95) - 1],
        bytes=max(sizes),
        errors=len(errors),
    )
