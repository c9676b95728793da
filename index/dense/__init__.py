"""Dense retrieval: vectors in immutable segments, by FAISS."""
