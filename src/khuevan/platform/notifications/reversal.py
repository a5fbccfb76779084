"""What taking something back means for messages: they go with whom they were for."""

from django.db.models import Q

from khuevan.platform.audit.api import reversal_rules as rules

rules.goes_along.register("notifications.Notification.person", Q())
