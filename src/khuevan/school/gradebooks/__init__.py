"""Gradebooks: the marks of each class in each subject, as entered, with every earlier value."""
