"""Page shell, routes, tables, forms and components; knows the Actor protocol only."""
