"""Cases that can't be read: each is told with its place, the others are answered."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khuevan.kernel.exit_codes import DONE, REFUSED
from khuevan.school.assessments.cases.evaluation import evaluate, read_cases
from khuevan.school.assessments.errors import CasesRefused
from khuevan.school.assessments.tests.test_cases import CASES, KINDS
from khuevan.ui.commands import run_tool

AVERAGE: dict[str, Any] = {
    "id": "one",
    "regulation": "TT22-2021",
    "kind": "semester_average",
    "input": {"regular_count": 2, "regular": ["7", "8"], "midterm": "6.5", "final": "7"},
}
FIRST = {
    kind: next(one for one in CASES if (one["regulation"], one["kind"]) == kind) for kind in KINDS
}


def changed(**values: Any) -> dict[str, Any]:
    """Return the case with other values of its input."""
    return {**AVERAGE, "input": {**AVERAGE["input"], **values}}


def without(key: str) -> dict[str, Any]:
    """Return the case without a key of its input."""
    case = deepcopy(AVERAGE)
    del case["input"][key]
    return case


@pytest.mark.parametrize(
    ("case", "place"),
    [
        (7, "case"),
        ({**AVERAGE, "kind": "rank"}, "case.kind"),
        ({**AVERAGE, "regulation": "TT58-2011"}, "case.regulation"),
        ({key: one for key, one in AVERAGE.items() if key != "input"}, "case.input"),
        ({**AVERAGE, "id": None}, "case.id"),
        ({**AVERAGE, "input": []}, "input"),
        (without("final"), "input.final"),
        (changed(regular_count="2"), "input.regular_count"),
        (changed(regular_count=True), "input.regular_count"),
        (changed(regular_count=2.0), "input.regular_count"),
        (changed(regular_count=-1), "input.regular_count"),
        (changed(regular="78"), "input.regular"),
        (changed(makeup_deadline_passed="yes"), "input.makeup_deadline_passed"),
        (changed(makeup_dedline_passed=True), "input.makeup_dedline_passed"),
    ],
)
def test_a_case_that_cannot_be_read_names_the_place(case: Any, place: str) -> None:
    broken, good = evaluate([case, AVERAGE])
    assert broken["error"].startswith(f"{place}:")
    assert "result" not in broken
    assert good == {"id": "one", "result": {"status": "OK", "average": "7.0"}}


@pytest.mark.parametrize(
    "written",
    ["8.25", "10.1", "-1", "8,5", "", " 8", "08", "8.", ".5", "٨", "abc", 8, 8.5, True, []],
)
def test_a_mark_of_wrong_form_is_invalid_and_no_guess(written: object) -> None:
    for values in (
        {"midterm": written},
        {"regular": ["7", "8", written]},
        {"cluster_mark": written},
    ):
        (answer,) = evaluate([changed(**values)])
        assert answer["result"] == {"status": "INVALID", "average": None}


@pytest.mark.parametrize(("written", "average"), [("10.0", "7.4"), ("0", "6.1"), ("8.0", "7.1")])
def test_a_mark_may_have_a_nought_behind_the_point(written: str, average: str) -> None:
    (answer,) = evaluate([changed(regular=["7", "8", written])])
    assert answer["result"] == {"status": "OK", "average": average}


def test_an_invalid_mark_in_a_year_leaves_the_rest_as_it_is() -> None:
    case = deepcopy(FIRST["TT22-2021", "student_year"])
    usual = evaluate([case])[0]["result"]
    case["input"]["subjects"][0]["semester_1"]["midterm"] = "9.75"
    found = evaluate([case])[0]["result"]
    first = case["input"]["subjects"][0]["id"]
    second = usual["subjects"][first]["semester_2"]
    assert found["subjects"][first] == {
        "semester_1": "INVALID",
        "semester_2": second,
        "year": "INCOMPLETE",
    }
    assert found["study"]["year"]["level"] == "INCOMPLETE"
    assert found["study"]["semester_2"] == usual["study"]["semester_2"]


def test_one_subject_stands_once() -> None:
    case = deepcopy(FIRST["TT22-2021", "student_year"])
    case["input"]["subjects"].append(case["input"]["subjects"][0])
    assert evaluate([case])[0]["error"].startswith("input.subjects:")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=150)
@given(data=st.data(), kind=st.sampled_from(KINDS), value=JSON)
def test_whatever_stands_somewhere_is_answered(data: st.DataObject, kind: Any, value: Any) -> None:
    case = deepcopy(FIRST[kind])
    path: list[Any] = []
    node = case["input"]
    while isinstance(node, dict | list) and node and (not path or data.draw(st.booleans())):
        key = data.draw(
            st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node)))
        )
        parent, path = node, [*path, key]
        node = node[key]
    parent[path[-1]] = value
    answer, other = evaluate([case, AVERAGE], with_why=True)
    assert answer["id"] == case["id"]
    assert ("error" in answer) != ("result" in answer)
    assert other["result"]["average"] == "7.0"


def write(folder: Path, content: str | bytes) -> Path:
    """Write a file of cases."""
    path = folder / "cases.json"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{}", "danh sách"),
        ('[{"id": ]', "dòng 1, cột 9"),
        (b"\xff\xfe[", "UTF-8"),
        ("[" * 100_000, "JSON"),
        ("", "dòng 1"),
    ],
)
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, content: str | bytes, reason: str
) -> None:
    with pytest.raises(CasesRefused, match=reason):
        read_cases(write(tmp_path, content))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CasesRefused):
        read_cases(tmp_path / "none.json")
    with pytest.raises(CasesRefused):
        read_cases(tmp_path)


def test_a_number_of_many_digits_spoils_its_own_case_alone(tmp_path: Path) -> None:
    long = json.dumps([changed(regular_count=2), AVERAGE]).replace(": 2,", f": {'9' * 5000},", 1)
    first, second = evaluate(read_cases(write(tmp_path, long)))
    assert first["error"].startswith("input.regular_count:")
    assert second["result"]["average"] == "7.0"


def test_the_command_answers_all_and_says_that_one_cannot_be_read(tmp_path: Path) -> None:
    good = run_tool("rules evaluate", [str(write(tmp_path, json.dumps([AVERAGE])))])
    assert (good.exit_code, json.loads(str(good.text))) == (DONE, evaluate([AVERAGE]))
    cases = [{**AVERAGE, "id": "\ud800", "kind": "rank"}, AVERAGE]
    mixed = run_tool("rules evaluate", [str(write(tmp_path, json.dumps(cases))), "--why"])
    assert mixed.exit_code == REFUSED
    first, second = json.loads(str(mixed.text).encode().decode())
    assert first["error"].startswith("case.kind:")
    assert "Điều 9" in second["why"][0]
