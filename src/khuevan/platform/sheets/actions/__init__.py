"""An import's way: upload, match, check, fix, confirm, write; nothing is written before that."""

from khuevan.platform.sheets.actions.columns import match_columns
from khuevan.platform.sheets.actions.end import (
    drop_import,
    forget_old_imports,
    note_marked_copy,
)
from khuevan.platform.sheets.actions.fix import (
    add_zeros,
    fix_cell,
    leave_out,
    promise_remedy,
    recheck,
    withdraw_remedy,
)
from khuevan.platform.sheets.actions.names import forget_name, match_names
from khuevan.platform.sheets.actions.outgoing import take_out
from khuevan.platform.sheets.actions.straight import (
    Checked,
    Loaded,
    Order,
    check_sheets,
    keep_file,
    load_sheets,
    write_sheet,
)
from khuevan.platform.sheets.actions.undo import (
    Undoing,
    apply_undo,
    order_undo,
    undo_import,
    undoing_of,
)
from khuevan.platform.sheets.actions.upload import read_upload, upload_sheets
from khuevan.platform.sheets.actions.write import (
    apply_import,
    confirm_import,
    reopen_import,
    write_import,
)

__all__ = [
    "Undoing",
    "apply_undo",
    "order_undo",
    "undo_import",
    "undoing_of",
    "Checked",
    "Loaded",
    "Order",
    "apply_import",
    "confirm_import",
    "check_sheets",
    "drop_import",
    "add_zeros",
    "fix_cell",
    "forget_old_imports",
    "keep_file",
    "leave_out",
    "load_sheets",
    "read_upload",
    "forget_name",
    "match_columns",
    "match_names",
    "note_marked_copy",
    "promise_remedy",
    "recheck",
    "reopen_import",
    "upload_sheets",
    "withdraw_remedy",
    "write_import",
    "write_sheet",
    "take_out",
]
