"""How a job can end early. The first two steer the runner and are no failures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class Cancelled(Exception):
    """Somebody asked the job to stop; raised inside the job so that its transaction rolls back."""


class Interrupted(Exception):
    """The worker stops or lost its database; the job goes back to the queue as it was."""

    def __init__(self, *, seconds: int = 0) -> None:
        self.seconds = seconds
        super().__init__()


class Superseded(Exception):
    """A later attempt has taken this job over; whatever this one did is rolled back."""


class RoleGone(DomainError):
    """The owner no longer holds the hat in which the job was started."""

    code = "jobs.role_gone"
    message = _("The role in which this was started has ended, so nothing was done.")


class TooManyAttempts(DomainError):
    """The job was interrupted as often as is tolerated."""

    code = "jobs.too_many_attempts"
    message = _("This was interrupted %(count)s times and is not tried again. Nothing was saved.")


class JobFinished(DomainError):
    """A finished job can't be stopped."""

    code = "jobs.finished"
    message = _("This has already finished.")
