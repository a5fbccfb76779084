"""Pages of overtime."""
