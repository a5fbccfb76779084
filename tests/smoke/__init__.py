"""A short round through the running province in a real browser."""
