"""What the change feed carries of the directory of units."""

from khuevan.kernel.actor import SIGNED_IN
from khuevan.platform.areas.api import Area
from khuevan.platform.feed.api import Publication, Reference, publish
from khuevan.platform.organizations.models import (
    OrgUnit,
    OrgUnitVersion,
    ReportingLink,
    UnitAlias,
    UnitDecision,
    UnitSuccession,
)

publish(
    Publication(
        "units", OrgUnit, SIGNED_IN, fields={"code": "code", "kind": "kind"}, is_personal=False
    )
)
publish(
    Publication(
        "unit_versions",
        OrgUnitVersion,
        SIGNED_IN,
        fields={
            "unit": Reference("unit_id", OrgUnit, "code"),
            "name": "name",
            "parent": Reference("parent_id", OrgUnit, "code"),
            "area": Reference("area_id", Area, "code"),
            "starts_on": "starts_on",
            "ends_on": "ends_on",
            "kind": "kind",
            "decision": "decision",
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "unit_decisions",
        UnitDecision,
        SIGNED_IN,
        fields={"uuid": "uuid", "number": "number", "signed_on": "signed_on"},
        is_personal=False,
    )
)
publish(
    Publication(
        "unit_aliases",
        UnitAlias,
        SIGNED_IN,
        fields={
            "unit": Reference("unit_id", OrgUnit, "code"),
            "code": "code",
            "source": "source",
            "starts_on": "starts_on",
            "ends_on": "ends_on",
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "reporting_links",
        ReportingLink,
        SIGNED_IN,
        fields={
            "uuid": "uuid",
            "unit": Reference("unit_id", OrgUnit, "code"),
            "master": Reference("master_id", OrgUnit, "code"),
            "kind": "kind",
            "starts_on": "starts_on",
            "ends_on": "ends_on",
        },
        is_personal=False,
    )
)
publish(
    Publication(
        "unit_successions",
        UnitSuccession,
        SIGNED_IN,
        fields={
            "unit": Reference("unit_id", OrgUnit, "code"),
            "successor": Reference("successor_id", OrgUnit, "code"),
            "handed": "handed",
            "starts_on": "starts_on",
        },
        is_personal=False,
    )
)
