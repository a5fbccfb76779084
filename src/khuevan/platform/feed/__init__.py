"""The change feed: what was written since a number, in order, for programs that keep a copy."""
