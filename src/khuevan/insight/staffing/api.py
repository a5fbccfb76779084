"""What other apps may use of staffing."""

from khuevan.insight.staffing.upkeep import refresh as refresh_staffing

__all__ = ["refresh_staffing"]
