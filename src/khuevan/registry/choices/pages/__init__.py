"""The pages of combinations and rounds."""
