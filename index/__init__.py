"""The store: documents, passages and their vectors and terms, published a generation at a time."""
