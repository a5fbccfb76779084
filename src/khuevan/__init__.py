"""Khuê Văn: one open education information system for a province."""
