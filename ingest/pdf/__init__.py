"""PDF: the lines of each page in reading order, with labels, outline and ledger."""
