"""Routes of duplicates."""

from django.urls import path

from khuevan.registry.duplicates import pages

app_name = "duplicates"

urlpatterns = [
    path("duplicates/", pages.pair_list, name="list"),
    path("duplicates/merges/", pages.merge_list, name="merges"),
    path("duplicates/merges/<uuid:uuid>/", pages.one_merge, name="merge"),
    path("duplicates/merges/<uuid:uuid>/undo/", pages.take_apart, name="take_apart"),
    path("duplicates/<uuid:uuid>/", pages.pair, name="pair"),
    path("duplicates/<uuid:uuid>/merge/", pages.merge, name="make_one"),
    path("duplicates/<uuid:uuid>/apart/", pages.apart, name="apart"),
]
