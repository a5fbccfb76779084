"""The writing of an import as background work, and the forgetting of old ones."""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from khuevan.kernel import clock
from khuevan.kernel.actor import Actor
from khuevan.kernel.errors import DomainError
from khuevan.platform.access.api import actor_for_person, operator_actor
from khuevan.platform.jobs.api import Job, JobRun, JobState, finished, job
from khuevan.platform.sheets.actions import (
    apply_import,
    apply_undo,
    forget_old_imports,
    recheck,
)
from khuevan.platform.sheets.actions.bundle_undo import UNDO_BUNDLE, leave_bundle, undo_bundle
from khuevan.platform.sheets.actions.bundles import (
    LOAD_BUNDLE,
    forget_old_bundles,
    load_bundle,
    stop_bundle,
)
from khuevan.platform.sheets.actions.packages import (
    LOAD_PACKAGE,
    forget_old_packages,
    open_and_load,
    stop_package,
)
from khuevan.platform.sheets.actions.undo import UNDO, leave_written
from khuevan.platform.sheets.actions.write import APPLY, reopen_unwritten
from khuevan.platform.sheets.bundle_tables import FAULTY, files_told, taken_back_told
from khuevan.platform.sheets.models import BundleFileState, Outcome
from khuevan.platform.sheets.package_pages import package_told
from khuevan.ui.formats import number


@job(APPLY, title=gettext_lazy("Writing %(name)s"), label=gettext_lazy("Writing lists"))
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
            "new": number(sheet_import.count(Outcome.NEW)),
            "changed": number(sheet_import.count(Outcome.CHANGED)),
            "unchanged": number(sheet_import.count(Outcome.UNCHANGED)),
        },
        url=reverse("sheets:import", args=[sheet_import.uuid]),
        is_partial=bool(sheet_import.count(Outcome.REFUSED)),
    )


@job(UNDO, title=gettext_lazy("Taking %(name)s back"), label=gettext_lazy("Taking lists back"))
def undo(run: JobRun, *, uuid: str, state: str) -> None:
    """Take a written list back; one transaction with the job's own end."""
    sheet_import = apply_undo(actor=run.actor, uuid=UUID(uuid), now=clock.now())
    run.result(
        message=_("The records are as they were before."),
        url=reverse("sheets:import", args=[sheet_import.uuid]),
    )


@job(
    LOAD_BUNDLE,
    title=gettext_lazy("Loading %(name)s"),
    label=gettext_lazy("Loading lists of many schools"),
    in_steps=True,
)
def load_many(run: JobRun, *, uuid: str) -> None:
    """Load a zip of many schools' lists; every file a step of its own."""

    def progress(done: int, total: int) -> None:
        run.progress(done, total)
        run.check_cancelled()

    bundle = load_bundle(
        actor=run.actor, uuid=UUID(uuid), now=clock.now(), step=run.step, progress=progress
    )
    faulty = sum(bundle.counts.get(state, 0) for state in FAULTY)
    run.result(
        message=files_told(bundle.counts),
        url=reverse("sheets:bundle", args=[bundle.uuid]),
        is_partial=bool(faulty),
    )


@job(
    UNDO_BUNDLE,
    title=gettext_lazy("Taking %(name)s back"),
    label=gettext_lazy("Taking lists of many schools back"),
    in_steps=True,
)
def undo_many(run: JobRun, *, uuid: str, state: str) -> None:
    """Take a zip of many schools' lists back; every file a step of its own."""

    def progress(done: int, total: int) -> None:
        run.progress(done, total)
        run.check_cancelled()

    bundle = undo_bundle(
        actor=run.actor,
        uuid=UUID(uuid),
        state=state,
        now=clock.now(),
        step=run.step,
        progress=progress,
    )
    run.result(
        message=taken_back_told(bundle.counts),
        url=reverse("sheets:bundle", args=[bundle.uuid]),
        is_partial=bool(bundle.counts.get(BundleFileState.KEPT)),
    )


@job(
    LOAD_PACKAGE,
    title=gettext_lazy("Loading %(name)s"),
    label=gettext_lazy("Loading packages of several lists"),
    in_steps=True,
)
def load_package(run: JobRun, *, uuid: str) -> None:
    """Open a package and load it as ordered."""

    def progress(done: int, total: int) -> None:
        run.progress(done, total)
        run.check_cancelled()

    package = open_and_load(
        actor=run.actor, uuid=UUID(uuid), now=clock.now(), step=run.step, progress=progress
    )
    run.result(
        message=package_told(package),
        url=reverse("sheets:package_made", args=[package.uuid]),
        is_partial=bool(package.counts.get("refused")),
    )


