"""Deeds of a history: each is done by the program and, when it was not refused, by the model."""

from __future__ import annotations

from tests.histories.moves import MoveDeeds
from tests.histories.pupils import PupilDeeds
from tests.histories.staff import StaffDeeds


class Province(StaffDeeds, PupilDeeds, MoveDeeds):
    """A small province in which everything may happen."""


DEEDS = (
    "appoint", "appoint", "second_school", "end_work", "in_charge", "in_charge", "teach", "teach",
    "end_duty", "leave", "leave", "come_back", "stand_in", "stand_in", "place", "pupil_leaves",
    "pupil_comes", "new_mother", "lose_custody", "lose_custody", "gain_custody", "school_moves",
    "pupil_moves", "colleague_moves", "colleague_moves", "colleague_stays",
    "days_pass", "days_pass",
)  # fmt: skip
