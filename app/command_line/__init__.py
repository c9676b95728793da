"""The commands, one file each, and what a person sees of them at a terminal. `app.cli` runs them."""
