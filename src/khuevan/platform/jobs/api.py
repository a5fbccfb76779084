"""What other apps may use of the jobs app."""

from khuevan.platform.jobs.actions import forget_old_jobs, start_job, stop_job
from khuevan.platform.jobs.cards import JobCard, card_of
from khuevan.platform.jobs.errors import Cancelled, JobFinished
from khuevan.platform.jobs.events import finished
from khuevan.platform.jobs.kinds import JobKind, job, kinds
from khuevan.platform.jobs.models import UNFINISHED, Job, JobState
from khuevan.platform.jobs.permissions import STOP_JOBS, VIEW_JOBS
from khuevan.platform.jobs.run import JobRun
from khuevan.platform.jobs.runner import run_job
from khuevan.platform.jobs.schedule import last_done, next_start
from khuevan.platform.jobs.selectors import count_running, get_job_for, own_jobs, unit_jobs
from khuevan.platform.jobs.worker import WorkerPace, is_worker_alive, run_worker

__all__ = [
    "STOP_JOBS",
    "UNFINISHED",
    "VIEW_JOBS",
    "Cancelled",
    "Job",
    "JobCard",
    "JobFinished",
    "JobKind",
    "JobRun",
    "JobState",
    "WorkerPace",
    "card_of",
    "count_running",
    "finished",
    "forget_old_jobs",
    "get_job_for",
    "is_worker_alive",
    "job",
    "kinds",
    "last_done",
    "next_start",
    "own_jobs",
    "run_job",
    "run_worker",
    "start_job",
    "stop_job",
    "unit_jobs",
]
