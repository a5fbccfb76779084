"""What a job's function is given: who acts, how to tell progress, whether to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.platform.files.api import StoredFile
from khuevan.platform.jobs.errors import Cancelled, Interrupted, Superseded
from khuevan.platform.jobs.progress import ASK, TELL, Line, keep_others_out

SECONDS_BETWEEN = 0.3


@dataclass(slots=True)
class Outcome:
    """What a job leaves behind."""

    message: str = ""
    is_partial: bool = False
    file: StoredFile | None = None
    url: str = ""


@dataclass(slots=True)
class JobRun:
    """One attempt at one job."""

    job_id: int
    uuid: UUID
    attempt: int
    actor: Actor
    unit_id: int | None
    line: Line = field(repr=False)
    must_stop: Callable[[], bool] = field(default=lambda: False, repr=False)
    outcome: Outcome = field(default_factory=Outcome)
    done: int = 0
    total: int | None = None
    message: str = ""
    _spoken_at: float = field(default=0.0, repr=False)

    @contextmanager
    def step(self) -> Iterator[None]:
        """Make what is inside one transaction of its own, in a job that goes on in steps.

        :raises Superseded: when another attempt has taken over
        :raises Interrupted: while the database still finishes what an attempt that died had begun
        """
        with transaction.atomic():
            keep_others_out(self.job_id)
            if self.line.ask(ASK, {"id": self.job_id, "attempt": self.attempt}) is None:
                raise Superseded
            yield

    def progress(
        self, done: int, total: int | None = None, message: str | Promise | None = None
    ) -> None:
        """Tell how far the work is. Cheap to call for each row: written a few times a second.

        :raises Superseded: when another attempt has taken over
        """
        self.done, self.total = done, total if total is not None else self.total
        changed = message is not None and str(message) != self.message
        if message is not None:
            self.message = str(message)[:300]
        if changed or done == self.total or monotonic() - self._spoken_at >= SECONDS_BETWEEN:
            self._tell()

    def check_cancelled(self) -> None:
        """Stop here when that was asked for; call it wherever stopping is easy.

        :raises Cancelled: when somebody asked the job to stop
        :raises Interrupted: when the worker is stopping
        """
        if self.must_stop():
            raise Interrupted
        if monotonic() - self._spoken_at >= SECONDS_BETWEEN:
            self._spoken_at = monotonic()
            self._heed(self.line.ask(ASK, {"id": self.job_id, "attempt": self.attempt}))

    def result(
        self,
        *,
        message: str | Promise = "",
        file: StoredFile | None = None,
        url: str = "",
        is_partial: bool = False,
    ) -> None:
        """Say what came out: a sentence, a file, a page to open, and whether some was refused."""
        self.outcome = Outcome(str(message)[:300], is_partial, file, url)

    def _tell(self) -> None:
        self._spoken_at = monotonic()
        told = {"done": self.done, "total": self.total, "message": self.message}
        whose = {"id": self.job_id, "attempt": self.attempt, "at": clock.now()}
        self._heed(self.line.ask(TELL, told | whose))

    def _heed(self, row: tuple[bool] | None) -> None:
        if row is None:
            raise Superseded
        if row[0]:
            raise Cancelled
