"""Routes of counts and of census days."""

from django.urls import path

from khuevan.insight.rollup.pages import census, compare, counts

app_name = "rollup"

urlpatterns = [
    path("counts/", counts.table, name="table"),
    path("counts/rows/", counts.rows, name="rows"),
    path("counts/table.<slug:kind>", counts.table_file, name="file"),
    path("counts/compare/", compare.compare, name="compare"),
    path("counts/compare/rows/", compare.compare_rows, name="compare_rows"),
    path("counts/compare/table.<slug:kind>", compare.compare_file, name="compare_file"),
    path("counts/census/", census.census_list, name="censuses"),
    path("counts/census/new/", census.census_new, name="census_new"),
    path("counts/census/<uuid:uuid>/", census.census, name="census"),
    path("counts/census/<uuid:uuid>/freeze/", census.census_freeze, name="census_freeze"),
    path("counts/census/<uuid:uuid>/reopen/", census.census_reopen, name="census_reopen"),
]
