"""What teachers really give in a month, and what of it is above what they owe."""
