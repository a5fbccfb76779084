"""What other apps may use of the notifications app."""

from khuevan.platform.notifications.actions import notify
from khuevan.platform.notifications.kinds import NotificationKind, kinds
from khuevan.platform.notifications.kinds import declare as declare_kind
from khuevan.platform.notifications.models import Notification
from khuevan.platform.notifications.selectors import inbox, unread_count

__all__ = [
    "Notification",
    "NotificationKind",
    "declare_kind",
    "inbox",
    "kinds",
    "notify",
    "unread_count",
]
