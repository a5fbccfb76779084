"""What other apps may use of the roll-up."""

from khuevan.insight.rollup.cells import CLASSES_OF_DAY, FACTS, PUPILS_OF_DAY

__all__ = ["CLASSES_OF_DAY", "FACTS", "PUPILS_OF_DAY"]
