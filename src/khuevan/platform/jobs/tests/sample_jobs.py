"""Kinds of jobs that exist in tests only; the worker's process of the tests registers them too."""

from __future__ import annotations

import time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.platform.jobs.api import JobRun, job
from khuevan.platform.organizations.api import OrgUnit, UnitKind


class ListRefused(DomainError):
    """A refusal for tests."""

    code = "tests.refused"
    message = _("Row %(row)s cannot be read.")


@transaction.atomic(durable=True)
def make_units(run: JobRun, *, prefix: str, count: int, pause: float) -> None:
    """Stand in for an action: durable, writing row by row and telling how far it is."""
    for number in range(count):
        OrgUnit.objects.create(code=f"{prefix}{number}", kind=UnitKind.COMMUNE)
        run.progress(number + 1, count)
        run.check_cancelled()
        time.sleep(pause)


@job("tests.units", title="Units from %(file)s", label="Units")
def units(run: JobRun, *, prefix: str, count: int = 3, pause: float = 0.0) -> None:
    """Make units, slowly when asked."""
    make_units(run, prefix=prefix, count=count, pause=pause)
    run.result(message=f"{count} units", url="/units/")


@job("tests.refused", title="Refused")
def refused(run: JobRun, *, prefix: str) -> None:
    """Write something, then refuse."""
    make_units(run, prefix=prefix, count=1, pause=0)
    raise ListRefused(row=17)


@job("tests.broken", title="Broken")
def broken(run: JobRun, *, prefix: str) -> None:
    """Write something, then fail on a bug whose text names a person."""
    make_units(run, prefix=prefix, count=1, pause=0)
    raise ValueError("Nguyễn Văn An, 034215004118")


@job("tests.partial", title="Partial")
def partial(run: JobRun) -> None:
    """Do some of the work."""
    run.progress(176, 182)
    run.result(message="6 rows refused", url="/rows/", is_partial=True)
