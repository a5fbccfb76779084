"""What the endpoints of counts share: the router, the length of a part."""

from khuevan.ui.rest import Router

router = Router(tags=["counts"])
MOST_ROWS = 200
