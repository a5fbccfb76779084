"""Reads of the dashboard: a snapshot of what is true now, and what stands behind each figure."""

from khuevan.insight.dashboard.selectors.history import YearBefore, year_ago
from khuevan.insight.dashboard.selectors.kept import snapshot_now, year_before_now
from khuevan.insight.dashboard.selectors.rows import lacking_pupils, only_school, parts_of
from khuevan.insight.dashboard.selectors.snapshot import Scope, Snapshot, take_snapshot

__all__ = [
    "Scope",
    "Snapshot",
    "YearBefore",
    "lacking_pupils",
    "only_school",
    "parts_of",
    "snapshot_now",
    "take_snapshot",
    "year_ago",
    "year_before_now",
]
