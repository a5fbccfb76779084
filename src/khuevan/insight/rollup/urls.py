"""Routes of counts."""

from django.urls import path

from khuevan.insight.rollup import pages

app_name = "rollup"

urlpatterns = [
    path("counts/", pages.table, name="table"),
    path("counts/rows/", pages.rows, name="rows"),
    path("counts/table.<slug:kind>", pages.table_file, name="file"),
]
