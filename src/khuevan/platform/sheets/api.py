"""What other apps may use of the sheets app."""

from khuevan.platform.sheets.actions.upload import read_upload, upload_sheets
from khuevan.platform.sheets.checking import recognized_of
from khuevan.platform.sheets.clashes import clashing
from khuevan.platform.sheets.code_lists import CodeList, Entry, class_list
from khuevan.platform.sheets.data_rows import Table, table_of
from khuevan.platform.sheets.empty_list import write_list
from khuevan.platform.sheets.errands import Errand, Follower, followers
from khuevan.platform.sheets.errors import UnitUnclear
from khuevan.platform.sheets.faults import (
    Fault,
    FaultText,
    Params,
    Problem,
    Severity,
    column_letter,
    fault_texts,
)
from khuevan.platform.sheets.header_keys import header_key
from khuevan.platform.sheets.importers import (
    AcademicYears,
    AlsoOut,
    Consequences,
    Effects,
    GroupSize,
    Importer,
    Offer,
    Outgoing,
    PlannedRow,
    Promises,
    Remedy,
    academic_years,
    find_importer,
    importers,
)
from khuevan.platform.sheets.layouts import (
    ByValues,
    Column,
    Field,
    Layout,
    Recognized,
    text_at,
)
from khuevan.platform.sheets.models import ImportRow, ImportState, Outcome, SheetImport
from khuevan.platform.sheets.names import (
    Beside,
    Choice,
    NameKind,
    matches_of,
    words_beside,
)
from khuevan.platform.sheets.outgoing import write_out
from khuevan.platform.sheets.packages import (
    Made,
    Package,
    PackageKind,
    PackageList,
    Place,
    Remark,
    packages,
)
from khuevan.platform.sheets.parsing import (
    Context,
    ParsedRow,
    cell_text,
    format_date,
    locate,
    parse_cell,
    parse_row,
    personal_number_problems,
)
from khuevan.platform.sheets.reading import (
    MEBIBYTE,
    Cell,
    Limits,
    Row,
    Sheet,
    Workbook,
    read_workbook,
)
from khuevan.platform.sheets.recognition import (
    recognize,
    recognize_all,
)
from khuevan.platform.sheets.refusals import UnreadableFile
from khuevan.platform.sheets.selectors import imports
from khuevan.platform.sheets.sources import Source, sources_in
from khuevan.platform.sheets.writing import (
    SheetToWrite,
    csv_bytes,
    write_workbook,
)

__all__ = [
    "AlsoOut",
    "Beside",
    "Choice",
    "NameKind",
    "matches_of",
    "words_beside",
    "ByValues",
    "MEBIBYTE",
    "AcademicYears",
    "Cell",
    "CodeList",
    "Column",
    "Consequences",
    "Context",
    "Effects",
    "Entry",
    "Fault",
    "FaultText",
    "Field",
    "GroupSize",
    "ImportRow",
    "ImportState",
    "Importer",
    "Layout",
    "Limits",
    "Made",
    "Offer",
    "Outcome",
    "Outgoing",
    "Package",
    "PackageKind",
    "PackageList",
    "Params",
    "ParsedRow",
    "Place",
    "PlannedRow",
    "Problem",
    "Promises",
    "Recognized",
    "Remark",
    "Remedy",
    "Row",
    "Severity",
    "Sheet",
    "SheetImport",
    "SheetToWrite",
    "Source",
    "Table",
    "UnitUnclear",
    "UnreadableFile",
    "Workbook",
    "academic_years",
    "cell_text",
    "clashing",
    "class_list",
    "column_letter",
    "csv_bytes",
    "fault_texts",
    "find_importer",
    "format_date",
    "header_key",
    "importers",
    "imports",
    "locate",
    "packages",
    "parse_cell",
    "parse_row",
    "personal_number_problems",
    "read_upload",
    "upload_sheets",
    "read_workbook",
    "recognize",
    "recognize_all",
    "sources_in",
    "table_of",
    "text_at",
    "Errand",
    "Follower",
    "followers",
    "recognized_of",
    "write_out",
    "write_list",
    "write_workbook",
]
