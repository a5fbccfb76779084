"""What other apps may use of the change feed."""

from khuevan.platform.feed.permissions import FOLLOW_CHANGES
from khuevan.platform.feed.publications import Publication, Reference, publish

__all__ = ["FOLLOW_CHANGES", "Publication", "Reference", "publish"]
