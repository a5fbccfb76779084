"""Two people at once: two connections, the second deed begins while the first is uncommitted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from django.db import connection, connections, transaction

PATIENCE = 30.0
_WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


def second_of(first: Callable[[], Any], second: Callable[[], Any]) -> Any:
    """Do both deeds, each over its own connection, and return what became of the second.

    The first stays uncommitted until the second waits for a lock that it holds: so they overlap
    each time the test runs. An exception is returned, not raised.
    """
    begun = threading.Event()
    ended: list[Any] = []

    def other() -> None:
        try:
            begun.wait(PATIENCE)
            ended.append(second())
        except Exception as error:  # noqa: BLE001  (whatever happens to it is what the test asks)
            ended.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    with transaction.atomic():
        first()
        begun.set()
        _until_somebody_waits(lambda: bool(ended))
    thread.join(PATIENCE)
    assert not thread.is_alive(), "the second deed never ended"
    return ended[0]


def _until_somebody_waits(is_over: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_stat_clear_snapshot()")  # else the view stands still
            cursor.execute(_WAITING)
            if cursor.fetchone()[0]:
                return
        assert not is_over(), "the second deed went past the first without waiting"
        time.sleep(0.05)
    raise AssertionError("nobody waited for anybody")
