"""Why a file can't be read: each way to be wrong with its own sentence, and what to do next."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from khuevan.kernel.errors import DomainError


class UnreadableFile(DomainError):
    """The file holds no table that can be read; each kind says what to do next."""

    code = "sheets.unreadable"
    message = _("This file cannot be read. Save it as .xlsx and upload it again.")
    status = 422


class EmptyFile(UnreadableFile):
    """Zero bytes."""

    code = "sheets.empty_file"
    message = _("The file is empty (0 bytes). Choose another file.")


class NoRows(UnreadableFile):
    """A good file without a single filled cell."""

    code = "sheets.file_no_rows"
    message = _("The file has no rows with data. Check that you chose the right file.")


class FileTooLarge(UnreadableFile):
    """More bytes than an upload may have."""

    code = "sheets.file_too_large"
    message = _("The file has %(size)d MB; at most %(limit)d MB can be read. Split it into parts.")
    status = 413


class EncryptedFile(UnreadableFile):
    """Protected by a password."""

    code = "sheets.encrypted"
    message = _("The file is locked with a password. Remove the password and upload it again.")


class DamagedFile(UnreadableFile):
    """Truncated or broken inside."""

    code = "sheets.damaged"
    message = _(
        "The file is damaged or incomplete. Open it in Excel, save it under a new name "
        "and upload that one."
    )


class WebPageFile(UnreadableFile):
    """A web page or XML under the name of a spreadsheet."""

    code = "sheets.web_page"
    message = _(
        "The file is a web page named like a spreadsheet. Open it in Excel, choose Save As, "
        "type .xlsx, and upload that one."
    )


class DocumentFile(UnreadableFile):
    """Word or PowerPoint."""

    code = "sheets.document"
    message = _("The file is a Word or PowerPoint document. Copy the table into Excel first.")


class PdfFile(UnreadableFile):
    """PDF."""

    code = "sheets.pdf"
    message = _("The file is a PDF. Upload the spreadsheet it was made from.")


class PictureFile(UnreadableFile):
    """A photo or a scan."""

    code = "sheets.picture"
    message = _("The file is a picture. Upload the spreadsheet, not a photo of it.")


class ArchiveFile(UnreadableFile):
    """Compressed files."""

    code = "sheets.archive"
    message = _("The file is an archive. Unpack it and upload the spreadsheet inside.")


class OtherSheetFile(UnreadableFile):
    """A spreadsheet of another kind."""

    code = "sheets.other_kind"
    message = _("This kind of spreadsheet cannot be read. Save it as .xlsx and upload that one.")


class UnknownFile(UnreadableFile):
    """Anything else."""

    code = "sheets.unknown_kind"
    message = _("The file is no spreadsheet. Choose a file that ends in .xlsx, .xls or .csv.")


class UnknownEncoding(UnreadableFile):
    """Text in no known encoding."""

    code = "sheets.unknown_encoding"
    message = _("The letters of this text file cannot be read. Save it in Excel as CSV UTF-8.")


class SwollenFile(UnreadableFile):
    """A zip bomb, by intent or accident."""

    code = "sheets.swollen"
    message = _(
        "The file would unpack to far more than a class list holds. Copy the rows into a new "
        "workbook and upload that one."
    )


class TooManyRows(UnreadableFile):
    """More filled rows than allowed."""

    code = "sheets.file_too_many_rows"
    message = _("The file has more than %(limit)d rows. Split it into parts.")


class TooManyColumns(UnreadableFile):
    """More columns than allowed."""

    code = "sheets.too_many_columns"
    message = _("The file has more than %(limit)d columns. Delete the columns you do not need.")


class TooSpread(UnreadableFile):
    """A stray cell far away from the table."""

    code = "sheets.too_spread"
    message = _("Cell %(cell)s lies too far from the table. Clear that cell and upload again.")


class LongLine(UnreadableFile):
    """A line of text that no list has: most often a quote that is never closed."""

    code = "sheets.long_line"
    message = _(
        "Line %(line)d of the file is far too long for a list; most often a closing quote is"
        " missing there. Mend that line and upload the file again."
    )


class TooMuch(UnreadableFile):
    """More data than the memory allowed."""

    code = "sheets.too_much"
    message = _("The file holds too much data to read at once. Split it into parts.")


class TooSlow(UnreadableFile):
    """Reading took longer than allowed."""

    code = "sheets.too_slow"
    message = _("Reading the file took more than %(limit)d seconds. Split it into parts.")


REASONS: dict[str, type[UnreadableFile]] = {
    "EMPTY": EmptyFile,
    "NO_ROWS": NoRows,
    "ENCRYPTED": EncryptedFile,
    "DAMAGED": DamagedFile,
    "WEB_PAGE": WebPageFile,
    "DOCUMENT": DocumentFile,
    "PDF": PdfFile,
    "PICTURE": PictureFile,
    "ARCHIVE": ArchiveFile,
    "OTHER_SHEET": OtherSheetFile,
    "UNKNOWN": UnknownFile,
    "ENCODING": UnknownEncoding,
    "BOMB": SwollenFile,
    "TOO_MANY_ROWS": TooManyRows,
    "TOO_MANY_COLUMNS": TooManyColumns,
    "TOO_SPREAD": TooSpread,
    "LONG_LINE": LongLine,
    "TOO_MUCH": TooMuch,
}
