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
from khuevan.ui.tables.keyset import after, newest_part, open_cursor, part_of, seal_cursor
from khuevan.ui.tables.ready import Head, ReadyTable, Row
from khuevan.ui.tables.table import MOST_COUNTED, Table, how_many

__all__ = [
    "FILE_TYPES",
    "MOST_COUNTED",
    "BoundFilter",
    "Cell",
    "Choice",
    "ChoiceFilter",
    "Column",
    "Filter",
    "FlagFilter",
    "Head",
    "Pill",
    "ReadyTable",
    "Row",
    "Table",
    "TextFilter",
    "after",
    "file_content",
    "file_response",
    "how_many",
    "newest_part",
    "open_cursor",
    "part_of",
    "seal_cursor",
]
