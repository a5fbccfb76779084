"""Writes and checks the part of .importlinter that follows from the folders."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "khuevan"
CONTRACTS = ROOT / ".importlinter"
MARK = "# Generated below by tools/contracts.py write: an app is reached through its api alone.\n"
LAYERS = (
    "platform",
    "registry",
    "school",
    "learning",
    "office",
    "community",
    "insight",
    "exchange",
)
OPEN = {"api", "migrations", "tests", "apps"}


def apps() -> list[str]:
    """Return the dotted names of all apps that offer an api, in the order of the layers."""
    return [
        f"khuevan.{layer}.{folder.name}"
        for layer in LAYERS
        for folder in sorted((SOURCE / layer).glob("*"))
        if (folder / "api.py").is_file()
    ]


def inner_modules(app: str) -> list[str]:
    """Return the modules of an app that only the app itself may import."""
    folder = SOURCE.joinpath(*app.split(".")[1:])
    found = {path.stem for path in folder.glob("*.py")} | {
        path.name for path in folder.iterdir() if (path / "__init__.py").is_file()
    }
    return sorted(f"{app}.{name}" for name in found - OPEN - {"__init__"})


def generated() -> str:
    """Return the generated part of .importlinter."""
    parts = [MARK]
    for app in apps():
        protected = "".join(f"    {module}\n" for module in inner_modules(app))
        parts.append(
            f"\n[importlinter:contract:{app.removeprefix('khuevan.').replace('.', '-')}]\n"
            f"name = {app} is reached through its api\n"
            "type = protected\n"
            f"protected_modules =\n{protected}"
            "allowed_importers =\n"
            f"    {app}\n"
            "    khuevan.config\n"
            "    khuevan.cli\n"
            "    khuevan.**.tests\n"
        )
    return "".join(parts)


def main(verb: str) -> int:
    """Write the contracts, or tell whether they are what the folders say."""
    head = CONTRACTS.read_text("utf-8").split(MARK)[0].rstrip("\n") + "\n\n"
    wanted = head + generated()
    if verb == "write":
        CONTRACTS.write_text(wanted, "utf-8")
        return 0
    if CONTRACTS.read_text("utf-8") != wanted:
        print("The contracts in .importlinter are out of date: run tools/contracts.py write")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))
