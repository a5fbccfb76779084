"""The organizations app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganizationsConfig(AppConfig):
    """Org units and their dated placements."""

    name = "khuevan.platform.organizations"
    label = "organizations"
    verbose_name = _("Units")
