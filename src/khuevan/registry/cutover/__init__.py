"""A school moves over from its old product in the middle of a year."""
