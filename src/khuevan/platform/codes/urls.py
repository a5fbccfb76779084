"""Routes of the code lists."""

from django.urls import path

from khuevan.platform.codes import pages

app_name = "codes"

urlpatterns = [
    path("code-lists/", pages.code_lists, name="list"),
    path("code-lists/<slug:key>/", pages.code_list, name="one"),
]
