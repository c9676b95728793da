"""Pages of PDFs: pictures, and the boxes of a quote on them."""
