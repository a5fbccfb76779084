"""The parser of every command, whose own words speak the language of the terminal too."""

from __future__ import annotations

import gettext as standard
import os
from argparse import ArgumentParser

from khuevan.config.words import DOMAIN, LOCALE, gettext_noop, language
from khuevan.config.words import gettext as _

STANDARD_WORDS = (
    gettext_noop("usage: "),
    gettext_noop("options"),
    gettext_noop("positional arguments"),
    gettext_noop("show this help message and exit"),
    gettext_noop("argument %(argument_name)s: %(message)s"),
    gettext_noop("expected one argument"),
    gettext_noop("expected at least one argument"),
    gettext_noop("ambiguous option: %(option)s could match %(matches)s"),
    gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"),
    gettext_noop("the following arguments are required: %s"),
    gettext_noop("unrecognized arguments: %s"),
    gettext_noop("%(prog)s: error: %(message)s\n"),
)
"""What argparse says itself, and looks up in the catalogue that `make_parser` names."""


def make_parser(name: str, about: str) -> ArgumentParser:
    """Return a parser without arguments for `khuevan NAME`."""
    os.environ["LANGUAGE"] = language()  # the standard library asks no other way
    standard.bindtextdomain(DOMAIN, str(LOCALE))
    standard.textdomain(DOMAIN)
    return ArgumentParser(prog=f"khuevan {name}", description=about, epilog=exit_codes())


def exit_codes() -> str:
    """Return the line on exit codes that ends every help."""
    return _("Exit codes: 0 done, 1 a bug, 2 refused with a sentence.")
