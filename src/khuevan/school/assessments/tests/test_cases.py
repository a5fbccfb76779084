"""The rules against cases with exact results, compared to the type and the order of lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from khuevan.school.assessments.cases.evaluation import evaluate

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "data" / "assessment_cases.json").read_text()
)
KINDS = sorted({(one["regulation"], one["kind"]) for one in CASES})


def differences(found: Any, wanted: Any, place: str = "result") -> list[str]:
    """Return where two results differ; true is no 1, a missing key no null."""
    if type(found) is not type(wanted) and not (isinstance(found, str) and isinstance(wanted, str)):
        return [f"{place}: {found!r} instead of {wanted!r}"]
    if isinstance(wanted, dict):
        keys = [f"{place}.{key}: only on one side" for key in found.keys() ^ wanted.keys()]
        both = found.keys() & wanted.keys()
        return keys + [
            line for key in both for line in differences(found[key], wanted[key], f"{place}.{key}")
        ]
    if isinstance(wanted, list) and len(found) == len(wanted):
        pairs = enumerate(zip(found, wanted, strict=True))
        return [
            line for at, (one, two) in pairs for line in differences(one, two, f"{place}[{at}]")
        ]
    return [] if found == wanted else [f"{place}: {found!r} instead of {wanted!r}"]


@pytest.mark.parametrize(("regulation", "kind"), KINDS)
def test_each_case_comes_out_exactly(regulation: str, kind: str) -> None:
    chosen = [one for one in CASES if (one["regulation"], one["kind"]) == (regulation, kind)]
    blind = [{key: one[key] for key in ("id", "regulation", "kind", "input")} for one in chosen]
    wrong = [
        f"{case['id']} ({case['why']}) {line}"
        for case, answer in zip(chosen, evaluate(blind), strict=True)
        for line in differences(answer.get("result"), case["expected"])
    ]
    assert not wrong, "\n".join(wrong)


def test_the_comparison_sees_what_differs() -> None:
    assert differences({"a": 1}, {"a": True})
    assert differences({"a": None}, {})
    assert differences({"a": ["x", "y"]}, {"a": ["y", "x"]})
    assert differences({"a": "7.9"}, {"a": "7.90"})
    assert not differences({"a": [1, {"b": None}]}, {"a": [1, {"b": None}]})
