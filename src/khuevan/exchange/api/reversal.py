"""What taking something back means for programs: kept answers go with whoever asked."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from khuevan.platform.audit.api import reversal_rules as rules

rules.goes_along.register("exchange_api.KeptAnswer.person", Q())
rules.row_words.register("exchange_api.ApiToken", _("a token for a program"))
