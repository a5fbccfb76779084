"""Routes of the search box."""

from django.urls import path

from khuevan.platform.search import pages

app_name = "search"

urlpatterns = [
    path("search/", pages.results, name="results"),
    path("search/dropdown/", pages.dropdown, name="dropdown"),
]
