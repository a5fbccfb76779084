"""What other apps may use of data quality."""

from khuevan.insight.quality.models import SchoolScore
from khuevan.insight.quality.upkeep import refresh as refresh_scores

__all__ = ["SchoolScore", "refresh_scores"]
