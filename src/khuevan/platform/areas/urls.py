"""Routes of the areas."""

from django.urls import path

from khuevan.platform.areas import pages

app_name = "areas"

urlpatterns = [path("areas/", pages.area_list, name="list")]
