"""What others may care about. Sent on commit, with ids; right without any receiver."""

from __future__ import annotations

from django.dispatch import Signal

support_opened = Signal()
"""Arguments: session_id, unit_id, person_id, reason."""

support_closed = Signal()
"""Arguments: session_id, unit_id, person_id."""

account_issued = Signal()
"""Somebody else made a way into an account: opened, a password, a second step off, switched on.

Arguments: user_id, person_id.
"""
