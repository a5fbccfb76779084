"""What other apps may use of the roll-up."""

from khuevan.insight.rollup.actions import freeze_census, open_census
from khuevan.insight.rollup.cells import CLASSES_OF_DAY, FACTS, PUPILS_OF_DAY
from khuevan.insight.rollup.places import Place, places_on
from khuevan.insight.rollup.selectors.counting import counted_schools, pupils_by_grade
from khuevan.insight.rollup.upkeep import refresh as refresh_counts

__all__ = [
    "CLASSES_OF_DAY",
    "FACTS",
    "PUPILS_OF_DAY",
    "Place",
    "counted_schools",
    "freeze_census",
    "open_census",
    "places_on",
    "pupils_by_grade",
    "refresh_counts",
]
