"""Reading statements of overtime."""
