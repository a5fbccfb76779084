"""What other apps may use of retention."""

from khuevan.platform.retention.actions import Decision, destroy_files
from khuevan.platform.retention.errors import (
    DecisionNeeded,
    KeptForEver,
    StillInUse,
    TimeNotOver,
)
from khuevan.platform.retention.models import DestroyedFile, Destruction
from khuevan.platform.retention.sources import Source, sources

__all__ = [
    "Decision",
    "DecisionNeeded",
    "DestroyedFile",
    "Destruction",
    "KeptForEver",
    "Source",
    "StillInUse",
    "TimeNotOver",
    "destroy_files",
    "sources",
]
