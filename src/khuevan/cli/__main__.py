"""Lets `python -m khuevan.cli` do what `khuevan` does."""

import sys

from khuevan.cli.main import main

sys.exit(main())
