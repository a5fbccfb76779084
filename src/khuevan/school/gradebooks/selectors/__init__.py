"""Reads of gradebooks."""
