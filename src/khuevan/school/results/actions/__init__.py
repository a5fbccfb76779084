"""What happens to results."""

from khuevan.school.results.actions.computing import compute_all, compute_classes
from khuevan.school.results.actions.deciding import Decision, decide_pupils
from khuevan.school.results.actions.settling import approve, give_back, settle

__all__ = [
    "Decision",
    "approve",
    "compute_all",
    "compute_classes",
    "decide_pupils",
    "give_back",
    "settle",
]
