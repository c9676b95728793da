"""Lines to blocks: what PDF and plain text share, from printed lines to paragraphs, headings and lists."""
