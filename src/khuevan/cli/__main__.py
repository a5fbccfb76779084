"""Lets `python -m khuevan.cli` do what `khuevan` does."""

import sys

from khuevan.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
