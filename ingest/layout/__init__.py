"""Printed lines to blocks, for PDF and plain text alike: paragraphs, headings, lists, footnotes.

The doors are `furniture`, which takes running heads and page numbers out, and `structure`.
"""
