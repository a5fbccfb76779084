"""Who hears that a job ended, within the transaction that says so."""

from __future__ import annotations

from collections.abc import Callable

from khuevan.kernel.registry import Registry
from khuevan.platform.jobs.models import Job

finished: Registry[Callable[[Job], None]] = Registry("job listener")


def tell_finished(job: Job) -> None:
    """Tell everybody registered that a job ended."""
    for listener in finished:
        listener(job)
