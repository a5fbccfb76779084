"""The cases of rules over ../shared: what the project carries is what is shared, and it is met."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHUEVAN_SHARED", ROOT.parent / "shared"))
CASES = SHARED / "cases" / "assessment_public.json"
OWN = ROOT / "src/khuevan/school/assessments/tests/data/assessment_cases.json"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not SHARED.is_dir(), reason="the folder ../shared is not here"),
]


def test_the_cases_carried_are_those_shared() -> None:
    assert json.loads(OWN.read_text()) == json.loads(CASES.read_text())


def test_the_command_meets_the_shared_comparison() -> None:
    khuevan = Path(sys.executable).with_name("khuevan")
    compare = [sys.executable, str(SHARED / "cases" / "compare.py"), str(CASES)]
    found = subprocess.run(
        [*compare, "--run", f"{khuevan} rules evaluate"],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr
    assert "0 failed" in found.stdout
