"""PDF, by pypdf: text in reading order with its pages, labels and headings. The door is `read`."""
