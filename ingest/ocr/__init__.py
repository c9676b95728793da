"""Text recognised in pictures of pages, by Tesseract."""
