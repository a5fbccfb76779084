"""What other apps may use of the organizations app."""

from khuevan.platform.organizations.actions import create_unit
from khuevan.platform.organizations.models import DateRange, OrgUnit, OrgUnitVersion, UnitKind
from khuevan.platform.organizations.selectors import (
    children_of,
    unit_by_code,
    units_under,
    version_of,
    versions_on,
)

__all__ = [
    "DateRange",
    "OrgUnit",
    "OrgUnitVersion",
    "UnitKind",
    "children_of",
    "create_unit",
    "unit_by_code",
    "units_under",
    "version_of",
    "versions_on",
]
