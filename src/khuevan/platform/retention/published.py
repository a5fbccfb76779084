"""What the change feed carries of retention: what was destroyed by which decision."""

from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.platform.organizations.api import OrgUnit
from khuevan.platform.retention.models import Destruction
from khuevan.platform.retention.permissions import VIEW_RETENTION

publish(
    Publication(
        "destructions",
        Destruction,
        VIEW_RETENTION,
        fields={
            "unit": Reference("unit_id", OrgUnit, "code"),
            "kind": "kind",
            "count": "count",
            "decision": "decision_number",
            "decided_on": "decided_on",
            "signer": "signer",
        },
        is_personal=False,
    )
)
