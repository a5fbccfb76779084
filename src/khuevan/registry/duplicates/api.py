"""What other apps may use of the duplicates app."""

from khuevan.registry.duplicates.actions import look_for_pairs
from khuevan.registry.duplicates.following import pupil_followers
from khuevan.registry.duplicates.selectors import open_pairs

__all__ = ["look_for_pairs", "open_pairs", "pupil_followers"]
