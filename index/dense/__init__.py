"""Dense retrieval: vectors in immutable segments, by FAISS. The door is `vectors`."""
