"""A selector's thousand rows against the same rows by the bare driver, in one run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from khuevan.kernel import clock
from khuevan.platform.access.api import actor_for_username
from khuevan.platform.accounts.api import User
from khuevan.registry.staff.api import Appointment
from khuevan.registry.students.api import ClassPlacement, school_roll

ROWS = 1000
ROUNDS = 40


@dataclass(frozen=True, slots=True)
class Read:
    """Milliseconds for the same rows both ways."""

    selector_ms: float
    driver_ms: float

    @property
    def ratio(self) -> float:
        """Return how many times longer the selector takes."""
        return self.selector_ms / self.driver_ms


def thousand_rows() -> Read:
    """Read a thousand pupils with person and class, by the selector and by the driver in turn."""
    actor = actor_for_username("binh", on=clock.today(), now=clock.now())
    assert actor
    rows = school_roll(actor=actor, on=clock.today())[:ROWS]
    sql, params = rows.query.sql_with_params()
    connection.ensure_connection()
    raw: Any = connection.connection

    def by_selector() -> None:
        for row in rows.all():
            _ = row.person.full_name, row.homeroom_class.name

    def by_driver() -> None:
        with raw.cursor() as cursor:
            for row in cursor.execute(sql, params):
                _ = row[0], row[1]

    pairs = [(_time(by_selector), _time(by_driver)) for _ in range(ROUNDS)][5:]
    return Read(
        statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)
    )


def _time(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def addresses(username: str) -> dict[str, str]:
    """Return the pages to ask for: class 6A of a clerk's school, and a pupil of it."""
    user = User.objects.for_sign_in().get(username=username)
    appointments = Appointment.objects.unscoped(because="the benchmark looks for a school")
    unit_id = appointments.filter(person=user.person).values_list("unit_id", flat=True).first()
    placements = ClassPlacement.objects.unscoped(because="the benchmark looks for a class")
    row = (
        placements.filter(homeroom_class__name="6A", school_id=unit_id)
        .select_related("student", "school", "homeroom_class")
        .order_by("sort_key")
        .first()
    )
    assert row
    return {
        "class": f"/schools/{row.school.code}/classes/{row.homeroom_class.uuid}/",
        "record": f"/students/{row.student.uuid}/",
        "list": "/students/",
    }