@job("sheets.forget", title=gettext_lazy("Forgetting old lists"), cron="10 20 * * *")
def forget(run: JobRun) -> None:
    """Delete the rows of old imports."""
    now = clock.now()
    forgotten = (forget_old_imports, forget_old_bundles, forget_old_packages)
    run.result(message=str(sum(forget_those(now=now) for forget_those in forgotten)))


def reopen_when_not_written(ended: Job) -> None:
    """Open the import again when its job failed or was stopped: nothing was written.

    After a refusal the list is compared anew, so that the person sees what changed meanwhile.
    """
    if ended.kind != APPLY or ended.state in {JobState.DONE, JobState.PARTIAL}:
        return
    stopped = _("The writing was stopped. Nothing was written.")
    broken = _("The writing failed. Nothing was written.")
    problem = ended.error or (stopped if ended.state == JobState.CANCELLED else broken)
    uuid = UUID(ended.params["uuid"])
    reopen_unwritten(uuid=uuid, problem=problem)
    if ended.incident is None:
        with suppress(DomainError, DatabaseError), transaction.atomic():
            recheck(actor=_actor_of(ended), uuid=uuid, now=clock.now(), problem=problem)


def leave_when_not_undone(ended: Job) -> None:
    """Let the list stay written when its taking back failed or was stopped: nothing was done."""
    if ended.kind != UNDO or ended.state in {JobState.DONE, JobState.PARTIAL}:
        return
    stopped = _("Taking the list back was stopped. It stays as it was written.")
    broken = _("The list could not be taken back. It stays as it was written.")
    problem = ended.error or (stopped if ended.state == JobState.CANCELLED else broken)
    uuid, state = UUID(ended.params["uuid"]), ended.params["state"]
    leave_written(uuid=uuid, state=state, problem=problem)


def stop_when_not_loaded(ended: Job) -> None:
    """Note that files of a zip are left when its job failed or was stopped."""
    if ended.kind != LOAD_BUNDLE or ended.state in {JobState.DONE, JobState.PARTIAL}:
        return
    broken = _("The system failed here. What was written stays.")
    problem = "" if ended.state == JobState.CANCELLED else ended.error or broken
    stop_bundle(uuid=UUID(ended.params["uuid"]), problem=problem, now=clock.now())


def leave_when_zip_not_undone(ended: Job) -> None:
    """Note that files of a zip are still written when the job failed or was stopped."""
    if ended.kind != UNDO_BUNDLE or ended.state in {JobState.DONE, JobState.PARTIAL}:
        return
    told = _("Taking back was stopped. What was taken back stays so, the other files stay written.")
    broken = _("The system failed here. What was written stays.")
    problem = told if ended.state == JobState.CANCELLED else ended.error or broken
    uuid, state = UUID(ended.params["uuid"]), ended.params["state"]
    leave_bundle(uuid=uuid, state=state, problem=problem, now=clock.now())


def stop_when_not_opened(ended: Job) -> None:
    """Note why a package was not loaded; of its lists, those made before stay."""
    if ended.kind != LOAD_PACKAGE or ended.state in {JobState.DONE, JobState.PARTIAL}:
        return
    stopped = _("The loading was stopped.")
    broken = _("The system failed here. What was written stays.")
    problem = ended.error or (stopped if ended.state == JobState.CANCELLED else broken)
    stop_package(uuid=UUID(ended.params["uuid"]), problem=problem, now=clock.now())


def _actor_of(ended: Job) -> Actor:
    if ended.owner is None:
        return operator_actor(on=clock.today(), login="")
    return actor_for_person(ended.owner, on=clock.today(), now=clock.now(), hat_key=ended.hat_key)


finished.register(APPLY, reopen_when_not_written)
finished.register(UNDO, leave_when_not_undone)
finished.register(LOAD_BUNDLE, stop_when_not_loaded)
finished.register(UNDO_BUNDLE, leave_when_zip_not_undone)
finished.register(LOAD_PACKAGE, stop_when_not_opened)
