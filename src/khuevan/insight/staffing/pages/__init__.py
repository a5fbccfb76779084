"""Pages of needed and present teachers."""
