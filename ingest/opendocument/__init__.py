"""OpenDocument: texts, spreadsheets and presentations, as LibreOffice saves them."""
