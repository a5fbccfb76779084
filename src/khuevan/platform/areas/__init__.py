"""Provinces and communes with their official codes, each holding for a period."""
