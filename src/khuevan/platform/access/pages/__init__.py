"""HTML views of the access app."""
