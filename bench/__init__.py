"""Figures against physical limits and peers, measured on a whole running program."""
