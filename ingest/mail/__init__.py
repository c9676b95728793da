"""Mails and saved web pages: what MIME packs into one file."""
