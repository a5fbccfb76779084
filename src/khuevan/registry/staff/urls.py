"""Routes of staff."""

from django.urls import path

from khuevan.registry.staff import pages

app_name = "staff"

urlpatterns = [
    path("staff/", pages.staff_list, name="list"),
    path("staff/export/", pages.export, name="export"),
    path("schools/<str:code>/staff/", pages.school_staff, name="school"),
]
