"""What other apps may use of the results app."""

from khuevan.school.results.actions import Decision, compute_all, decide_pupils, settle
from khuevan.school.results.actions.settling import approve
from khuevan.school.results.models import Origin, Scheme, Settlement, Stage, YearResult
from khuevan.school.results.pages.pupils import choices, chosen
from khuevan.school.results.permissions import APPROVE_RESULTS, DECIDE_CONDUCT, VIEW_RESULTS
from khuevan.school.results.pupil_shown import term_context
from khuevan.school.results.selectors.pupils import pupil_term, rooms_of

__all__ = [
    "APPROVE_RESULTS",
    "DECIDE_CONDUCT",
    "VIEW_RESULTS",
    "Decision",
    "Origin",
    "Scheme",
    "Settlement",
    "Stage",
    "YearResult",
    "approve",
    "choices",
    "chosen",
    "compute_all",
    "decide_pupils",
    "pupil_term",
    "rooms_of",
    "settle",
    "term_context",
]
