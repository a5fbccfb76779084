"""Routes of the tree of units."""

from django.urls import path

from khuevan.platform.organizations import change_pages, link_pages, pages

app_name = "units"

urlpatterns = [
    path("units/", pages.tree, name="tree"),
    path("units/units.<str:kind>", pages.tree_file, name="file"),
    path("units/changes/", pages.changes, name="changes"),
    path("units/reorganize/", change_pages.reorganize, name="reorganize"),
    path("units/pick/", change_pages.pick, name="pick"),
    path("units/of/<str:code>/", pages.unit, name="unit"),
    path("units/of/<str:code>/undo/", change_pages.undo, name="undo"),
    path("units/of/<str:code>/codes/new/", link_pages.alias_new, name="alias_new"),
    path("units/of/<str:code>/links/new/", link_pages.link_new, name="link_new"),
    path("units/links/<uuid:uuid>/end/", link_pages.link_end, name="link_end"),
]
