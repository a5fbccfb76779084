"""Routes of schools. Classes and their pupils stand under a school too, but are not this app's."""

from django.urls import path

from khuevan.registry.schools import pages

app_name = "schools"

urlpatterns = [
    path("schools/", pages.school_list, name="list"),
    path("schools/schools.<str:kind>", pages.school_file, name="file"),
    path("schools/<str:code>/", pages.school, name="school"),
    path("schools/<str:code>/history/", pages.school_history, name="history"),
]
