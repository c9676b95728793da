"""The one SQLite file that holds the truth of a store: tables, rows, staging. The door is `database`."""
