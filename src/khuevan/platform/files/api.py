"""What other apps may use of the files app."""

from khuevan.platform.files.actions import (
    destroy_contents,
    note_download,
    store_content,
    store_upload,
    sweep_destroyed,
    sweep_expired,
    sweep_orphans,
)
from khuevan.platform.files.errors import (
    FileDestroyed,
    FileEmpty,
    FileGone,
    FileTooLarge,
    StorageFull,
    WrongFileType,
)
from khuevan.platform.files.kinds import MEGABYTE, FileKind, kinds
from khuevan.platform.files.kinds import declare as declare_kind
from khuevan.platform.files.models import StoredFile
from khuevan.platform.files.rules import (
    BROKEN_ZIP,
    DOCX,
    JPEG,
    ODS,
    PDF,
    PNG,
    TEXT,
    XLS,
    XLSX,
    ZIP,
    FileType,
    safe_name,
)
from khuevan.platform.files.selectors import get_file_for, open_content
from khuevan.platform.files.uploads import sweep_uploads, temporary_copy

__all__ = [
    "BROKEN_ZIP",
    "DOCX",
    "JPEG",
    "MEGABYTE",
    "ODS",
    "PDF",
    "PNG",
    "TEXT",
    "XLS",
    "XLSX",
    "ZIP",
    "FileDestroyed",
    "FileEmpty",
    "FileGone",
    "FileKind",
    "FileTooLarge",
    "FileType",
    "StorageFull",
    "StoredFile",
    "WrongFileType",
    "declare_kind",
    "destroy_contents",
    "get_file_for",
    "kinds",
    "note_download",
    "open_content",
    "safe_name",
    "store_content",
    "store_upload",
    "sweep_destroyed",
    "sweep_expired",
    "sweep_orphans",
    "sweep_uploads",
    "temporary_copy",
]
