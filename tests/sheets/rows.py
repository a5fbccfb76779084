"""Lists of any kind as files to load, and the command that loads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.factories import TODAY

from khuevan.platform.access.api import operator_actor
from khuevan.ui.commands import invoke

Cells = Mapping[str, str]


def written(path: Path, rows: Sequence[Cells], *titles: str) -> str:
    """Write rows as a CSV file below some title rows."""
    headers = list(dict.fromkeys(header for row in rows for header in row))
    lines = [[title] for title in titles]
    lines += [headers, *([row.get(header, "") for header in headers] for row in rows)]
    path.write_text("\n".join(";".join(line) for line in lines), encoding="utf-8")
    return str(path)


def load(kind: str, path: str, *words: str, actor: Any = None) -> Any:
    """Load a list as the command does, and return its answer."""
    chosen = actor or operator_actor(on=TODAY, login="tests")
    return invoke("import", chosen, [kind, path, *words])


def counts(answer: Any) -> tuple[int, int, int, int]:
    """Return how many rows were new, changed, unchanged, refused."""
    new, changed, unchanged, refused = (
        answer.data[name] for name in ("new", "changed", "unchanged", "refused")
    )
    return new, changed, unchanged, refused


def reasons(answer: Any) -> list[tuple[int, str, str]]:
    """Return row, column and code of every fault."""
    return [(one["row"], one["column"], one["code"]) for one in answer.data["errors"]]
