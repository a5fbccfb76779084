"""Routes of stored files."""

from django.urls import path

from khuevan.platform.files import pages

app_name = "files"

urlpatterns = [
    path("files/<uuid:uuid>/", pages.download, name="download"),
    path("files/decisions/<uuid:uuid>/", pages.unit_decision, name="unit_decision"),
]
