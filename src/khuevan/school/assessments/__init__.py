"""Marks, comments and results by the circulars."""
