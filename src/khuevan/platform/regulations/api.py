"""What other apps may use of the regulations."""

from __future__ import annotations

from khuevan.platform.regulations.actions import load_regulations
from khuevan.platform.regulations.class_sizes import class_norm
from khuevan.platform.regulations.labels import POWERS, order_of, power_label, power_named
from khuevan.platform.regulations.models import (
    AuthorityRule,
    Circumstance,
    Confidence,
    Level,
    Office,
    Regulation,
    RuleSetting,
)
from khuevan.platform.regulations.notes import is_first_day_sure, told_note
from khuevan.platform.regulations.permissions import VIEW_REGULATIONS
from khuevan.platform.regulations.rules import (
    CRITERIA,
    Segment,
    Subject,
    fits,
    highest_level,
    segment_on,
    timeline,
)
from khuevan.platform.regulations.selectors import (
    UNNAMED,
    DeciderNotRecorded,
    GradeNeeded,
    NobodyDecides,
    decider,
    how_far_known,
    known_powers,
    power_rules,
    regulation_in_force,
    regulations_by_code,
    regulations_named,
    regulations_on,
    setting_in_force,
    unnamed,
)
from khuevan.platform.regulations.tables import period, rule_period, said_of, sureness

__all__ = [
    "CRITERIA",
    "POWERS",
    "UNNAMED",
    "VIEW_REGULATIONS",
    "AuthorityRule",
    "Circumstance",
    "Confidence",
    "DeciderNotRecorded",
    "GradeNeeded",
    "Level",
    "NobodyDecides",
    "Office",
    "Regulation",
    "RuleSetting",
    "Segment",
    "Subject",
    "class_norm",
    "decider",
    "fits",
    "highest_level",
    "how_far_known",
    "is_first_day_sure",
    "known_powers",
    "load_regulations",
    "order_of",
    "period",
    "power_label",
    "power_named",
    "power_rules",
    "regulation_in_force",
    "regulations_by_code",
    "regulations_named",
    "regulations_on",
    "rule_period",
    "said_of",
    "segment_on",
    "setting_in_force",
    "sureness",
    "timeline",
    "told_note",
    "unnamed",
]
