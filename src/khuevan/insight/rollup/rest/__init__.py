"""Counts for programs: the same numbers, the same ones kept back, the same rows."""

from khuevan.insight.rollup.rest import census, compare, counts
from khuevan.insight.rollup.rest.words import router

__all__ = ["census", "compare", "counts", "router"]
