"""What other apps may use of the papers app."""

from khuevan.platform.papers.codes import qr_png, qr_svg
from khuevan.platform.papers.rendering import PaperFault, render_pdf, templates
from khuevan.platform.papers.tables import PaperColumn, TablePaper, render_table

__all__ = [
    "PaperColumn",
    "PaperFault",
    "TablePaper",
    "qr_png",
    "qr_svg",
    "render_pdf",
    "render_table",
    "templates",
]
