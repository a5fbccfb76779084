"""What other apps may use of the organizations app."""

from khuevan.platform.organizations.actions import UnitPlace, create_unit, move_unit, open_unit
from khuevan.platform.organizations.around import Around, Found
from khuevan.platform.organizations.closing import bulk_move_units, close_unit
from khuevan.platform.organizations.errors import (
    ManagerNotRecorded,
    MoveTooEarly,
    NotUnderItself,
    UnitHoldsOthers,
)
from khuevan.platform.organizations.models import (
    DateRange,
    Handed,
    OrgUnit,
    OrgUnitVersion,
    UnitKind,
    UnitSuccession,
)
from khuevan.platform.organizations.selectors import (
    children_of,
    find_units,
    manager_on,
    successors_of,
    unit_by_code,
    unit_kind,
    units_above,
    units_under,
    version_of,
    versions_of,
    versions_on,
)

__all__ = [
    "Around",
    "DateRange",
    "Found",
    "Handed",
    "ManagerNotRecorded",
    "MoveTooEarly",
    "NotUnderItself",
    "OrgUnit",
    "OrgUnitVersion",
    "UnitHoldsOthers",
    "UnitKind",
    "UnitPlace",
    "UnitSuccession",
    "bulk_move_units",
    "children_of",
    "close_unit",
    "create_unit",
    "find_units",
    "manager_on",
    "move_unit",
    "open_unit",
    "successors_of",
    "unit_by_code",
    "unit_kind",
    "units_above",
    "units_under",
    "version_of",
    "versions_of",
    "versions_on",
]
