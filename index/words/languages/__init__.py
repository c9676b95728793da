"""What is known of each language, one file a language."""
