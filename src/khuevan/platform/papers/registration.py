"""The templates of papers itself."""

from khuevan.platform.papers.rendering import TEMPLATES, templates

templates.register("table", TEMPLATES / "table.typ")
