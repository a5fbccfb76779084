"""Rows of a rule as a text sets them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from khuevan.kernel.rule_rows import RuleRow, rule_rows, told_sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample(RuleRow):
    level: str
    days: int
    is_sure: bool
    routes: frozenset[str]


def test_columns_are_read_by_the_type_of_their_field(tmp_path: Path) -> None:
    file = tmp_path / "rows.csv"
    file.write_text(
        "level,days,is_sure,routes,starts_on,ends_on,source,more\n"
        "TH,3,1,IN OUT,2020-01-01,2021-01-01,Văn bản 1,x\n"
        "TH,,,,2021-01-01,,Văn bản 1,x\n",
        encoding="utf-8",
    )
    first, then = rows = rule_rows(file, Sample)
    assert (first.days, first.is_sure, first.routes) == (3, True, frozenset(("IN", "OUT")))
    assert (then.days, then.is_sure, then.routes) == (0, False, frozenset())
    assert (first.holds(date(2020, 12, 31)), first.holds(date(2021, 1, 1))) == (True, False)
    assert then.holds(date(2030, 1, 1))
    assert told_sources(rows) == "Văn bản 1"
    assert told_sources([]) == "–"
