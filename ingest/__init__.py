"""Reading: from a file's bytes to a Document of clean text, and its passages."""
