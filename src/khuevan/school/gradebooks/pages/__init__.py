"""The pages of gradebooks."""
