"""Routes of the inbox."""

from django.urls import path

from khuevan.platform.notifications import pages

app_name = "notifications"

urlpatterns = [
    path("notifications/", pages.inbox, name="inbox"),
    path("notifications/read/", pages.read_all, name="read_all"),
    path("notifications/<uuid:uuid>/", pages.open_one, name="open"),
]
