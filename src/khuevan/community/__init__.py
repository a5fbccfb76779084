"""Families and citizens."""
