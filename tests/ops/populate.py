"""Puts the cast into a drill's database and prints the session of the clerk: `python -m` this."""

from __future__ import annotations

import importlib
import sys

import django


def main() -> None:
    """Make the cast."""
    django.setup()
    cast = importlib.import_module("tests.cast")
    made = cast.make_cast()
    client = cast.Client().sign_in(made.loan)
    sys.stdout.write(client.session.session_key)


if __name__ == "__main__":
    main()
