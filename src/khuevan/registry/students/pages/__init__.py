"""The pages of pupils and classes, by what is done on them."""
