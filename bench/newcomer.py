"""`python -m bench.newcomer --data FOLDER`: one newcomer against everybody recorded, 500 times.

The folder holds a province (`bench.sizes` tells how one is generated); `--pupils 700000` generates
one and throws it away. Newcomers are pupils of the records, typed with a slip, or nobody's.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from django.db import connection

from bench import server
from bench.sizes import Size, generate

ALLOWED_MS = 50
PROBES = 500


def main() -> int:
    """Print the times; exit 1 when the slowest twentieth takes longer than allowed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with a province")
    parser.add_argument("--pupils", type=int, default=700_000)
    given = parser.parse_args()
    with server.folder(given.data) as data:
        if given.data is None:
            generate(data, Size(max(1, given.pupils * 3 // 1400), given.pupils), years=1)
        return _measured(data)


def _measured(data: Path) -> int:
    with server.opened(data):
        people, probes = _probes(random.Random(7))  # noqa: S311  (which rows, no secret)
        _asked(probes[0])
        began = time.process_time(), server.processor_of(data, 0)
        seen = [_asked(probe) for probe in probes]
        program = time.process_time() - began[0]
        behind = server.processor_of(data, 0) - began[1]
        connection.close()
    times = sorted(one.milliseconds for one in seen)
    p95 = times[int(len(times) * 0.95)]
    recorded = [one for one in seen if one.is_found is not None]
    print(f"{people:,} pupils; {len(times)} newcomers, {len(recorded)} of them recorded already")
    print(f"median {statistics.median(times):.1f} ms, p95 {p95:.1f} ms, most {times[-1]:.1f} ms")
    each = 1000 / len(times)
    print(f"processor: program {program * each:.1f} ms, database {behind * each:.1f} ms each")
    print(f"found {sum(one.is_found or False for one in recorded)}")
    return 0 if p95 <= ALLOWED_MS else 1


@dataclass(frozen=True, slots=True)
class Probe:
    """Somebody as a clerk types them, and whose record it is; nobody's for a newcomer indeed."""

    typed: dict[str, Any]
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Seen:
    """How long the answer took, and whether it named the record there is."""

    milliseconds: float
    is_found: bool | None


def _probes(rng: random.Random) -> tuple[int, list[Probe]]:
    people: Any = import_module("khuevan.platform.accounts.api")
    rows = people.Person.objects.unscoped(because="a benchmark").filter(student__isnull=False)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    chosen = list(rows.filter(pk__in=rng.sample(ids, PROBES)).order_by("pk"))
    return len(ids), [_probe(one, rng) for one in chosen]


def _probe(one: Any, rng: random.Random) -> Probe:
    """Type a pupil of the records with a slip; one of four is somebody of another day and name."""
    born: date = one.birth_date
    name, number = one.full_name, one.personal_number or ""
    slip = rng.randrange(4)
    if slip == 0:
        words = name.split()
        other = f"{words[0]} {rng.choice(('Thanh', 'Minh', 'Ngọc'))} {words[-1]}"
        born = born.replace(day=rng.randint(1, 28), year=born.year - rng.randint(2, 3))
        return Probe({"full_name": other, "birth_date": born}, None)
    if slip == 1 and born.day <= 12:
        born = born.replace(day=born.month, month=born.day)
    elif slip == 2:
        born = born.replace(year=born.year - 1)
    number = f"{number[:-1]}{(int(number[-1]) + 1) % 10}" if slip == 3 and number else number
    typed = {"full_name": name, "birth_date": born, "sex": one.sex, "personal_number": number}
    return Probe(typed, one.pk)


def _asked(probe: Probe) -> Seen:
    alike: Any = import_module("khuevan.registry.duplicates.looking").alike
    newcomer = import_module("khuevan.registry.people.api").Newcomer(
        unit_id=0, unit_code="", **probe.typed
    )
    began = time.perf_counter()
    found = {one.person_id for one in alike(newcomer)}
    spent = (time.perf_counter() - began) * 1000
    return Seen(spent, None if probe.person_id is None else probe.person_id in found)


if __name__ == "__main__":
    raise SystemExit(main())
