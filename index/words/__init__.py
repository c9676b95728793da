"""Lexical retrieval: text to terms, and the index of terms, by tantivy. The door is `lexical`."""
