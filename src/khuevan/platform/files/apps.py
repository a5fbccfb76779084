"""The files app."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files: uploads and results, and who may open them."""

    name = "khuevan.platform.files"
    label = "files"
