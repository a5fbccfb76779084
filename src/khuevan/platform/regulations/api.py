"""What other apps may use of the regulations."""

from __future__ import annotations

from khuevan.platform.regulations.actions import load_regulations
from khuevan.platform.regulations.class_sizes import class_norm
from khuevan.platform.regulations.models import (
    AuthorityRule,
    Confidence,
    Level,
    Office,
    Regulation,
    RuleSetting,
)
from khuevan.platform.regulations.permissions import VIEW_REGULATIONS
from khuevan.platform.regulations.selectors import (
    DeciderNotRecorded,
    GradeNeeded,
    decider,
    regulation_in_force,
    regulations_named,
    regulations_on,
    setting_in_force,
)
from khuevan.platform.regulations.tables import period, sureness

__all__ = [
    "VIEW_REGULATIONS",
    "AuthorityRule",
    "Confidence",
    "DeciderNotRecorded",
    "GradeNeeded",
    "Level",
    "Office",
    "Regulation",
    "RuleSetting",
    "class_norm",
    "decider",
    "load_regulations",
    "period",
    "regulation_in_force",
    "regulations_named",
    "regulations_on",
    "setting_in_force",
    "sureness",
]
