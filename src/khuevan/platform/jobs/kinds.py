"""Kinds of background work: each app registers its own functions with `@job`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from khuevan.kernel.registry import Registry

Function = Callable[..., None]


@dataclass(frozen=True, slots=True)
class JobKind:
    """One kind of background work: what it is called and what runs it."""

    code: str
    title: str | Promise = field(compare=False)
    function: Function = field(compare=False)
    label: str | Promise = field(default="", compare=False)
    """What all jobs of the kind are called in a filter; the title where that names nothing."""
    cron: str = ""
    """When the system itself starts it, in UTC; empty for work that people start."""
    is_needed: Callable[[], bool] = field(default=lambda: True, compare=False)
    """Asked before the system starts it: work with nothing to do leaves no job behind."""
    in_steps: bool = False
    """Whether it commits step by step (`JobRun.step`) and, run again, does what is left."""

    def title_for(self, params: Mapping[str, Any]) -> str:
        """Return the title with its names filled in."""
        try:
            return str(self.title) % params if params else str(self.title)
        except (KeyError, ValueError):
            return str(self.title)


kinds: Registry[JobKind] = Registry("job kind")


def job(
    code: str,
    *,
    title: str | Promise,
    label: str | Promise = "",
    cron: str = "",
    is_needed: Callable[[], bool] = lambda: True,
    in_steps: bool = False,
) -> Callable[[Function], Function]:
    """Register `function(run: JobRun, **params)` as a kind of background work.

    The function calls actions; all of it is one transaction, which commits together with the
    job's own end. `cron` makes the system start it too, without parameters,
    when `is_needed`. With `in_steps` the function's own `run.step()` are the transactions instead.
    """

    def decorate(function: Function) -> Function:
        kind = JobKind(code, title, function, label or title, cron, is_needed, in_steps)
        kinds.register(code, kind)
        return function

    return decorate
