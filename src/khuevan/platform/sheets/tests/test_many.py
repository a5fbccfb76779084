"""What a run over many files remembers of them."""

from __future__ import annotations

from khuevan.platform.sheets.many import FileResult, Told


def test_faults_beyond_the_room_are_counted_and_not_kept() -> None:
    told = Told(FileResult("a.xlsx"), [{"row": row} for row in range(5)], ["x"])
    short = told.shortened(2)
    assert (short.faults, short.faults_left_out) == ([{"row": 0}, {"row": 1}], 3)
    none = short.shortened(0)
    assert (none.faults, none.faults_left_out, none.lists) == ([], 5, ["x"])
    assert told.shortened(9) == told
