"""Routes of the log."""

from django.urls import path

from khuevan.platform.audit import pages

app_name = "audit"

urlpatterns = [
    path("audit/", pages.entry_list, name="list"),
    path("audit/<uuid:uuid>/", pages.entry, name="entry"),
]
