"""The search app."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """One search box over many providers."""

    name = "khuevan.platform.search"
    label = "search"
