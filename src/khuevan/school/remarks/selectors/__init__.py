"""What is read of comments."""
