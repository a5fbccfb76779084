"""Stored files: uploads and results, and who may open them."""
