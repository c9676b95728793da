"""What people read, in each language. The doors are `words`, `wording` and `reasons`."""
