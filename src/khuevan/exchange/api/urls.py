"""Routes of the REST root, its description and the page of access tokens."""

from django.urls import include, path

from khuevan.exchange.api import pages
from khuevan.exchange.api.root import api

urlpatterns = [
    path(
        "",
        include(
            (
                [
                    path("api/v1/openapi.json", pages.openapi, name="openapi"),
                    path("account/tokens/", pages.tokens, name="tokens"),
                    path("account/tokens/<uuid:uuid>/revoke/", pages.revoke, name="revoke"),
                ],
                "rest",
            )
        ),
    ),
    path("api/v1/", api.urls),
]
