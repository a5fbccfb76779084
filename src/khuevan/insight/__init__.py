"""Reads everything, writes only its own tables: dashboards and figures."""
