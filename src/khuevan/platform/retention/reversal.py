"""What taking something back means for destroyed files: their list stays, and names its unit."""

from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

rules.row_words.register("retention.Destruction", _("a destruction of files"))
