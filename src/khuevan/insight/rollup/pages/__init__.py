"""Pages of counts and of census days."""
