"""The circulars as pure functions over plain values: no ORM, no request, no clock.

Marks and averages are integers in tenths (75 is 7,5). Every result carries its derivation: steps
that name the rule and the article. Parameters that a circular sets come in as values.
"""
