"""Addresses of the ui app."""

from django.urls import path

from khuevan.ui import health, pages

app_name = "ui"

urlpatterns = [
    path("design/", pages.design, name="design"),
    path("design/<slug:name>/", pages.specimen, name="specimen"),
    *health.urlpatterns,
]
