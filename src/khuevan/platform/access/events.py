"""What others may care about. Sent on commit, with ids; right without any receiver."""

from __future__ import annotations

from django.dispatch import Signal

support_opened = Signal()
"""Arguments: session_id, unit_id, person_id, person (the name), reason."""

support_closed = Signal()
"""Arguments: session_id, unit_id, person_id, person (the name)."""

account_issued = Signal()
"""Somebody else made a way into an account: opened, a password, a second step off, switched on.

Arguments: user_id, person_id.
"""

reset_asked = Signal()
"""Somebody asks for another's password.

Arguments: uuid, owner_id, owner, requester, person_ids (those who may confirm).
"""

reset_answered = Signal()
"""A second person confirmed or declined. Arguments: uuid, is_confirmed, owner, person_ids."""
