"""What the change feed carries of counts: which census days there are, and where each stands."""

from khuevan.insight.rollup.models import Census
from khuevan.insight.rollup.permissions import VIEW_COUNTS
from khuevan.platform.feed.api import Publication, publish

publish(
    Publication(
        "censuses",
        Census,
        VIEW_COUNTS,
        fields={"on": "on", "level": "level", "decision": "decision", "state": "state"},
        is_personal=False,
    )
)
