"""Lists: columns, filters and order from the address, keyset pages, and the same rows as a file."""

from khuevan.ui.tables.columns import Cell, Column, Pill
from khuevan.ui.tables.files import FILE_TYPES, file_content, file_response
from khuevan.ui.tables.filters import (
    BoundFilter,
    Choice,
    ChoiceFilter,
    Filter,
    FlagFilter,
    TextFilter,
)
from khuevan.ui.tables.keyset import after, open_cursor, part_of, seal_cursor
from khuevan.ui.tables.table import Row, Table

__all__ = [
    "FILE_TYPES",
    "BoundFilter",
    "Cell",
    "Choice",
    "ChoiceFilter",
    "Column",
    "Filter",
    "FlagFilter",
    "Pill",
    "Row",
    "Table",
    "TextFilter",
    "after",
    "file_content",
    "file_response",
    "open_cursor",
    "part_of",
    "seal_cursor",
]
