"""What the program ships, held against the folder ../shared where that stands beside it."""
