"""The writing of an import as background work."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.platform.jobs.api import Job, JobRun, JobState, finished, job
from khuevan.platform.sheets.actions import apply_import, reopen_unwritten
from khuevan.platform.sheets.models import Outcome


@job("sheets.apply", title=gettext_lazy("Writing %(name)s"))
def apply(run: JobRun, *, uuid: str) -> None:
    """Write a confirmed import; one transaction with the job's own end."""

    def progress(done: int, total: int) -> None:
        run.progress(done, total)
        run.check_cancelled()

    sheet_import = apply_import(
        actor=run.actor, uuid=UUID(uuid), now=clock.now(), progress=progress
    )
    run.result(
        message=_("%(new)s added, %(changed)s updated, %(unchanged)s unchanged.")
        % {
            "new": sheet_import.count(Outcome.NEW),
            "changed": sheet_import.count(Outcome.CHANGED),
            "unchanged": sheet_import.count(Outcome.UNCHANGED),
        },
        url=reverse("sheets:import", args=[sheet_import.uuid]),
        is_partial=bool(sheet_import.count(Outcome.REFUSED)),
    )


def reopen_when_not_written(ended: Job) -> None:
    """Open the import again when its job failed or was stopped: nothing was written."""
    if ended.kind != "sheets.apply" or ended.state in {JobState.DONE, JobState.PARTIAL}:
        return
    stopped = _("The writing was stopped. Nothing was written.")
    broken = _("The writing failed. Nothing was written.")
    problem = ended.error or (stopped if ended.state == JobState.CANCELLED else broken)
    reopen_unwritten(uuid=UUID(ended.params["uuid"]), problem=problem)


finished.register("sheets.apply", reopen_when_not_written)
