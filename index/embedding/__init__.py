"""The embedding model: its files and hashes, and the backends that run it. The door is `embedder`."""
