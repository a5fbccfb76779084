"""What this machine can do at most, measured in the same hour as the figures."""

from __future__ import annotations

import time
from collections.abc import Callable

import psycopg

WHEN_PEERS_WERE_MEASURED = {"select 1": 11_300, "45 rows": 7_300, "COPY rows": 547_000}
"""Per second, on the machine on which the peers' figures were taken."""


def machine_limits(url: str) -> dict[str, float]:
    """Return statements or rows a second for one client."""
    with psycopg.connect(url, autocommit=True) as connection:
        return {
            "select 1": _rate(lambda: connection.execute("SELECT 1").fetchone()),
            "45 rows": _rate(_forty_five_rows(connection)),
            "COPY rows": _copy_rate(connection),
        }


def _forty_five_rows(connection: psycopg.Connection[tuple[object, ...]]) -> Callable[[], object]:
    row = connection.execute(
        "SELECT homeroom_class_id FROM students_classplacement GROUP BY 1 HAVING count(*) >= 45"
        " LIMIT 1"
    ).fetchone()
    assert row
    sql = (
        "SELECT id, student_id, person_id, school_id, starts_on FROM students_classplacement"
        " WHERE homeroom_class_id = %s ORDER BY sort_key LIMIT 45"
    )
    return lambda: connection.execute(sql, row).fetchall()


def _rate(work: Callable[[], object], *, seconds: float = 2.0) -> float:
    done, ends = 0, time.perf_counter() + seconds
    while time.perf_counter() < ends:
        work()
        done += 1
    return done / seconds


def _copy_rate(connection: psycopg.Connection[tuple[object, ...]], *, rows: int = 200_000) -> float:
    columns = ", ".join(f"c{n} text" for n in range(12))
    connection.execute(f"CREATE TABLE bench_copy ({columns})")
    line = tuple(f"value {n}" for n in range(12))
    began = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy("COPY bench_copy FROM STDIN") as copy:
        for _ in range(rows):
            copy.write_row(line)
    spent = time.perf_counter() - began
    connection.execute("DROP TABLE bench_copy")
    return rows / spent
