"""The router of the app's endpoints, which stand in several modules."""

from khuevan.ui.rest import Router

router = Router(tags=["imports"])
