"""Puts the cast into a drill's database: `python -m` this.

Prints the sessions of the clerk of school A and of a data officer of the province.
"""

from __future__ import annotations

import importlib
import sys

import django


def main() -> None:
    """Make the cast."""
    django.setup()
    cast = importlib.import_module("tests.cast")
    factories = importlib.import_module("tests.factories")
    made = cast.make_cast()
    officer = factories.make_person("Phạm Thị Dung")
    factories.make_grant(officer, "data_officer", unit=factories.make_province())
    for person in (made.loan, officer):
        sys.stdout.write(f"{cast.Client().sign_in(person).session.session_key}\n")


if __name__ == "__main__":
    main()
