"""The procrastinate queue behind the jobs: one task that runs a job by its number."""

from __future__ import annotations

from procrastinate import App, JobContext, RetryDecision
from procrastinate.contrib.django import app as queue_app
from procrastinate.jobs import Job as QueuedJob
from procrastinate.retry import BaseRetryStrategy

from khuevan.platform.jobs.errors import Interrupted
from khuevan.platform.jobs.runner import run_job

TASK = "khuevan.run"
QUEUE = "jobs"


class BackToTheQueue(BaseRetryStrategy):
    """Interrupted work goes on later; everything else has been recorded and is over."""

    def get_retry_decision(
        self, *, exception: BaseException, job: QueuedJob
    ) -> RetryDecision | None:
        """Return when to try again, or None."""
        if isinstance(exception, Interrupted):
            return RetryDecision(retry_in={"seconds": exception.seconds})
        return None


def on_app_ready(app: App) -> None:
    """Give procrastinate's app its task; the settings name this function."""
    app.task(name=TASK, queue=QUEUE, pass_context=True, retry=BackToTheQueue())(_run)


def defer(job_id: int, *, lock: str = "") -> int:
    """Put a job into the queue within the caller's transaction and return its number there."""
    task = queue_app.configure_task(TASK, lock=lock or None)
    number: int = task.defer(job_id=job_id)
    return number


def withdraw(queue_id: int) -> bool:
    """Take a waiting job out of the queue; tell whether it was still waiting."""
    return bool(queue_app.job_manager.cancel_job_by_id(queue_id))


def _run(context: JobContext, *, job_id: int) -> None:
    run_job(job_id, must_stop=context.should_abort)
