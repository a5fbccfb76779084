"""Counts on any day, from a stored roll-up of history."""
