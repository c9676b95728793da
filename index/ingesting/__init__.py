"""Ingest, step by step: scan, compare, read apart, publish; verify and follow."""
