"""What others may care about. Sent on commit, with ids; right without any receiver."""

from __future__ import annotations

from django.dispatch import Signal

support_opened = Signal()
"""Arguments: session_id, unit_id, person_id, reason."""

support_closed = Signal()
"""Arguments: session_id, unit_id, person_id."""

account_issued = Signal()
"""Arguments: user_id, person_id."""
