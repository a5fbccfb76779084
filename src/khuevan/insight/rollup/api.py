"""What other apps may use of the roll-up."""

from khuevan.insight.rollup.cells import CLASSES_OF_DAY, FACTS, PUPILS_OF_DAY
from khuevan.insight.rollup.upkeep import refresh as refresh_counts

__all__ = ["CLASSES_OF_DAY", "FACTS", "PUPILS_OF_DAY", "refresh_counts"]
