"""What is taught in which class, by whom, and how much that is."""
