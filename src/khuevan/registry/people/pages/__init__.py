"""Pages of one person, and of the numbers that contradict the record."""
