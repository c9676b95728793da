"""Word and PowerPoint, by python-docx and python-pptx. The doors are `docx` and `pptx`."""
