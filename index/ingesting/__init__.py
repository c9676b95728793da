"""Ingest, step by step: scan, compare, read apart, publish. The doors are `run`, `follow` and `verify`."""
