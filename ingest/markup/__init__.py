"""HTML, Markdown and EPUB: one walk over an element tree. The doors are `html`, `markdown` and `epub`."""
