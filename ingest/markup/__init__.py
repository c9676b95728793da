"""HTML, Markdown and EPUB: one walk over an element tree."""
