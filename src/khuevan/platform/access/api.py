"""What other apps may use of the access app."""

from khuevan.platform.access.actions import (
    GrantSpec,
    date_derived_grants,
    derive_grants,
    end_derived_grants,
    fit_derived_grants,
    give_grant,
    move_derived_grants,
    set_derived_grants,
    sync_roles,
)
from khuevan.platform.access.actions.grants import Place, may_give
from khuevan.platform.access.actor import GrantActor, Hat, NobodyActor, OperatorActor, narrowed
from khuevan.platform.access.anchors import (
    AnchorKindNames,
    NamedAnchor,
    anchor_kinds,
    year_labels,
)
from khuevan.platform.access.consistency import (
    Difference,
    FactSource,
    fact_sources,
    grants_differing,
)
from khuevan.platform.access.demo import DemoPerson, demo_cast
from khuevan.platform.access.events import (
    account_issued,
    reset_answered,
    reset_asked,
    support_closed,
    support_opened,
)
from khuevan.platform.access.models import Grant, GrantSource, Role
from khuevan.platform.access.permissions import VIEW_GRANTS, VIEW_SUPPORT, VIEW_USERS
from khuevan.platform.access.rules import SUPPORT_HAT
from khuevan.platform.access.selectors import (
    actor_for_person,
    actor_for_username,
    hats_of,
    holders_at,
    holders_of_more,
    nobody,
    operator_actor,
    people_working_at,
    roles_working_at,
    support_sessions,
)
from khuevan.platform.access.signing import signs_as

__all__ = [
    "SUPPORT_HAT",
    "VIEW_GRANTS",
    "VIEW_SUPPORT",
    "VIEW_USERS",
    "AnchorKindNames",
    "DemoPerson",
    "Difference",
    "FactSource",
    "Grant",
    "GrantActor",
    "GrantSource",
    "GrantSpec",
    "Hat",
    "NamedAnchor",
    "NobodyActor",
    "OperatorActor",
    "Place",
    "Role",
    "account_issued",
    "actor_for_person",
    "actor_for_username",
    "anchor_kinds",
    "date_derived_grants",
    "demo_cast",
    "derive_grants",
    "end_derived_grants",
    "fact_sources",
    "fit_derived_grants",
    "give_grant",
    "grants_differing",
    "hats_of",
    "holders_at",
    "holders_of_more",
    "may_give",
    "move_derived_grants",
    "narrowed",
    "nobody",
    "operator_actor",
    "people_working_at",
    "reset_answered",
    "reset_asked",
    "roles_working_at",
    "set_derived_grants",
    "signs_as",
    "support_closed",
    "support_opened",
    "support_sessions",
    "sync_roles",
    "year_labels",
]
