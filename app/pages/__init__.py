"""Pages of PDFs: pictures, and the boxes of a quote on them. The door is `renderer`."""
