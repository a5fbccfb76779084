"""The structure figures: what is counted, and what is pointed at."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

TOOL = Path(__file__).parents[2] / "tools" / "figures.py"
STEP = TOOL.with_name("step")


def test_long_functions_and_files_are_pointed_at(tmp_path: Path) -> None:
    tool = tmp_path / "tools" / "figures.py"
    tool.parent.mkdir()
    tool.write_bytes(TOOL.read_bytes())
    source = tmp_path / "src" / "app"
    (source / "tests").mkdir(parents=True)
    (source / "short.py").write_text("def one():\n    return 1\n", "utf-8")
    (source / "long.py").write_text("def two():\n" + "    x = 1\n" * 500, "utf-8")
    (source / "tests" / "test_it.py").write_text("def three():\n    pass\n", "utf-8")
    said = subprocess.run(
        [sys.executable, str(tool)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert said[0] == "2 functions: median 501 lines, p95 501, longest 501"
    assert said[1].startswith("2 files:")
    assert "  function over 60 lines: 501 app/long.py:1 two" in said
    assert "  file over 400 lines: 501 app/long.py" in said


def test_a_step_is_named_timed_and_shows_what_failed() -> None:
    done = subprocess.run(
        [str(STEP), "the step", "sh", "-c", "echo the reason; exit 3"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert done.stdout.startswith("FAILED the step")
    assert "the reason" in done.stdout
    quiet = subprocess.run([str(STEP), "good", "echo", "chatter"], capture_output=True, text=True)
    assert quiet.stdout.startswith("ok     good")
    assert "chatter" not in quiet.stdout
