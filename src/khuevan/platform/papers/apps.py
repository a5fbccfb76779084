"""The papers app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """PDF documents and QR codes."""

    name = "khuevan.platform.papers"
    label = "papers"
