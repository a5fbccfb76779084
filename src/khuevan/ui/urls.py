"""Addresses of the ui app."""

from django.urls import path

from khuevan.ui import pages

app_name = "ui"

urlpatterns = [
    path("design/", pages.design, name="design"),
    path("design/<slug:name>/", pages.specimen, name="specimen"),
]
