"""The REST description: `--write` keeps it in the repository, `--check` compares."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import pkgutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khuevan.config.settings_test")

PACKAGE = "khuevan.exchange.api"
KEPT = Path(__file__).resolve().parent.parent / "src/khuevan/exchange/openapi.json"
MOST_LINES = 60


def rest_root() -> Any:
    """Return the one REST root, found among the exchange app's modules; None while there is none.

    Found by what it can do: the class itself can't be imported before the settings are.
    """
    package = import_module(PACKAGE)
    for module in pkgutil.iter_modules(package.__path__, f"{PACKAGE}."):
        if module.name.rpartition(".")[2] in {"tests", "migrations"}:
            continue
        for value in vars(import_module(module.name)).values():
            if hasattr(value, "get_openapi_schema") and not isinstance(value, type):
                return value
    return None


def description(api: Any) -> str:
    """Return the description as the repository keeps it."""
    schema = api.get_openapi_schema(path_prefix="/api/v1/")
    return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def main() -> int:
    """Write the description, or compare it with the one kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    django.setup()
    api = rest_root()
    if api is None:
        print("There is no REST root yet.")
        return 0
    current = description(api)
    if arguments.write:
        KEPT.write_text(current, "utf-8")
        print(f"{len(api.get_openapi_schema()['paths'])} paths written to {KEPT.name}.")
        return 0
    kept = KEPT.read_text("utf-8") if KEPT.exists() else ""
    if current == kept:
        return 0
    changes = difflib.unified_diff(kept.splitlines(), current.splitlines(), "kept", "now", n=2)
    print("\n".join(list(changes)[:MOST_LINES]))
    print("The REST description changed: if that is meant, run `tools/openapi.py --write`.")
    return 1


if __name__ == "__main__":
    sys.exit(main())
