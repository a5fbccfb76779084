"""The matcher on people it knows nothing of: a smaller run of `python -m bench.people`."""

from __future__ import annotations

import random
from pathlib import Path

from bench import people

from khuevan.registry.duplicates.matching.files import read_people, write_pairs
from khuevan.registry.duplicates.matching.finding import find


def test_recall_and_precision_on_invented_people(tmp_path: Path) -> None:
    records = people.invent(4000, random.Random(11))
    people.write(tmp_path / "people.csv", records)
    write_pairs(tmp_path / "pairs.csv", find(read_people(tmp_path / "people.csv")).pairs)
    score = people.judged(records, people.read_pairs(tmp_path / "pairs.csv"))
    assert score.true > 300
    assert score.recall >= people.RECALL
    assert score.precision >= people.PRECISION


def test_the_truth_counts_misses_and_mistakes() -> None:
    one, other = people.invent(2, random.Random(1))[:2]
    assert one.who != other.who
    score = people.judged([one, other, one], {frozenset((0, 1))})
    assert (score.true, score.proposed, score.right) == (1, 1, 0)
