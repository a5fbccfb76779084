"""Regulations, rule settings and deciders as dated data."""
