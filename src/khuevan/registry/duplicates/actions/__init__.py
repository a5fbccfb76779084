"""Settling pairs: two records made one, taken apart again, or confirmed as two people."""

from khuevan.registry.duplicates.actions.finding import look_for_pairs, store_pairs
from khuevan.registry.duplicates.actions.merging import merge
from khuevan.registry.duplicates.actions.settling import tell_apart
from khuevan.registry.duplicates.actions.undoing import take_apart

__all__ = ["look_for_pairs", "merge", "store_pairs", "take_apart", "tell_apart"]
