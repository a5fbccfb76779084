"""What the import wizard refuses."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class UnitUnclear(DomainError):
    """Nothing says for sure whose list a file is."""

    hint: str | Promise = ""
    """How to say it where the file is being loaded from, such as by a word of the command."""

    def __str__(self) -> str:
        return " ".join(filter(None, (super().__str__(), str(self.hint))))


class NoHeader(DomainError):
    """No row of any sheet looks like the header of a known layout."""

    code = "sheets.no_header"
    message = _(
        "No header row was found. The list needs one row with column names such as %(columns)s."
    )
    status = 422


class AnotherList(DomainError):
    """The columns are those of another kind of list."""

    code = "sheets.another_list"
    message = _("This looks like another list: %(list)s. Choose that kind of list to load it.")
    status = 422


class OldFont(DomainError):
    """Headers in the letters of a font from before Unicode."""

    code = "sheets.old_font"
    message = _(
        "The letters come from an old font (TCVN3 or VNI). Convert the whole file to Unicode and"
        " upload it again."
    )
    status = 422


class NoRows(DomainError):
    """The header stands alone."""

    code = "sheets.no_rows"
    message = _("There is a header but no row below it.")
    status = 422


class TooManyRows(DomainError):
    """More rows than a page can check while a person waits."""

    code = "sheets.too_many_rows"
    message = _(
        "The list has %(count)s rows; up to %(limit)s of one school can be loaded at a time."
        " Split it by grade. A list of several schools goes in as a file or a sheet for each"
        " school, called by its code."
    )
    status = 422


class TooManyLists(DomainError):
    """More sheets with lists than a person can go through."""

    code = "sheets.too_many_lists"
    message = _(
        "The file has lists on %(count)s sheets; up to %(limit)s can be loaded at a time."
        " Split the file."
    )
    status = 422


class ImportClosed(DomainError):
    """The import is being written, is done, or was given up."""

    code = "sheets.import_closed"
    message = _("This list is being written or has ended, so it can't be changed any more.")


class BundleRunning(DomainError):
    """Another zip of the same office is being loaded."""

    code = "sheets.bundle_running"
    message = _("Another zip of your office is being loaded. Wait until it has ended, or stop it.")


class BundleClosed(DomainError):
    """No file of the zip is left to load."""

    code = "sheets.bundle_closed"
    message = _("No file of this zip is left to load.")


class BundleNotChecked(DomainError):
    """A zip is to be written that was not checked, or whose archive was forgotten."""

    code = "sheets.bundle_not_checked"
    message = _("Only a zip that was checked, and is still kept, can be written from here.")


class BundleNotWritten(DomainError):
    """Nothing of a zip is in the records, or work on it goes on."""

    code = "sheets.bundle_not_written"
    message = _("Nothing of this zip is in the records that could be taken back now.")


class PackageNotChecked(DomainError):
    """A package is to be written that is not there to be written."""

    code = "sheets.package_not_checked"
    message = _("This package is still being checked, could not be read, or was written already.")


class ColumnsMissing(DomainError):
    """A required field has no column."""

    code = "sheets.columns_missing"
    message = _("Choose the column for: %(fields)s.")


class ColumnTwice(DomainError):
    """Two columns were given to one field."""

    code = "sheets.column_twice"
    message = _("Two columns are both matched with “%(field)s”. Keep one of them.")


class NoColumn(ColumnsMissing):
    """A file that nobody looks at lacks the column of a required field."""

    code = "sheets.no_column"
    message = _(
        "No column was found for: %(fields)s. Give the file this column, called as in the empty"
        " list, or match the columns on the page."
    )


class ColumnsAlike(ColumnTwice):
    """In a file that nobody looks at two columns may be the same field."""

    code = "sheets.columns_alike"
    message = _(
        "Columns %(columns)s may all be “%(field)s”. Rename or delete all but one, or match the"
        " columns on the page."
    )


class NothingToWrite(DomainError):
    """No row would add or change anything."""

    code = "sheets.nothing_to_write"
    message = _("There is nothing to write: no row adds or changes anything.")


class NamesSomebodyElse(DomainError):
    """The rows above the table speak of another school, and nobody said that it is all right."""

    code = "sheets.names_somebody_else"
    message = _(
        "The rows above the table speak of %(school)s. Check the list, then say that it is the"
        " right one."
    )
    status = 422


class FaultsLeft(DomainError):
    """All rows were wanted and some are refused."""

    code = "sheets.faults_left"
    message = _(
        "%(count)s rows still have faults. Fix them, leave them out, or write the good rows only."
    )


class BeingWritten(DomainError):
    """Another list with some of the same rows is on its way into the records."""

    code = "sheets.being_written"
    message = _(
        "%(count)s rows of this list are being written right now from “%(file)s”, which"
        " %(who)s confirmed. Wait until that has ended, then press the button again."
    )


class RecordsMoved(DomainError):
    """Records changed between the check and the writing."""

    code = "sheets.records_moved"
    message = _(
        "%(count)s records changed after the check, so nothing was written."
        " Look at the new comparison and confirm again."
    )


class NotUndoable(DomainError):
    """The list wrote nothing, is being written, or was taken back already."""

    code = "sheets.not_undoable"
    message = _("This list has nothing written that could be taken back.")


class StillNeeded(DomainError):
    """Something that was recorded since leans on what a list wrote."""

    code = "sheets.still_needed"
    message = _(
        "Nothing was taken back: %(count)s things were recorded since that need this list."
        " First: %(first)s."
    )


class NotAList(DomainError):
    """Such a list is not written, or not into one file of this type."""

    code = "sheets.not_a_list"
    message = _("No list %(kind)s can be written so. Name a school, or a .zip file for several.")
    status = 422


class NotAFileType(DomainError):
    """A file to be written whose name says no type that lists have."""

    code = "sheets.not_a_file_type"
    message = _("Lists are written to a file that ends in .xlsx, .csv or .zip, not to %(file)s.")
    status = 422


class NotWritable(DomainError):
    """The file can't be written there."""

    code = "sheets.not_writable"
    message = _("%(file)s cannot be written: %(reason)s.")
