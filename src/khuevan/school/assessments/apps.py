"""The assessments app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssessmentsConfig(AppConfig):
    """What pupils reached, as the circulars say."""

    name = "khuevan.school.assessments"
    label = "assessments"
    verbose_name = _("Assessment of pupils")
