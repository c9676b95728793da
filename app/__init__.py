"""Answering: from a question to quotes with their pages, on the command line and in the browser."""
