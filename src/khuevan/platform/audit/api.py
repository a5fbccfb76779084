"""What other apps may use of the audit app."""

from khuevan.platform.audit.actions import (
    AuditLine,
    record,
    record_all,
    record_view,
    snapshot,
)
from khuevan.platform.audit.codes import AuditCode, codes
from khuevan.platform.audit.codes import declare as declare_code
from khuevan.platform.audit.context import (
    batch,
    current_request_id,
    request_of,
    tell_triggers_before_copy,
)
from khuevan.platform.audit.copying import copy_rows, reserve_ids, write_new
from khuevan.platform.audit.guards import PersonGuard, RecordGuard, person_guards, record_guards
from khuevan.platform.audit.history import ScopedEvent, newest_versions, track
from khuevan.platform.audit.models import AuditEntry, RecordView
from khuevan.platform.audit.numbering import complete_until
from khuevan.platform.audit.permissions import VIEW_AUDIT, VIEW_RECORD_VIEWS
from khuevan.platform.audit.purpose_form import ExportForm, PurposeForm
from khuevan.platform.audit.purposes import (
    LIST_PURPOSES,
    LONGEST_NOTE,
    OWN_RIGHT,
    RECORD_PURPOSES,
    PurposeNeeded,
    PurposeUnclear,
    checked_purpose,
    codes_of,
    purpose_text,
    purpose_words,
    state_purpose,
    stated_purpose,
)
from khuevan.platform.audit.reversal import rules as reversal_rules
from khuevan.platform.audit.reversal.actions import HistoryMissing, lock_rows, reverse
from khuevan.platform.audit.reversal.fields import FieldChange
from khuevan.platform.audit.reversal.later import Later, later_than, word_of
from khuevan.platform.audit.reversal.rules import Asked, Objection
from khuevan.platform.audit.reversal.spans import Span, following
from khuevan.platform.audit.reversal.trail import Trail, trail_of
from khuevan.platform.audit.selectors import entries, record_views
from khuevan.platform.audit.telling import (
    UnitNaming,
    changes_of,
    field_labels,
    in_words,
    part_of,
    record_parts,
    sentence_of,
    target_of,
    unit_naming,
    who_of,
)
from khuevan.platform.audit.viewers import ViewLine, view_lines

__all__ = [
    "Asked",
    "FieldChange",
    "HistoryMissing",
    "Later",
    "Objection",
    "Span",
    "Trail",
    "following",
    "later_than",
    "lock_rows",
    "reversal_rules",
    "reverse",
    "trail_of",
    "word_of",
    "copy_rows",
    "reserve_ids",
    "write_new",
    "LIST_PURPOSES",
    "LONGEST_NOTE",
    "OWN_RIGHT",
    "RECORD_PURPOSES",
    "VIEW_AUDIT",
    "VIEW_RECORD_VIEWS",
    "AuditCode",
    "AuditEntry",
    "AuditLine",
    "ExportForm",
    "PersonGuard",
    "PurposeForm",
    "PurposeNeeded",
    "PurposeUnclear",
    "RecordGuard",
    "RecordView",
    "ScopedEvent",
    "UnitNaming",
    "ViewLine",
    "batch",
    "changes_of",
    "checked_purpose",
    "codes_of",
    "codes",
    "complete_until",
    "current_request_id",
    "declare_code",
    "entries",
    "in_words",
    "field_labels",
    "newest_versions",
    "part_of",
    "person_guards",
    "purpose_text",
    "purpose_words",
    "record",
    "record_all",
    "record_guards",
    "record_parts",
    "record_view",
    "record_views",
    "request_of",
    "sentence_of",
    "snapshot",
    "state_purpose",
    "stated_purpose",
    "target_of",
    "tell_triggers_before_copy",
    "track",
    "unit_naming",
    "view_lines",
    "who_of",
]
