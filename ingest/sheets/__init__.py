"""Spreadsheets and delimited text: rows of cells."""
