"""Routes of the tree of units."""

from django.urls import path

from khuevan.platform.organizations import pages

app_name = "units"

urlpatterns = [
    path("units/", pages.tree, name="tree"),
    path("units/units.<str:kind>", pages.tree_file, name="file"),
    path("units/changes/", pages.changes, name="changes"),
    path("units/reorganize/", pages.reorganize, name="reorganize"),
    path("units/of/<str:code>/", pages.unit, name="unit"),
]
