"""Results of pupils: levels of study, conduct, promotion, titles, settled by class."""
