"""Text that a spreadsheet program would run: told by its first sign, disarmed by a quote."""

FORMULA_SIGNS = frozenset("=+-@\t\r\n＝＋－＠")
QUOTE = "'"


def disarmed(text: str) -> str:
    """Put a quote before what a spreadsheet program would take for a formula."""
    return f"{QUOTE}{text}" if text[:1] in FORMULA_SIGNS else text


def without_quote(text: str) -> str:
    """Take off the quote that a safe file has before a formula sign."""
    return text[1:] if text[:1] == QUOTE and text[1:2] in FORMULA_SIGNS else text
