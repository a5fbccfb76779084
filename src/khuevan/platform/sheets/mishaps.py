"""What a fault of the program does to a run over many files: it ends that file and not the run."""

from __future__ import annotations

import logging
from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError
from khuevan.ui.errors import (
    ChangedMeanwhile,
    ServerFull,
    is_crossed,
    is_database_lost,
    is_disk_full,
)

logger = logging.getLogger(__name__)


class ProgramFault(DomainError):
    """The program itself failed at a file; the number stands in the log."""

    code = "sheets.program_fault"
    message = _(
        "The system failed at this file, and nothing of it was written; the other files are not"
        " touched by it. Fault number: %(number)s"
    )
    status = 500


CROSSED = frozenset({ProgramFault.code, ChangedMeanwhile.code})
"""What a file may be refused with because another was loaded at the same moment."""


def refusal_for(fault: Exception) -> DomainError:
    """Return as what a file is refused at which something unexpected was raised.

    A database that went away is no matter of one file: that is raised on.
    """
    if isinstance(fault, DomainError):
        return fault
    if is_database_lost(fault):
        raise fault
    if is_disk_full(fault):
        return ServerFull()
    if is_crossed(fault):
        logger.error("two deeds crossed", exc_info=fault)
        return ChangedMeanwhile()
    incident = uuid4()
    logger.error("file of a run failed", exc_info=fault, extra={"incident": incident})
    return ProgramFault(number=str(incident)[:8])
