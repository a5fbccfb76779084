"""Reads: combinations, rounds, results, and which combination a pupil has."""
