"""What other apps may use of the organizations app."""

from khuevan.platform.organizations.actions import UnitPlace, create_unit, move_unit, open_unit
from khuevan.platform.organizations.errors import MoveTooEarly, NotUnderItself
from khuevan.platform.organizations.models import DateRange, OrgUnit, OrgUnitVersion, UnitKind
from khuevan.platform.organizations.selectors import (
    children_of,
    find_units,
    unit_by_code,
    unit_kind,
    units_above,
    units_under,
    version_of,
    versions_on,
)

__all__ = [
    "DateRange",
    "MoveTooEarly",
    "NotUnderItself",
    "OrgUnit",
    "OrgUnitVersion",
    "UnitKind",
    "UnitPlace",
    "children_of",
    "create_unit",
    "find_units",
    "move_unit",
    "open_unit",
    "unit_by_code",
    "unit_kind",
    "units_above",
    "units_under",
    "version_of",
    "versions_on",
]
