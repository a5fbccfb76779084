"""Routes of the regulations."""

from django.urls import path

from khuevan.platform.regulations import pages

app_name = "regulations"

urlpatterns = [
    path("regulations/", pages.regulation_list, name="list"),
    path("regulations/<slug:code>/", pages.regulation, name="one"),
]
