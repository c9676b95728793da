"""The catalogue: the one SQLite file that holds the truth of a store."""
