"""What `make bench-speed` runs."""
