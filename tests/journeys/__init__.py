"""Whole user stories in a real browser against a real, small province."""
