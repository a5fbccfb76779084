"""The stage of a history: who and what is there, and how a deed is done and told to the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from khuevan.kernel.clock import VIETNAM
from khuevan.kernel.errors import DomainError
from khuevan.registry.staff.models import StaffMember
from tests.factories import EVERYTHING, YEAR_ENDS
from tests.histories.model import Fact, Model

BECAUSE = "a test names it"
SUBJECTS = ("Toán", "Ngữ văn")


@dataclass
class Stage:
    """The things a history plays with, by short names, and the model of them."""

    today: date
    people: dict[str, Any] = field(default_factory=dict)
    schools: dict[str, Any] = field(default_factory=dict)
    communes: dict[str, Any] = field(default_factory=dict)
    rooms: dict[str, Any] = field(default_factory=dict)
    pupils: dict[str, Any] = field(default_factory=dict)
    model: Model = field(default_factory=Model)
    mothers: int = 0
    deed: str = ""
    done: Counter[str] = field(default_factory=Counter)
    """How often each kind of deed was not refused, over all histories."""

    @property
    def actor(self) -> Any:
        """Return who may do everything, today."""
        return replace(EVERYTHING, today=self.today)

    @property
    def now(self) -> datetime:
        """Return this morning."""
        return datetime(self.today.year, self.today.month, self.today.day, 8, tzinfo=VIETNAM)

    def do(self, deed: Callable[[], Any], told: Callable[[Any], None]) -> None:
        """Do something; tell the model unless it was refused, and count it by its kind."""
        try:
            with transaction.atomic():
                made = deed()
        except DomainError:
            return
        told(made)
        self.done[self.deed] += 1

    def days_pass(self, count: int, *_rest: int) -> None:
        """Let some days pass."""
        self.today += timedelta(days=count % 9)
        self.done[self.deed] += 1

    @property
    def workers(self) -> list[str]:
        """Return those who may be appointed."""
        return sorted(name for name in self.people if name.startswith("worker"))

    def _likely(self, who: int, where: int) -> tuple[str, str]:
        """Return somebody and a class: mostly of a school they work at, now and then of any."""
        if who % 5 == 4:
            return pick(self.workers, who), pick(self.rooms, where)
        job = self.model.jobs[who % len(self.model.jobs)]
        rooms = [room for room, school in self.model.school_of.items() if school == job.object]
        return job.subject, pick(rooms, where)

    def member(self, person: str) -> StaffMember | None:
        """Return somebody as a staff member, if they ever were."""
        rows = StaffMember.objects.unscoped(because=BECAUSE)
        return rows.filter(person=self.people[person]).first()

    def _new_duty(self, person: str, room: str, starts: date, kind: str) -> None:
        school = self.model.school_of[room]
        last = self.model.last_day_of_work(person, school, starts, YEAR_ENDS)
        assert last is not None
        self.model.duties.append(Fact(person, room, starts, last, kind))

    def _leave_seat(self, pupil: str) -> None:
        for one in [seat for seat in self.model.seats if seat.subject == pupil]:
            if one.is_ahead(self.today):
                self.model.cut(self.model.seats, one, self.today)


def pick(names: Any, number: int) -> str:
    """Return one of some names."""
    ordered = sorted(names)
    return str(ordered[number % len(ordered)])
