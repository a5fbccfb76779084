"""Routes of gradebooks."""

from khuevan.school.gradebooks.window_urls import routes

app_name = "gradebooks"

urlpatterns = [
    *routes,
]
